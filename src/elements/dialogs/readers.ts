import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ImClient, Message, Person } from '../../client/public.js';
import { menuStrings } from '../../locales/en-menus.js';
import { ImError } from '../../protocol/im-error.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { avatarLook } from '../primitives/avatar/avatar-look.styles.js';
import { avatarTemplate } from '../primitives/avatar/avatar-template.js';
import type { ImDialog } from '../primitives/dialog/dialog.js';
import { controls } from '../shared/styles/controls.styles.js';
import { errorText } from '../shared/text/error-text.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './dialogs.styles.js';

/** One half of the people: those who have read a message, or those who have not. */
type Half = {
  readonly people: readonly Person[];
  readonly more: boolean;
  readonly status: 'none' | 'loading' | 'ready' | 'failed';
  readonly failure?: unknown;
};

const NONE: Half = { people: [], more: false, status: 'none' };

/**
 * Who has read a message of a group, and who has not.
 *
 * @customElement im-readers
 *
 * @csspart dialog - The `<dialog>`.
 * @csspart person - One person.
 */
export class ImReaders extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, avatarLook, styles];

  /** Who asks the server. */
  @property({ attribute: false }) client: ImClient | undefined;

  @state() private shown: 'read' | 'unread' = 'read';
  @state() private halves: Readonly<Record<'read' | 'unread', Half>> = { read: NONE, unread: NONE };
  @state() private counts: readonly [number, number] | undefined;

  @query('im-dialog') private readonly dialog!: ImDialog;

  readonly #localize = new LocalizeController(this);
  #message: Message | undefined;

  /** Opens the list for a message, and asks. */
  async show(message: Message): Promise<void> {
    this.#message = message;
    this.shown = 'read';
    this.halves = { read: NONE, unread: NONE };
    this.counts = undefined;
    void this.#load();
    await this.updateComplete;
    await this.dialog.show();
  }

  protected override render(): TemplateResult {
    const words = menuStrings(this.#localize.strings);
    const [read, unread] = this.counts ?? [];
    return html`<im-dialog heading=${words.readers} exportparts="dialog">
      <div class="tabs" role="tablist" @keydown=${this.#handleKeyDown}>
        ${this.#renderTab('read', read === undefined ? words.read : words.readCount(read))}
        ${this.#renderTab('unread', unread === undefined ? words.unread : words.unreadCount(unread))}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby=${this.shown}>
        ${this.#renderHalf(this.halves[this.shown])}
      </div>
    </im-dialog>`;
  }

  #renderTab(half: 'read' | 'unread', words: string): TemplateResult {
    const isShown = half === this.shown;
    return html`<button
      type="button"
      id=${half}
      role="tab"
      aria-selected=${isShown}
      aria-controls="panel"
      tabindex=${isShown ? 0 : -1}
      ?data-autofocus=${half === 'read'}
      @click=${() => this.#choose(half)}
    >
      ${words}
    </button>`;
  }

  #renderHalf({ people, more, status, failure }: Half): TemplateResult {
    const { strings } = this.#localize;
    const words = menuStrings(strings);
    const isLoading = status === 'loading' || status === 'none';
    if (isLoading && !people.length) return html`<p role="status">${words.loadingReaders}</p>`;
    if (status === 'failed') {
      const isOffline = failure instanceof ImError && failure.code === 'connection/offline';
      return html`${people.length ? renderPeople(people) : nothing}
        <div class="center" role="alert">
          <p>${isOffline ? words.readersOffline : errorText(strings, failure)}</p>
          <button type="button" class="text-button" @click=${this.#load}>${strings.tryNow}</button>
        </div>`;
    }
    if (!people.length) {
      return html`<p role="status">
        ${this.shown === 'read' ? words.nobodyRead : words.everybodyRead}
      </p>`;
    }
    return html`${renderPeople(people)}${
      more
        ? html`<div class="center">
            <button type="button" class="text-button" ?disabled=${isLoading} @click=${this.#load}>
              ${words.showMore}
            </button>
          </div>`
        : nothing
    }`;
  }

  readonly #load = async (): Promise<void> => {
    const { shown } = this;
    const message = this.#message;
    const half = this.halves[shown];
    if (!this.client || !message || half.status === 'loading') return;
    const set = (change: Partial<Half>): void => {
      if (message !== this.#message) return;
      this.halves = { ...this.halves, [shown]: { ...this.halves[shown], ...change } };
    };
    set({ status: 'loading' });
    const after = half.people.at(-1)?.id;
    try {
      const page = await this.client.readers(message.conversationId, message.id, {
        read: shown === 'read',
        ...(after !== undefined && { after }),
      });
      set({ people: [...half.people, ...page.people], more: page.more, status: 'ready' });
      if (message === this.#message) this.counts = [page.readCount, page.unreadCount];
    } catch (failure) {
      set({ status: 'failed', failure });
    }
  };

  #choose(half: 'read' | 'unread'): void {
    this.shown = half;
    if (this.halves[half].status === 'none') void this.#load();
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const half = this.shown === 'read' ? 'unread' : 'read';
    this.#choose(half);
    this.renderRoot.querySelector<HTMLElement>(`#${half}`)?.focus();
  }
}

function renderPeople(people: readonly Person[]): TemplateResult {
  return html`<ul>
    ${people.map(
      ({ id, name, avatarUrl }) =>
        html`<li class="person" part="person">
          ${avatarTemplate({ id, name, src: avatarUrl, size: 's' })}
          <span dir="auto">${name || id}</span>
        </li>`,
    )}
  </ul>`;
}
