import { consume } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ImClient, Message } from '../../client/public.js';
import { pinIcon } from '../../icons/icons.js';
import { menuStrings } from '../../locales/en-menus.js';
import { dayAndTime } from '../../locales/format.js';
import { clientContext } from '../context.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { arrived } from '../define-late.js';
import type { ImPinned } from '../dialogs/pinned.js';
import { ImMessageJumpEvent } from '../events/message-jump.js';
import { performMessageActions } from '../message-list/message-actions.js';
import { contentText, senderName } from '../primitives/message/message-text.js';
import { controls } from '../shared/styles/controls.styles.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './pinned-bar.styles.js';

/**
 * The newest pinned message of a conversation in one line, and the way to all of them. Where nothing is
 * pinned it takes no room.
 *
 * @customElement im-pinned-bar
 *
 * @fires {ImMessageJumpEvent} im-message-jump - The user wants to see a pinned message where it was said.
 * @fires {ImMessageActionEvent} im-message-action - A message is about to be unpinned. Cancelable.
 * @fires {ImActionFailedEvent} im-action-failed - A message could not be unpinned.
 *
 * @csspart bar - The bar.
 * @csspart dialog - The list of all pinned messages.
 */
export class ImPinnedBar extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** Where the pinned messages come from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  /** The conversation. */
  @property({ attribute: 'conversation-id' }) conversationId = '';

  @query('im-pinned') private readonly list!: ImPinned;

  readonly #localize = new LocalizeController(this);
  readonly #pinned = new LiveController<readonly Message[]>(
    this,
    () => [this.client, this.conversationId],
    () => (this.conversationId ? this.client?.pinnedMessages(this.conversationId) : undefined),
  );

  constructor() {
    super();
    performMessageActions(this, () => [this.client, this.conversationId]);
  }

  /** Opens the list of all pinned messages. */
  async showAll(): Promise<void> {
    await (await arrived(this.list)).show();
  }

  /** Closes that list. */
  closeList(): void {
    if (this.list.isConnected) void arrived(this.list).then((list) => list.close());
  }

  protected override render(): TemplateResult {
    const messages = this.#pinned.value ?? [];
    const newest = messages.at(-1);
    return html`${newest ? this.#renderBar(newest, messages.length) : nothing}
      <im-pinned exportparts="dialog" .messages=${messages}></im-pinned>`;
  }

  #renderBar(newest: Message, count: number): TemplateResult {
    const { strings, locale } = this.#localize;
    const words = menuStrings(strings);
    return html`<div class="bar" part="bar">
      <button
        type="button"
        class="main"
        @click=${() => this.dispatchEvent(new ImMessageJumpEvent(newest))}
      >
        <span class="words" dir="auto">${words.pinnedLine(contentText(strings, newest))}</span>
        <span class="who" dir="auto"
          >${senderName(strings, newest)} · ${dayAndTime(locale, newest.at)}</span
        >
      </button>
      <button
        type="button"
        class="icon-button all"
        aria-label=${words.showPinned(count)}
        title=${words.showPinned(count)}
        aria-haspopup="dialog"
        @click=${() => this.showAll()}
      >
        ${pinIcon()}${count > 1 ? html`<span>${count}</span>` : nothing}
      </button>
    </div>`;
  }
}
