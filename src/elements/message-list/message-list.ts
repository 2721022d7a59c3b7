import { consume } from '@lit/context';
import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Conversation, HistoryState, ImClient, Message } from '../../client/public.js';
import { clientContext } from '../context.js';
import { AttentionController } from '../controllers/attention-controller.js';
import { ClockController } from '../controllers/clock-controller.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { avatarLook } from '../primitives/avatar/avatar-look.styles.js';
import { badgeLook } from '../primitives/badge/badge-look.styles.js';
import { messageLook } from '../primitives/message/message-look.styles.js';
import { handleMessageClick } from '../primitives/message/message-template.js';
import { senderTones } from '../primitives/message/sender-tones.styles.js';
import { controls } from '../shared/styles/controls.styles.js';
import { TemplateMemo } from '../shared/templates/template-memo.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { visuallyHidden } from '../shared/styles/visually-hidden.styles.js';
import { Arrivals, spokenTemplate } from './reading/arrivals.js';
import { HistoryController } from './history-controller.js';
import { performMessageActions } from './message-actions.js';
import { styles } from './message-list.styles.js';
import { instead, overlays } from './overlays.js';
import { ReadKeeper } from './reading/read-keeper.js';
import { Reading } from './reading/reading.js';
import { RowFocus } from './rows/row-focus.js';
import { RowScroller } from './rows/row-scroller.js';
import type { RowContext } from './rows/row-template.js';
import { rowsTemplate } from './rows/rows-template.js';

/**
 * The messages of one conversation. It holds at most 2,000 of them and draws those near the view; the
 * rest stays in the store until it is scrolled to.
 *
 * @customElement im-message-list
 *
 * @slot empty - In place of the greeting of a conversation without messages.
 *
 * @fires {ImOpenLinkEvent} im-open-link - A link was followed. Cancel it to open the address yourself.
 * @fires {ImRetryEvent} im-retry - A failed message is about to be sent again. Cancelable.
 * @fires {ImDiscardEvent} im-discard - A failed message is about to be forgotten. Cancelable.
 * @fires {ImMessageActionEvent} im-message-action - Something is about to be done with a message; `edit`
 *  is for whoever has a composer. Cancelable.
 * @fires {ImActionFailedEvent} im-action-failed - What the user asked for could not be done.
 *
 * @csspart log - The scrolling box.
 * @csspart row - One message with all that belongs to it.
 * @csspart bubble - The bubble; `own` as well when this user wrote it.
 * @csspart avatar - The sender's picture, in groups.
 * @csspart name - The sender's name, in groups.
 * @csspart text - What the message says.
 * @csspart link - A link in the text.
 * @csspart meta - Time and status together.
 * @csspart time - The time.
 * @csspart status - The clock, ticks or failure mark.
 * @csspart edited - "Edited", which leads to the earlier texts.
 * @csspart more - The button for what else can be done.
 * @csspart reactions - The reactions below a bubble.
 * @csspart reaction - One emoji with its number; `own` as well when this user is among them.
 * @csspart failure - The reason and the buttons below a failed message.
 * @csspart notice - A notice that nobody wrote.
 * @csspart day - The day between two messages.
 * @csspart unread - The line above the first new message.
 * @csspart jump - The button that leads to the newest message.
 * @csspart menu - The menu of a message.
 * @csspart dialog - A dialog: a question, the readers, the earlier texts.
 */
export class ImMessageList extends LitElement {
  static override styles: CSSResultGroup = [
    tokens,
    controls,
    visuallyHidden,
    avatarLook,
    badgeLook,
    messageLook,
    senderTones,
    styles,
  ];

  /** Where the messages come from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  /** Which conversation to show. */
  @property({ attribute: 'conversation-id' }) conversationId = '';

