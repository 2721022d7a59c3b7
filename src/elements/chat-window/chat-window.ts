import { consume } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type {
  ConnectionState,
  Conversation,
  ImClient,
  Person,
  StorageState,
} from '../../client/public.js';
import { clientContext } from '../context.js';
import { KeyboardInsetController } from '../controllers/keyboard-inset-controller.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { SetupController } from '../controllers/setup-controller.js';
import type { ImActionFailedEvent } from '../events/action-failed.js';
import { ImBackEvent } from '../events/back.js';
import type { ImMessageActionEvent } from '../events/message-action.js';
import type { ImMessageJumpEvent } from '../events/message-jump.js';
import type { ImMessageList } from '../message-list/message-list.js';
import type { ImPinnedBar } from '../pinned-bar/pinned-bar.js';
import { avatarLook } from '../primitives/avatar/avatar-look.styles.js';
import type { ImComposer } from '../primitives/composer/composer.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import { isComposing } from '../shared/keyboard/composing.js';
import { connectionBarTemplate } from '../shared/templates/connection-bar-template.js';
import { controls } from '../shared/styles/controls.styles.js';
import { troubleLook } from '../shared/styles/trouble.styles.js';
import { setupTemplate } from '../shared/templates/setup-template.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { typingText } from '../shared/text/typing-text.js';
import { styles } from './chat-window.styles.js';
import { composerTemplate } from './composer-template.js';
import { ComposerFocus } from './composer-focus.js';
import { DraftKeeper } from './draft-keeper.js';
import { EditKeeper } from './edit-keeper.js';
import { bareHeaderTemplate, headerTemplate } from './header-template.js';
import { absenceOf, insteadTemplate } from './instead-template.js';
import { PeerController } from './peer-controller.js';
import { peerPresence } from './peer-presence.js';
import { Sending } from './sending.js';
import { TroubleKeeper } from './trouble-keeper.js';
import { TypingTeller } from './typing-teller.js';

const MESSAGE_PARTS =
  'log,row,bubble,avatar:message-avatar,name,text,link,meta,edited,time,status,more,reactions,reaction,' +
  'failure,notice,day,unread,jump,menu,dialog';

/**
 * One conversation: header, messages and composer.
 *
 * @customElement im-chat-window
 *
 * @slot header - In place of the whole header.
 * @slot header-actions - Buttons at the end of the header.
 * @slot empty - Shown while no conversation is chosen.
 * @slot composer-start - Before the field of the composer.
 * @slot composer-end - Before the send button of the composer.
 * @slot footer - Below the composer.
 *
 * @fires {ImSendEvent} im-send - The user sent a text. Cancel it to send it in another way.
 * @fires {ImBackEvent} im-back - The user wants to leave the conversation.
 * @fires {ImOpenLinkEvent} im-open-link - A link was followed. Cancel it to open the address yourself.
 * @fires {ImRetryEvent} im-retry - A failed message is about to be sent again. Cancelable.
 * @fires {ImDiscardEvent} im-discard - A failed message is about to be forgotten. Cancelable.
 * @fires {ImMessageActionEvent} im-message-action - Something is about to be done with a message.
 *  Cancelable.
 * @fires {ImActionFailedEvent} im-action-failed - What the user asked for could not be done.
 * @fires {ImDraftChangeEvent} im-draft-change - The text of the composer has changed.
 * @fires {ImTypingChangeEvent} im-typing-change - The user types, or has stopped.
 *
 * @csspart header - The bar on top.
 * @csspart avatar - The picture in the header.
 * @csspart title - The title in the header.
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
 * @csspart menu - The menu of a message.
 * @csspart dialog - A dialog: a question, the readers, the pinned messages.
 * @csspart pinned - The bar with the newest pinned message.
 * @csspart bar - The bar that says how the connection stands.
 * @csspart bar-button - "Try now" in that bar.
 * @csspart trouble - What could not be done, above the composer.
 * @csspart composer - The composer.
 * @csspart editing - The strip that shows which message is edited.
 * @csspart field - The rounded box of the composer.
 * @csspart input - The text field of the composer.
 * @csspart count - How many characters are left, near the limit.
 * @csspart send - The send button.
 */
