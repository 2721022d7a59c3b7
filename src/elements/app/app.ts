import { consume } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ConnectionState, ImClient, StorageState } from '../../client/public.js';
import type { ImChatWindow } from '../chat-window/chat-window.js';
import { clientContext } from '../context.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { SetupController } from '../controllers/setup-controller.js';
import { arrived } from '../define-late.js';
import type { ImDeviceDialog } from '../device-list/device-dialog.js';
import { devicesIcon } from '../../icons/icons.js';
import { controls } from '../shared/styles/controls.styles.js';
import type { ImConversationList } from '../conversation-list/conversation-list.js';
import type { ImConversationSelectEvent } from '../events/conversation-select.js';
import type { ImShortcuts } from '../primitives/shortcuts/shortcuts.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import { isComposing } from '../shared/keyboard/composing.js';
import { connectionBarTemplate } from '../shared/templates/connection-bar-template.js';
import { setupTemplate } from '../shared/templates/setup-template.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './app.styles.js';

const LIST_PARTS =
  'header:list-header,search,filters,row:list-row,avatar:list-avatar,title:list-title,' +
  'time:list-time,preview:list-preview,badge:list-badge,mark:list-mark,more:list-more,menu,dialog,presence:list-presence';
const CHAT_PARTS =
  'header,avatar,title,subtitle,typing,back,log,row,bubble,message-avatar,name,text,link,meta,edited,' +
  'time,status,more,reactions,reaction,failure,notice,day,unread,jump,menu,dialog,pinned,trouble,' +
  'composer,editing,field,input,count,send';

/**
 * The whole thing: conversations beside the open one, or one after the other where its own width is
 * less than 640 pixels. It fills the box that the page gives it.
 *
 * Keys, while the focus is inside: Ctrl or Command + K searches, Alt + arrow up or down changes the
 * conversation, Esc closes what is on top, `?` lists all keys.
 *
 * @customElement im-app
 *
 * @slot list-actions - Buttons beside "New chat".
 * @slot chat-actions - Buttons at the end of the conversation's header.
 * @slot empty - Shown beside the list while no conversation is chosen.
 *
 * @fires {ImConversationSelectEvent} im-conversation-select - The user picked a conversation. Cancelable.
 * @fires {ImPeerSelectEvent} im-peer-select - The user entered the id of a person. Cancelable.
 * @fires {ImSendEvent} im-send - The user sent a text. Cancel it to send it in another way.
 * @fires {ImMessageActionEvent} im-message-action - Something is about to be done with a message.
 *  Cancelable.
 * @fires {ImConversationActionEvent} im-conversation-action - Something is about to be done with a
 *  conversation. Cancelable.
 * @fires {ImBackEvent} im-back - The user leaves the conversation for the list. Cancelable.
 * @fires {ImOpenLinkEvent} im-open-link - A link was followed. Cancel it to open the address yourself.
 * @fires {ImReconnectEvent} im-reconnect - The user does not want to wait for the next attempt.
 *
 * @csspart base - The grid of the panes.
 * @csspart list - The pane of the conversations.
 * @csspart chat - The pane of the open conversation.
 * @csspart bar - The bar that says how the connection stands; also `offline`, `refused`, ….
 * @csspart bar-button - "Try now" in that bar.
 * @csspart list-header - The heading of the list and its buttons.
 * @csspart search - The search field of the list.
 * @csspart filters - The row of filters of the list.
 * @csspart list-row - One conversation in the list; `selected` as well when it is open.
 * @csspart list-avatar - The picture in a row of the list.
 * @csspart list-title - The title in a row of the list.
 * @csspart list-time - The time in a row of the list.
 * @csspart list-preview - The newest message, the draft or who is typing, in a row of the list.
 * @csspart list-badge - The number of unread messages in a row of the list.
 * @csspart list-mark - That a conversation is on top or muted, in a row of the list.
 * @csspart list-more - The button for what can be done with a conversation.
 * @csspart devices - The button that shows the user's devices.
 * @csspart list-presence - The dot beside a picture in the list; `online` or `away` as well.
 * @csspart header - The bar on top of the conversation.
 * @csspart avatar - The picture in that bar.
 * @csspart title - The title in that bar.
 * @csspart subtitle - How many members a group has, or whether a person is there.
 * @csspart typing - Who is typing, between the messages and the composer.
 * @csspart back - The button that leads back to the list, where there is no room for both.
 * @csspart log - The scrolling box of the messages.
 * @csspart row - One message with all that belongs to it.
 * @csspart bubble - A bubble; `own` as well when this user wrote it.
 * @csspart message-avatar - The picture of a message's sender, in groups.
 * @csspart name - The sender's name, in groups.
 * @csspart text - What a message says.
 * @csspart link - A link in a message.
 * @csspart meta - Time and status of a message together.
 * @csspart time - The time of a message.
 * @csspart status - The clock, ticks or failure mark of a message.
 * @csspart edited - "Edited", which leads to the earlier texts.
 * @csspart more - The button for what else can be done with a message.
 * @csspart reactions - The reactions below a bubble.
 * @csspart reaction - One emoji with its number; `own` as well when this user is among them.
 * @csspart failure - The reason and the buttons below a failed message.
 * @csspart notice - A notice that nobody wrote.
 * @csspart day - The day between two messages.
 * @csspart unread - The line above the first new message.
 * @csspart jump - The button that leads to the newest message.
 * @csspart menu - A menu.
 * @csspart dialog - A dialog.
 * @csspart pinned - The bar with the newest pinned message.
 * @csspart trouble - What could not be done, above the composer.
 * @csspart composer - The composer.
 * @csspart editing - The strip that shows which message is edited.
 * @csspart field - The rounded box of the composer.
 * @csspart input - The text field of the composer.
 * @csspart count - How many characters are left, near the limit.
 * @csspart send - The send button.
 */
