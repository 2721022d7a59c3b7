import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ImClient } from '../../client/public.js';
import { closeIcon } from '../../icons/icons.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { controls } from '../shared/styles/controls.styles.js';
import { dialogLook } from '../shared/styles/dialog.styles.js';
import { tokens } from '../shared/styles/tokens.styles.js';

/**
 * `<im-device-list>` in a dialog.
 *
 * @customElement im-device-dialog
 *
 * @csspart dialog - The `<dialog>`.
 */
export class ImDeviceDialog extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, dialogLook];

  /** Whose devices are shown. */
  @property({ attribute: false }) client: ImClient | undefined;

  /** Nothing of the dialog is made before it is wanted, nor kept after. */
  @state() private wanted = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  readonly #localize = new LocalizeController(this);

  /** Opens the dialog. */
  async show(): Promise<void> {
    this.wanted = true;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Closes the dialog. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
      @close=${() => (this.wanted = false)}
    >
      ${this.wanted ? this.#renderContent() : nothing}
    </dialog>`;
  }

  #renderContent(): TemplateResult {
    const { strings } = this.#localize;
    return html`<div class="dialog-head">
        <h2 id="title">${strings.devices}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${strings.close}
          @click=${() => this.close()}
        >
          ${closeIcon()}
        </button>
      </div>
      <im-device-list .client=${this.client}></im-device-list>`;
  }
}