  @query('.scroller') private readonly scrollBox!: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #clock = new ClockController(this);
  readonly #attention: AttentionController = new AttentionController(this, () => this.#markRead());
  readonly #conversation = new LiveController<Conversation | undefined>(
    this,
    () => [this.client, this.conversationId],
    () => this.client?.conversation(this.conversationId),
  );
  readonly #history = new HistoryController(this, () => [this.client, this.conversationId]);
  readonly #scroller = new RowScroller(this, () => this.scrollBox);
  readonly #reading = new Reading(this.#scroller);
  readonly #focus: RowFocus = new RowFocus(
    this,
    this.#scroller,
    () => this.#reading.rows,
    () => this.#history.state?.hasNewer === false,
  );
  readonly #keeper = new ReadKeeper(this);
  readonly #memo: TemplateMemo<Message> = new TemplateMemo();
  readonly #arrivals = new Arrivals(this, {
    source: () => [this.client, this.conversationId],
    strings: () => this.#localize.strings,
    arrived: (messages) => this.#arrive(messages),
  });

  constructor() {
    super();
    performMessageActions(this, () => [this.client, this.conversationId]);
  }

  /** Scrolls to the newest message. */
  scrollToLatest(): void {
    if (!this.returnToLatest()) {
      this.#scroller.scrollToEnd(!matchMedia('(prefers-reduced-motion: reduce)').matches);
    }
  }

  /** Leaves older history for the newest messages; tells whether the reader was so far away. */
  returnToLatest(): boolean {
    if (!this.#history.state?.hasNewer) return false;
    this.#reading.leave();
    this.#history.loadLatest();
    return true;
  }

  /** Leads to a message, with the focus, through older history if need be; tells whether it was found. */
  async showMessage(messageId: string): Promise<boolean> {
    if (this.#focus.show(messageId)) return true;
    if (!(await this.#history.seek(messageId))) return false;
    await this.updateComplete;
    return this.#focus.show(messageId);
  }

  /** What this user has written last, as far as it is held. */
  get lastOwn(): Message | undefined {
    return this.#reading.lastOwn;
  }

  /** Takes the "new messages" line away. */
  clearUnreadLine(): void {
    this.#reading.clearLine();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('conversationId') && !changed.has('client')) return;
    this.#reading.restart();
    this.#arrivals.reset();
    this.#focus.hold(undefined);
  }

  protected override render(): TemplateResult {
    const { view } = this.#history;
    const { strings } = this.#localize;
    this.#reading.take(this.#history.state, this.#readSeq());
    return html`<div
        class="scroller"
        part="log"
        role="log"
        tabindex="-1"
        aria-live="off"
        aria-label=${strings.messageLog(this.#conversation.value?.title ?? '')}
        @scroll=${this.#handleScroll}
        @click=${this.#handleClick}
        @keydown=${this.#handleKeyDown}
        @focusin=${this.#focus.handleFocus}
        @focusout=${() => this.#focus.hold(undefined)}
      >
        ${rowsTemplate(this.#reading.rows, this.#scroller, this.#rowContext())}
      </div>
      ${instead(view, strings)}
      ${view.status === 'ready' ? this.#renderOverlays(view.value) : nothing}
      <div class="visually-hidden" role="status">${spokenTemplate(this.#arrivals)}</div>
      <im-message-menu
        exportparts="menu,dialog"
        .client=${this.client}
        .conversation=${this.#conversation.value}
        .find=${this.#reading.find}
      ></im-message-menu>`;
  }

  protected override updated(): void {
    this.#reading.settle();
    if (this.#scroller.following && !this.#history.state?.hasNewer) this.#arrivals.count = 0;
    this.#fetchMore();
    this.#markRead();
  }

  #renderOverlays(state: HistoryState): TemplateResult {
    return overlays({
      state,
      conversation: this.#conversation.value,
      rows: this.#reading.rows,
      scroller: this.#scroller,
      wording: this.#localize,
      now: this.#clock.now,
      arrived: this.#arrivals.count,
      loadOlder: () => this.#loadOlder(),
      loadAnew: () => this.#loadAnew(),
      jump: () => this.#jump(),
    });
  }

  #rowContext(): RowContext {
    const { strings, locale } = this.#localize;
    const state = this.#history.state;
    const whole = state && !state.hasOlder && !state.hasNewer;
    return {
      strings,
      locale,
      now: this.#clock.now,
      group: this.#conversation.value?.kind === 'group',
      self: this.client?.userId,
      setSize: whole ? this.#reading.rows.length : -1,
      activeKey: this.#focus.activeKey,
      measure: this.#scroller.measure,
      memo: this.#memo,
    };
  }

  /** How far this user has read; undefined until it is known. */
  #readSeq(): number | undefined {
    const { state } = this.#conversation;
    if (state.status !== 'ready') return state.status === 'failed' ? Infinity : undefined;
    return state.value?.readSeq ?? Infinity;
  }

  #fetchMore(): void {
    if (this.#reading.rows.length) this.#history.fetchMore(this.#scroller);
  }

  #loadOlder(): void {
    if (this.#focus.isIn('.top-note')) this.#focus.toRow(this.#scroller.topRow() ?? 0);
    this.#history.loadOlder();
  }

  #loadAnew(): void {
    if (this.#focus.isIn('im-state')) this.scrollBox?.focus();
    this.client?.reconnect();
    this.#history.loadLatest();
  }

  #jump(): void {
    if (this.#focus.isIn('.jump')) this.#focus.toNewest();
    this.scrollToLatest();
  }

  /** What is shown to somebody who looks is read; so is what will arrive where they look. */
  #markRead(): void {
    const { value } = this.#conversation;
    const looking = this.#attention.looking && value !== undefined;
    const atEnd = this.#scroller.following && this.#history.state?.hasNewer === false;
    this.#keeper.keep(looking && atEnd ? this.client : undefined, this.conversationId);
    if (looking) this.#reading.markRead(this.client, value);
  }

  #arrive(messages: readonly Message[]): void {
    if (!this.#scroller.following || this.#history.state?.hasNewer) {
      this.#arrivals.count += messages.length;
    }
    this.#reading.arrive(messages, this.#attention.looking);
  }

  #handleScroll(): void {
    this.#scroller.handleScroll();
    this.#fetchMore();
    this.#markRead();
  }

  #handleClick(event: Event): void {
    const row = event.target instanceof Element && event.target.closest<HTMLElement>('[data-id]');
    const message = row ? this.#reading.find(row.dataset.id) : undefined;
    if (message) handleMessageClick(event, message, this);
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.#focus.handleKey(event.key)) event.preventDefault();
  }
}
