import { consume } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type {
  ConnectionState,
  Conversation,
  ConversationFolder,
  ImClient,
} from '../../client/public.js';
import { clientContext } from '../context.js';
import { ClockController } from '../controllers/clock-controller.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { SetupController } from '../controllers/setup-controller.js';
import type { ImActionFailedEvent } from '../events/action-failed.js';
import { ImConversationSelectEvent } from '../events/conversation-select.js';
import type { ImPeerSelectEvent } from '../events/peer-select.js';
import { avatarLook } from '../primitives/avatar/avatar-look.styles.js';
import { badgeLook } from '../primitives/badge/badge-look.styles.js';
import type { ImNewChat } from '../primitives/new-chat/new-chat.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import { controls } from '../shared/styles/controls.styles.js';
import { arrived } from '../define-late.js';
import { isComposing } from '../shared/keyboard/composing.js';
import { errorText } from '../shared/text/error-text.js';
import { SendKey } from '../shared/keyboard/send-key.js';
import { setupTemplate } from '../shared/templates/setup-template.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { filterConversations, type ConversationFilter } from './conversation-filter.js';
import { styles } from './conversation-list.styles.js';
import { filtersTemplate } from './filters-template.js';
import { headerTemplate } from './header-template.js';
import { ListFocus } from './list-focus.js';
import { listTemplate } from './list-template.js';
import { failedTemplate, noneTemplate } from './none-template.js';
import { rowStyles } from './row.styles.js';
import { RowLives } from './row-lives.js';
import { RowTemplates } from './row-template.js';
import { RowWindow } from './row-window.js';
import { searchTemplate } from './search-template.js';

/**
 * The user's conversations, those on top first, then the most recently active, with a search by title,
 * filters and folders.
 *
 * @customElement im-conversation-list
 *
 * @slot header-actions - Buttons beside "New chat".
 * @slot empty - In place of the words that show while the user has no conversations.
 * @slot footer - Below the list.
 *
 * @fires {ImConversationSelectEvent} im-conversation-select - The user picked a conversation. Cancel it
 *  to leave `selected` as it is.
 * @fires {ImPeerSelectEvent} im-peer-select - The user entered the id of a person to write to. Cancel it
 *  to open that conversation yourself.
 * @fires {ImConversationActionEvent} im-conversation-action - Something is about to be done with a
 *  conversation. Cancelable.
 *
 * @csspart base - The `<nav>` around everything.
 * @csspart header - The heading and its buttons.
 * @csspart search - The search field with its icon.
 * @csspart filters - The row of filters.
 * @csspart list - The scrolling box.
 * @csspart row - One conversation, a button; `selected` as well when it is open.
 * @csspart avatar - The picture in a row.
 * @csspart title - The title in a row.
 * @csspart time - The time in a row.
 * @csspart presence - The dot that says that somebody is there; `online` or `away` as well.
 * @csspart preview - The newest message, the draft or who is typing.
 * @csspart badge - The number of unread messages.
 * @csspart mark - That a conversation is on top or muted.
 * @csspart more - The button for what can be done with a conversation.
 * @csspart menu - A menu.
 * @csspart dialog - A dialog.
 */
export class ImConversationList extends LitElement {
  static override styles: CSSResultGroup = [
    tokens,
    controls,
    avatarLook,
    badgeLook,
    rowStyles,
    styles,
  ];

  /** Where the conversations come from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  /** The id of the open conversation, or the empty string. */
  @property() selected = '';

  /** Which conversations are shown: `all`, `unread`, `groups`, or `folder` and the id of one. */
  @property() filter: ConversationFilter = 'all';

  @state() private query = '';
  @state() private problem = '';

  @query('.body') private readonly body!: HTMLElement | null;
  @query('input') private readonly searchField!: HTMLInputElement;
  @query('im-new-chat') private readonly newChat!: ImNewChat;