export class ImChatWindow extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, avatarLook, troubleLook, styles];

  /** Where the conversation comes from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  /** Which conversation to show. */
  @property({ attribute: 'conversation-id' }) conversationId = '';

  /** The person to write to, in place of a conversation id. */
  @property({ attribute: 'peer-id' }) peerId = '';

  /** Leaves the connection bar out, where the page shows one elsewhere. */
  @property({ type: Boolean, attribute: 'no-connection-bar' }) noConnectionBar = false;

  @query('im-composer') private readonly composer!: ImComposer | null;
  @query('im-message-list') private readonly list!: ImMessageList | null;

  readonly #localize = new LocalizeController(this);
  readonly #peer = new PeerController(this, () => [this.client, this.peerId]);
  readonly #conversation = new LiveController<Conversation | undefined>(
    this,
    () => [this.client, this.#id],
    () => (this.#id ? this.client?.conversation(this.#id) : undefined),
  );
  readonly #typing = new LiveController<readonly Person[]>(
    this,
    () => [this.client, this.#id],
    () => (this.#id ? this.client?.typing(this.#id) : undefined),
  );
  readonly #presence = peerPresence(this, () => [this.client, this.#conversation.value?.peerId]);
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
  readonly #trouble = new TroubleKeeper(this, () => this.client);
  readonly #draft = new DraftKeeper(this, {
    source: () => [this.client, this.#id, this.#conversation.value],
    failed: (id, error) => this.#trouble.fail(id, error),
  });
  readonly #edit = new EditKeeper(this, {
    source: () => [this.client, this.#id],
    failed: (id, error) => this.#trouble.fail(id, error),
  });
  readonly #sending = new Sending({
    source: () => [this.client, this.#id],
    draft: this.#draft,
    trouble: this.#trouble,
    // Who sends wants to see it, also from far up in the history.
    sent: (id) => id === this.#id && this.list?.returnToLatest(),
  });
  readonly #focus = new ComposerFocus(
    this,
    () => this.composer,
    () => this.#isChosen,
  );
  readonly #typist = new TypingTeller(this, () => [this.client, this.#id]);

  constructor() {
    super();
    new KeyboardInsetController(this);
  }

  /** Puts the cursor into the composer, as soon as there is one. */
  focusComposer(): void {
    this.#focus.want();
  }

  /** Leaves the conversation as the back button does. */
  leave(): void {
    this.dispatchEvent(new ImBackEvent());
  }

  protected override render(): TemplateResult {
    const conversation = this.#conversation.value;
    const { strings } = this.#localize;
    const { problem } = this.#setup;
    if (problem) return html`<div class="base">${setupTemplate(problem, strings)}</div>`;
    return html`<div
      class="base"
      tabindex="-1"
      @keydown=${this.#handleKeyDown}
      @im-action-failed=${this.#handleFailure}
    >
      ${this.#renderHeader(conversation)}
      ${this.noConnectionBar ? nothing : this.#renderConnectionBar()}
      ${conversation ? this.#renderConversation(conversation) : this.#renderInstead()}
      <slot name="footer"></slot>
    </div>`;
  }

  get #id(): string {
    return this.conversationId || this.#peer.conversationId;
  }

  get #isChosen(): boolean {
    return this.conversationId !== '' || this.peerId !== '';
  }

  #renderHeader(conversation: Conversation | undefined): TemplateResult | typeof nothing {
    const { strings } = this.#localize;
    const leave = (): void => this.leave();
    if (conversation)
      return headerTemplate(conversation, this.#presence.value, this.#localize, leave);
    return this.#isChosen ? bareHeaderTemplate(strings, leave) : nothing;
  }

  #renderInstead(): TemplateResult {
    const absence = absenceOf({
      failure: this.#peer.failure,
      isChosen: this.#isChosen,
      state: this.#conversation.state,
      connection: this.#connection.value,
    });
    return insteadTemplate(absence, this.#localize.strings);
  }

  #renderConnectionBar(): TemplateResult {
    const standing = { connection: this.#connection.value, storage: this.#storage.value };
    return connectionBarTemplate(standing, (focused) => {
      this.client?.reconnect();
      if (focused) this.focusComposer();
    });
  }

  #renderConversation({ id, title }: Conversation): TemplateResult {
    const { strings } = this.#localize;
    const typing = this.#typing.value ?? [];
    return html`<im-pinned-bar
        .client=${this.client}
        conversation-id=${id}
        exportparts="bar:pinned,dialog"
        @im-message-jump=${this.#handleJump}
      ></im-pinned-bar>
      <im-message-list
        .client=${this.client}
        conversation-id=${id}
        exportparts=${MESSAGE_PARTS}
        @im-message-action=${this.#handleAction}
      ></im-message-list>
      <div class="typing-line" part="typing">${typingText(strings, typing)}</div>
      ${this.#trouble.render(id, strings, () => this.focusComposer())}
      ${composerTemplate({
        placeholder: strings.messageTo(title),
        draft: this.#draft,
        edit: this.#edit,
        typist: this.#typist,
        send: this.#sending.handle,
        lastOwn: () => this.list?.lastOwn,
      })}`;
  }

  /** The composer is here, so editing is done here. */
  #handleAction(event: ImMessageActionEvent): void {
    if (event.action !== 'edit') return;
    afterDispatch(event, () => {
      if (this.#edit.start(event.message)) this.focusComposer();
    });
  }

  #handleFailure({ conversationId, error }: ImActionFailedEvent): void {
    this.#trouble.fail(conversationId, error);
  }

  async #handleJump({ message, currentTarget }: ImMessageJumpEvent): Promise<void> {
    const bar = currentTarget as ImPinnedBar;
    bar.closeList();
    const isFound = await this.list?.showMessage(message.id);
    if (!isFound) await bar.showAll();
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || isComposing(event) || !this.list) return;
    this.list.clearUnreadLine();
    const inList = event.composedPath().includes(this.list);
    if (!inList) return;
    event.stopPropagation();
    this.focusComposer();
  }
}