export class ImApp extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** Where everything comes from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  /** The open conversation, or the empty string. */
  @property({ attribute: 'conversation-id', reflect: true }) conversationId = '';

  /** `light` or `dark`; without it the `color-scheme` around it decides. */
  @property({ reflect: true }) theme: 'light' | 'dark' | '' = '';

  @query('im-conversation-list') private readonly list!: ImConversationList;
  @query('im-chat-window') private readonly chat!: ImChatWindow;
  @query('im-shortcuts') private readonly shortcuts!: ImShortcuts;
  @query('im-device-dialog') private readonly devices!: ImDeviceDialog;

  readonly #localize = new LocalizeController(this);
  readonly #connection = new LiveController<ConnectionState>(
    this,
    () => [this.client],
    () => this.client?.connection,
  );
  readonly #storage = new LiveController<StorageState>(
    this,
    () => [this.client],
    () => this.client?.storage,
  );

  readonly #setup = new SetupController(this, () => this.client);

  /** Opens a conversation; the empty string returns to the list. */
  open(conversationId: string): void {
    this.conversationId = conversationId;
  }

  protected override render(): TemplateResult {
    const { client, conversationId } = this;
    const { strings } = this.#localize;
    const { problem } = this.#setup;
    if (problem)
      return html`<div class="base" part="base">${setupTemplate(problem, strings)}</div>`;
    return html`<div
      class="base ${conversationId ? 'chat' : 'list'}"
      part="base"
      @keydown=${this.#handleKeyDown}
    >
      ${connectionBarTemplate(
        { connection: this.#connection.value, storage: this.#storage.value },
        (focused) => this.#reconnect(focused),
      )}
      <im-conversation-list
        part="list"
        exportparts=${LIST_PARTS}
        .client=${client}
        .selected=${conversationId}
        @im-conversation-select=${this.#handleSelect}
        ><button
          slot="header-actions"
          type="button"
          class="icon-button"
          part="devices"
          aria-label=${strings.devices}
          @click=${() => void arrived(this.devices).then((dialog) => dialog.show())}
        >
          ${devicesIcon()}</button
        ><slot name="list-actions" slot="header-actions"></slot
      ></im-conversation-list>
      <im-chat-window
        part="chat"
        exportparts=${CHAT_PARTS}
        no-connection-bar
        .client=${client}
        .conversationId=${conversationId}
        @im-back=${(event: Event) => afterDispatch(event, () => this.#goBack())}
        ><slot name="chat-actions" slot="header-actions"></slot>${
          conversationId
            ? nothing
            : html`<slot name="empty" slot="empty"
                ><im-state heading=${strings.noSelection} text=${strings.noSelectionHint}></im-state
              ></slot>`
        }
      </im-chat-window>
      <im-shortcuts></im-shortcuts>
      <im-device-dialog .client=${client}></im-device-dialog>
    </div>`;
  }

  #handleSelect(event: ImConversationSelectEvent): void {
    afterDispatch(event, () => void this.#select(event.conversationId));
  }

  async #select(conversationId: string): Promise<void> {
    this.conversationId = conversationId;
    // A finger that opens a conversation wants to read; a soft keyboard would cover half of it.
    if (matchMedia('(pointer: coarse)').matches) return;
    await this.updateComplete;
    (await arrived(this.chat)).focusComposer();
  }

  #reconnect(focused: boolean): void {
    this.client?.reconnect();
    if (!focused) return;
    if (this.conversationId) void arrived(this.chat).then((chat) => chat.focusComposer());
    else this.list.focusSearch();
  }

  #goBack(): void {
    const id = this.conversationId;
    this.conversationId = '';
    void this.updateComplete.then(() => this.list.focusConversation(id));
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (isComposing(event) || event.defaultPrevented) return;
    if (!this.#performKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #performKey(event: KeyboardEvent): boolean {
    const { key, altKey, ctrlKey, metaKey } = event;
    const plain = !altKey && !ctrlKey && !metaKey;
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return this.#search();
    if (altKey && !ctrlKey && !metaKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      this.list.selectNext(key === 'ArrowUp' ? -1 : 1);
      return true;
    }
    if (plain && key === 'Escape' && this.conversationId && this.#narrow) {
      void arrived(this.chat).then((chat) => chat.leave());
      return true;
    }
    if (plain && key === '?' && !isField(event)) {
      void arrived(this.shortcuts).then((dialog) => dialog.show());
      return true;
    }
    return false;
  }

  /** Whether there is room for one pane only; then the other one is not drawn. */
  get #narrow(): boolean {
    return getComputedStyle(this.list).display === 'none';
  }

  #search(): boolean {
    if (this.#narrow) this.conversationId = '';
    void this.updateComplete.then(() => this.list.focusSearch());
    return true;
  }
}

/** Whether a key press goes into a text field, at whatever depth. */
function isField(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}
