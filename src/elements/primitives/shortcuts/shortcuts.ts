import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Strings } from '../../../locales/en.js';
import { closeIcon } from '../../../icons/icons.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { dialogLook } from '../../shared/styles/dialog.styles.js';
import { isApple } from '../../shared/keyboard/platform.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { styles } from './shortcuts.styles.js';

/**
 * The list of keys that `<im-app>` understands.
 *
 * @customElement im-shortcuts
 *
 * @csspart dialog - The `<dialog>`.
 * @csspart key - One key.
 */
export class ImShortcuts extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, dialogLook, styles];

  /** Nothing of the dialog is made before it is wanted. */
  @state() private wanted = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  readonly #localize = new LocalizeController(this);

  /** Opens the list. */
  async show(): Promise<void> {
    this.wanted = true;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Closes the list. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog part="dialog" aria-labelledby="title" @keydown=${keepInside}>
      ${this.wanted ? this.#renderContent() : nothing}
    </dialog>`;
  }

  #renderContent(): TemplateResult {
    const { strings } = this.#localize;
    return html`<div class="dialog-head">
        <h2 id="title">${strings.shortcuts}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${strings.close}
          @click=${() => this.close()}
        >
          ${closeIcon()}
        </button>
      </div>
      <dl>
        ${shortcuts(strings).map(
          ([words, keys]) =>
            html`<dt>${words}</dt>
              <dd>${keys.map((key) => html`<kbd part="key">${key}</kbd>`)}</dd>`,
        )}
      </dl>`;
  }
}

function shortcuts(strings: Strings): readonly (readonly [string, readonly string[]])[] {
  const apple = isApple();
  const alt = apple ? '⌥' : 'Alt';
  return [
    [strings.shortcutSearch, [apple ? '⌘' : 'Ctrl', 'K']],
    [strings.shortcutPreviousConversation, [alt, '↑']],
    [strings.shortcutNextConversation, [alt, '↓']],
    [strings.shortcutMoveInMessages, ['↑', '↓']],
    [strings.shortcutFirstLast, ['Home', 'End']],
    [strings.shortcutSend, ['Enter']],
    [strings.shortcutLineBreak, [apple ? '⇧' : 'Shift', 'Enter']],
    [strings.shortcutClose, ['Esc']],
    [strings.shortcutHelp, ['?']],
  ];
}

/** Keys pressed in a dialog are not shortcuts of what lies behind it. */
function keepInside(event: KeyboardEvent): void {
  event.stopPropagation();
}
