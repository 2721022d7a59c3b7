import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import type { ImDialog } from '../primitives/dialog/dialog.js';
import { controls } from '../shared/styles/controls.styles.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './dialogs.styles.js';

/** What is asked before something is done. */
export type Question = {
  readonly heading: string;
  readonly text: string;
  /** What the button says that does it. */
  readonly action: string;
  /** It cannot be undone. */
  readonly isDanger?: boolean;
};

const NOTHING: Question = { heading: '', text: '', action: '' };

/**
 * Asks whether something should really be done.
 *
 * @customElement im-confirm
 *
 * @csspart dialog - The `<dialog>`.
 */
export class ImConfirm extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  @state() private question: Question = NOTHING;

  @query('im-dialog') private readonly dialog!: ImDialog;

  readonly #localize = new LocalizeController(this);
  #answer: ((isYes: boolean) => void) | undefined;

  /** Asks; true when the user wants it done. */
  async ask(question: Question): Promise<boolean> {
    this.#answer?.(false);
    this.question = question;
    await this.updateComplete;
    const answer = new Promise<boolean>((resolve) => (this.#answer = resolve));
    await this.dialog.show();
    return answer;
  }

  protected override render(): TemplateResult {
    const { heading, text, action, isDanger } = this.question;
    return html`<im-dialog heading=${heading} exportparts="dialog" @close=${() => this.#end(false)}>
      <p>${text}</p>
      <button
        slot="actions"
        type="button"
        class="text-button"
        data-autofocus
        @click=${() => this.dialog.close()}
      >
        ${this.#localize.strings.cancel}
      </button>
      <button
        slot="actions"
        type="button"
        class="filled-button ${isDanger ? 'danger-button' : ''}"
        @click=${() => this.#end(true)}
      >
        ${action}
      </button>
    </im-dialog>`;
  }

  #end(isYes: boolean): void {
    this.#answer?.(isYes);
    this.#answer = undefined;
    if (isYes) this.dialog.close();
  }
}
