import { ContextProvider, provide } from '@lit/context';
import {
  html,
  LitElement,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property } from 'lit/decorators.js';
import type { ImClient, ImClientOptions } from '../../client/public.js';
import { ImError } from '../../protocol/im-error.js';
import { clientContext, localeContext, setupContext } from '../context.js';
import { ImActionFailedEvent } from '../events/action-failed.js';
import { ImConnectionChangedEvent } from '../events/connection-changed.js';
import { ImMessageFailedEvent } from '../events/message-failed.js';
import { ImMessageReceivedEvent } from '../events/message-received.js';
import { ImMessageSentEvent } from '../events/message-sent.js';
import { ImTokenExpiredEvent } from '../events/token-expired.js';
import { loadLocale } from '../shared/locale-registry.js';
import { clientKey } from './client-key.js';
import type { Lease } from './client-pool.js';
import { styles } from './client.styles.js';
import { sharedClients } from './shared-clients.js';

/**
 * Connects to a server and hands the client, the language and the colours down to the elements inside.
 * It draws nothing itself.
 *
 * @customElement im-client
 *
 * @slot - The elements that share the client.
 *
 * @fires {ImMessageReceivedEvent} im-message-received - Messages of others have arrived.
 * @fires {ImMessageSentEvent} im-message-sent - The server has accepted a message of this device.
 * @fires {ImMessageFailedEvent} im-message-failed - The server has refused a message for good.
 * @fires {ImActionFailedEvent} im-action-failed - The server has refused a change for good.
 * @fires {ImConnectionChangedEvent} im-connection-changed - The connection came, went or was refused.
 * @fires {ImTokenExpiredEvent} im-token-expired - The token has run out.
 */
export class ImClientElement extends LitElement {
  static override styles: CSSResultGroup = styles;

  /** Where the server is: `https://chat.example.com`, `ws://127.0.0.1:8787`. */
  @property() server = '';

  /** The user's JWT, made by your back end. */
  @property() token = '';

  /** Who the user is. It lets stored messages show before the first token is there. */
  @property({ attribute: 'user-id' }) userId = '';

  /** The language, such as `en` or `zh-CN`. Without it the page's `lang` decides. */
  @property() locale = '';

  /** `light` or `dark`; without it the page's `color-scheme` decides. */
  @property({ reflect: true }) theme: 'light' | 'dark' | '' = '';

  /**
   * Fetches a fresh token whenever one is needed; replaces `token`. Without `user-id`, another function
   * means another user: give the same one each time.
   */
  @property({ attribute: false }) tokenProvider: (() => string | Promise<string>) | undefined;

  /** Keeps from the others what this user has read. */
  @property({ type: Boolean, attribute: 'no-read-receipts' }) noReadReceipts = false;

  /** The client that is handed down. Set your own to use it in place of one made from the attributes. */
  @provide({ context: clientContext })
  @property({ attribute: false })
  client: ImClient | undefined;

  readonly #wantedLocale = new ContextProvider(this, { context: localeContext });
  readonly #problem = new ContextProvider(this, { context: setupContext });
  readonly #internals: ElementInternals = this.attachInternals();
  #lease: Lease | undefined;
  #leaseKey = '';
  #listening: ImClient | undefined;
  #stopListening: readonly (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    // After a move or a return nothing else asks for the update that connects again.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listenTo(undefined);
    // An element that is merely moved is back by then, and nothing inside it has to begin anew.
    setTimeout(() => {
      if (!this.isConnected) this.#endLease();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale')) {
      this.#wantedLocale.setValue(this.locale || undefined);
      if (this.locale) void this.#awaitLocale(this.locale);
    }
    if (!this.isConnected) return;
    this.#openClient(changed);
    this.#listenTo(this.client);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  async #awaitLocale(tag: string): Promise<void> {
    const loading = loadLocale(tag);
    if (!loading) return;
    this.#internals.states.add('loading-locale');
    await loading;
    this.#internals.states.delete('loading-locale');
  }

  #openClient(changed: PropertyValues<this>): void {
    const options = this.#options();
    const own = this.client && this.client !== this.#lease?.client;
    if (own || !options) {
      this.#problem.setValue(undefined);
      this.#endLease();
      return;
    }
    const key = clientKey(options);
    if (this.#lease && key === this.#leaseKey) {
      if (changed.has('token') || changed.has('tokenProvider')) this.#lease.setToken(options.token);
      return;
    }
    this.#endLease();
    this.#lease = this.#acquire(key, options);
    this.#leaseKey = key;
    this.client = this.#lease?.client;
  }

  /** A client, unless the server is none: then the elements inside say so. */
  #acquire(key: string, options: ImClientOptions): Lease | undefined {
    this.#problem.setValue(undefined);
    try {
      return sharedClients.acquire(key, options);
    } catch (error) {
      if (!(error instanceof ImError)) throw error;
      this.#problem.setValue({ reason: 'bad-server', server: options.server });
      return;
    }
  }

  /** What the attributes say, once they say enough. */
  #options(): ImClientOptions | undefined {
    const { server, userId } = this;
    const token = this.tokenProvider ?? this.token;
    if (!server || !token) return;
    return { server, token, ...(userId && { userId }), readReceipts: !this.noReadReceipts };
  }

  #endLease(): void {
    if (!this.#lease) return;
    if (this.client === this.#lease.client) this.client = undefined;
    this.#lease.release();
    this.#lease = undefined;
    this.#leaseKey = '';
  }

  #listenTo(client: ImClient | undefined): void {
    if (client === this.#listening) return;
    for (const stop of this.#stopListening) stop();
    this.#listening = client;
    this.#stopListening = client
      ? [
          client.on('message', ({ messages }) =>
            this.dispatchEvent(new ImMessageReceivedEvent(messages)),
          ),
          client.on('message-sent', ({ conversationId, messageId }) =>
            this.dispatchEvent(new ImMessageSentEvent(conversationId, messageId)),
          ),
          client.on('message-failed', ({ conversationId, messageId, error }) =>
            this.dispatchEvent(new ImMessageFailedEvent(conversationId, messageId, error)),
          ),
          client.on('action-failed', ({ conversationId, error }) =>
            this.dispatchEvent(new ImActionFailedEvent(conversationId ?? '', error)),
          ),
          client.on('connection-change', (connection) =>
            this.dispatchEvent(new ImConnectionChangedEvent(connection)),
          ),
          client.on('token-expired', ({ error }) =>
            this.dispatchEvent(new ImTokenExpiredEvent(error)),
          ),
        ]
      : [];
  }
}