  readonly #localize = new LocalizeController(this);
  readonly #clock = new ClockController(this);
  readonly #conversations = new LiveController<readonly Conversation[]>(
    this,
    () => [this.client],
    () => this.client?.conversations,
  );
  readonly #folders = new LiveController<readonly ConversationFolder[]>(
    this,
    () => [this.client],
    () => this.client?.folders,
  );
  readonly #connection = new LiveController<ConnectionState>(
    this,
    () => [this.client],
    () => this.client?.connection,
  );
  readonly #setup = new SetupController(this, () => this.client);
  readonly #lives = new RowLives(this);
  readonly #window = new RowWindow(this, () => this.body);
  readonly #sendKey = new SendKey();
  readonly #rows = new RowTemplates();
  readonly #focus = new ListFocus(
    this,
    () => this.#shown,
    () => this.selected,
  );
  #shown: readonly Conversation[] = [];

  /** Puts the cursor into the search field. */
  focusSearch(): void {
    this.searchField.focus();
    this.searchField.select();
  }

  /** Selects the conversation after the selected one, or before it with -1. */
  selectNext(direction: 1 | -1): void {
    const now = this.#shown.findIndex(({ id }) => id === this.selected);
    const next = this.#shown[now < 0 ? 0 : now + direction];
    if (next) this.#select(next.id);
  }

  /** Puts the focus on a conversation, as after leaving it. */
  focusConversation(conversationId: string): void {
    void this.#focus.to(this.#shown.findIndex(({ id }) => id === conversationId));
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    const conversations = this.#conversations.value ?? [];
    const folders = this.#folders.value ?? [];
    return html`<nav class="base" part="base" aria-label=${strings.conversations}>
      ${headerTemplate(strings, () => this.#showNewChat())}
      ${searchTemplate(this.query, strings, {
        input: (query) => (this.query = query),
        clear: () => this.#clearSearch(),
        key: (event) => this.#handleSearchKey(event),
      })}
      ${filtersTemplate({
        chosen: this.filter,
        conversations,
        folders,
        strings,
        choose: (filter) => this.#setFilter(filter),
      })}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="body" part="list" @scroll=${this.#window.handleScroll}>${this.#renderBody()}</div>
      <slot name="footer"></slot>
      <im-new-chat
        user-id=${this.client?.userId ?? ''}
        exportparts="dialog"
        @im-peer-select=${(event: ImPeerSelectEvent) =>
          afterDispatch(event, () => void this.#openPeer(event.userId))}
      ></im-new-chat>
      <im-conversation-menu
        exportparts="menu,dialog"
        .client=${this.client}
        .conversations=${conversations}
        .folders=${folders}
        @im-action-failed=${({ error }: ImActionFailedEvent) =>
          (this.problem = errorText(strings, error))}
      ></im-conversation-menu>
    </nav>`;
  }

  #renderBody(): TemplateResult {
    const { strings } = this.#localize;
    const { problem } = this.#setup;
    if (problem) return setupTemplate(problem, strings);
    const { state } = this.#conversations;
    if (state.status === 'failed') return failedTemplate(state.error, strings);
    const all = state.status === 'ready' ? state.value : [];
    if (all.length === 0 && (state.status !== 'ready' || this.#filling())) {
      return html`<im-skeleton label=${strings.loadingConversations}></im-skeleton>`;
    }
    this.#shown = filterConversations(all, this.filter, this.query, this.selected);
    if (this.#shown.length) return this.#renderList();
    return noneTemplate(all.length === 0, this.filter, this.query, strings, () =>
      this.#showNewChat(),
    );
  }

  #renderList(): TemplateResult {
    const shown = this.#shown;
    const reachable = this.#focus.index;
    const indexes = this.#window.indexes(shown.length, reachable);
    this.#lives.watch(
      this.client,
      indexes.flatMap((index) => shown[index] ?? []),
    );
    return listTemplate({
      shown,
      indexes,
      rowHeight: this.#window.rowHeight,
      reachable,
      strings: this.#localize.strings,
      row: (conversation, isReachable) => this.#renderRow(conversation, isReachable),
      click: (event) => this.#handleClick(event),
      key: this.#focus.handleKey,
      focus: this.#focus.handleFocus,
    });
  }

  #renderRow(conversation: Conversation, reachable: boolean): TemplateResult {
    const selected = conversation.id === this.selected;
    const typing = this.#lives.typing(conversation.id);
    const presence = this.#lives.presence(conversation);
    const state = { selected, reachable, typing, presence, now: this.#clock.now };
    return this.#rows.row(conversation, state, this.#localize);
  }

  /** Whether an empty list may still fill up: the first connection is not complete yet. */
  #filling(): boolean {
    const connection = this.#connection.value;
    if (connection?.status === 'connecting') return connection.attempt === 1;
    return connection?.status === 'catching-up';
  }

  #select(id: string): void {
    this.#focus.hold(id);
    if (this.dispatchEvent(new ImConversationSelectEvent(id))) this.selected = id;
  }

  #showNewChat(): void {
    void arrived(this.newChat).then((dialog) => dialog.show());
  }

  #clearSearch(): void {
    this.query = '';
    this.searchField.focus();
  }

  async #openPeer(userId: string): Promise<void> {
    this.problem = '';
    try {
      const id = await this.client?.openPeer(userId);
      if (id) this.#select(id);
    } catch (error) {
      this.problem = errorText(this.#localize.strings, error);
    }
  }

  #handleClick({ target }: Event): void {
    const id = target instanceof Element && target.closest<HTMLElement>('.row')?.dataset.id;
    if (id) this.#select(id);
  }

  #handleSearchKey(event: KeyboardEvent | CompositionEvent): void {
    if (!(event instanceof KeyboardEvent)) {
      this.#sendKey.compositionEnded();
      return;
    }
    if (isComposing(event)) return;
    const first = this.#shown[0];
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      void this.#focus.to(0);
    } else if (event.key === 'Escape' && this.query) {
      event.stopPropagation();
      this.#clearSearch();
    } else if (this.#sendKey.matches(event) && first) {
      event.preventDefault();
      this.#select(first.id);
    }
  }

  #setFilter(filter: ConversationFilter): void {
    this.filter = filter;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role=radio][tabindex="0"]')?.focus(),
    );
  }
}
