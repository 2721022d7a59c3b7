import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Message } from '../../client/public.js';
import { menuStrings } from '../../locales/en-menus.js';
import { dayAndTime } from '../../locales/format.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ImMessageActionEvent } from '../events/message-action.js';
import { ImMessageJumpEvent } from '../events/message-jump.js';
import type { ImDialog } from '../primitives/dialog/dialog.js';
import { contentText, senderName } from '../primitives/message/message-text.js';
import { controls } from '../shared/styles/controls.styles.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './dialogs.styles.js';

/**
 * The pinned messages of a conversation, the newest pin first.
 *
 * @customElement im-pinned
 *
 * @fires {ImMessageJumpEvent} im-message-jump - A message was picked.
 * @fires {ImMessageActionEvent} im-message-action - A message should be unpinned.
 *
 * @csspart dialog - The `<dialog>`.
 */
export class ImPinned extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** The pinned messages, the first pinned first. */
  @property({ attribute: false }) messages: readonly Message[] = [];

  @query('im-dialog') private readonly dialog!: ImDialog;

  readonly #localize = new LocalizeController(this);

  /** Opens the list. */
  async show(): Promise<void> {
    await this.updateComplete;
    await this.dialog.show();
  }

  /** Closes the list. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    const { pinnedMessages, nothingPinned } = menuStrings(this.#localize.strings);
    return html`<im-dialog heading=${pinnedMessages} exportparts="dialog">
      ${
        this.messages.length
          ? html`<ul>
              ${[...this.messages].reverse().map((message) => this.#renderMessage(message))}
            </ul>`
          : html`<p role="status">${nothingPinned}</p>`
      }
    </im-dialog>`;
  }

  #renderMessage(message: Message): TemplateResult {
    const { strings, locale } = this.#localize;
    const { unpin } = menuStrings(strings);
    const words = contentText(strings, message);
    return html`<li class="entry">
      <div class="entry-head">
        <b dir="auto">${senderName(strings, message)}</b>
        <time>${dayAndTime(locale, message.at)}</time>
      </div>
      <button
        type="button"
        class="jump"
        dir="auto"
        @click=${() => this.dispatchEvent(new ImMessageJumpEvent(message))}
      >
        ${words}
      </button>
      <div class="entry-end">
        <button
          type="button"
          class="text-button"
          aria-label="${unpin}: ${words}"
          @click=${() => this.dispatchEvent(new ImMessageActionEvent('unpin', message))}
        >
          ${unpin}
        </button>
      </div>
    </li>`;
  }
}
