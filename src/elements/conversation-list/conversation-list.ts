import { consume } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ConnectionState, Conversation, ImClient } from '../../client/public.js';
import { clientContext } from '../context.js';
import { ClockController } from '../controllers/clock-controller.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { SetupController } from '../controllers/setup-controller.js';
import { ImConversationSelectEvent } from '../events/conversation-select.js';
import type { ImPeerSelectEvent } from '../events/peer-select.js';
import { avatarLook } from '../primitives/avatar/avatar-look.styles.js';
import { badgeLook } from '../primitives/badge/badge-look.styles.js';
import type { ImNewChat } from '../primitives/new-chat/new-chat.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import { controls } from '../shared/controls.styles.js';
import { arrived } from '../define-late.js';
import { isComposing } from '../shared/composing.js';
import { errorText } from '../shared/error-text.js';
import { SendKey } from '../shared/send-key.js';
import { setupTemplate } from '../shared/setup-template.js';
import { setStyle } from '../shared/set-style.js';
import { tokens } from '../shared/tokens.styles.js';
import { filterConversations, type ConversationFilter } from './conversation-filter.js';
import { styles } from './conversation-list.styles.js';
import { filtersTemplate } from './filters-template.js';
import { headerTemplate } from './header-template.js';
import { failedTemplate, noneTemplate } from './none-template.js';
import { RowLives } from './row-lives.js';
import { RowTemplates } from './row-template.js';
import { rowAfterKey, RowWindow } from './row-window.js';
import { searchTemplate } from './search-template.js';

/**
 * The user's conversations, most recently active first, with a search by title and filters.
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
 */
export class ImConversationList extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, avatarLook, badgeLook, styles];

  /** Where the conversations come from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  /** The id of the open conversation, or the empty string. */
  @property() selected = '';

  /** Which conversations are shown: all, those with unread messages, or groups. */
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
  #shown: readonly Conversation[] = [];
  #activeId = '';

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
    void this.#focusRow(this.#shown.findIndex(({ id }) => id === conversationId));
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    return html`<nav class="base" part="base" aria-label=${strings.conversations}>
      ${headerTemplate(strings, () => this.#showNewChat())}
      ${searchTemplate(this.query, strings, {
        input: (query) => (this.query = query),
        clear: () => this.#clearSearch(),
        key: (event) => this.#handleSearchKey(event),
      })}
      ${filtersTemplate(this.filter, this.#conversations.value ?? [], strings, (filter) =>
        this.#setFilter(filter),
      )}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="body" part="list" @scroll=${this.#window.handleScroll}>${this.#renderBody()}</div>
      <slot name="footer"></slot>
      <im-new-chat
        user-id=${this.client?.userId ?? ''}
        exportparts="dialog"
        @im-peer-select=${(event: ImPeerSelectEvent) =>
          afterDispatch(event, () => void this.#openPeer(event.userId))}
      ></im-new-chat>
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
    const reachable = this.#reachableIndex();
    const indexes = this.#window.indexes(this.#shown.length, reachable);
    const drawn = indexes.flatMap((index) => this.#shown[index] ?? []);
    this.#lives.watch(this.client, drawn);
    const { rowHeight } = this.#window;
    const size = this.#shown.length;
    return html`<ul
      ${setStyle({ 'block-size': `${size * rowHeight}px` })}
      @click=${this.#handleClick}
      @keydown=${this.#handleListKey}
      @focusin=${this.#handleFocus}
    >
      ${repeat(
        drawn,
        ({ id }) => id,
        (conversation, at) => {
          const index = indexes[at] ?? 0;
          return html`<li
            aria-setsize=${size}
            aria-posinset=${index + 1}
            ${setStyle({ 'inset-block-start': `${index * rowHeight}px` })}
          >
            ${this.#rows.row(
              conversation,
              {
                selected: conversation.id === this.selected,
                reachable: index === reachable,
                typing: this.#lives.typing(conversation.id),
                presence: this.#lives.presence(conversation),
                now: this.#clock.now,
              },
              this.#localize,
            )}
          </li>`;
        },
      )}
    </ul>`;
  }

  /** Whether an empty list may still fill up: the first connection is not complete yet. */
  #filling(): boolean {
    const connection = this.#connection.value;
    if (connection?.status === 'connecting') return connection.attempt === 1;
    return connection?.status === 'catching-up';
  }

  #reachableIndex(): number {
    const active = this.#shown.findIndex(({ id }) => id === this.#activeId);
    if (active >= 0) return active;
    return Math.max(
      this.#shown.findIndex(({ id }) => id === this.selected),
      0,
    );
  }

  #select(id: string): void {
    this.#activeId = id;
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

  #handleFocus({ target }: FocusEvent): void {
    const id = target instanceof HTMLElement && target.dataset.id;
    if (!id || id === this.#activeId) return;
    this.#activeId = id;
    this.requestUpdate();
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
      void this.#focusRow(0);
    } else if (event.key === 'Escape' && this.query) {
      event.stopPropagation();
      this.#clearSearch();
    } else if (this.#sendKey.matches(event) && first) {
      event.preventDefault();
      this.#select(first.id);
    }
  }

  #handleListKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const now = this.#reachableIndex();
    const last = this.#shown.length - 1;
    const target = rowAfterKey(event.key, now, last);
    if (target === undefined) return;
    event.preventDefault();
    void this.#focusRow(target);
  }

  async #focusRow(index: number): Promise<void> {
    this.#activeId = this.#shown[index]?.id ?? '';
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus();
  }

  #setFilter(filter: ConversationFilter): void {
    this.filter = filter;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role=radio][tabindex="0"]')?.focus(),
    );
  }
}
