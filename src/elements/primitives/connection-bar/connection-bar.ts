import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property } from 'lit/decorators.js';
import type { ConnectionState, Progress, StorageState } from '../../../client/public.js';
import { ClockController } from '../../controllers/clock-controller.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { ImReconnectEvent } from '../../events/reconnect.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { codeText } from '../../shared/text/error-text.js';
import { setStyle } from '../../shared/templates/set-style.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { visuallyHidden } from '../../shared/styles/visually-hidden.styles.js';
import { styles } from './connection-bar.styles.js';

/** A catch-up of fewer messages is told of once it has taken a while: most are over at once. */
const MANY = 500;
const WHILE_MS = 1_000;

/**
 * One quiet bar that says how things stand when they do not stand well; nothing when they do.
 *
 * @customElement im-connection-bar
 *
 * @fires {ImReconnectEvent} im-reconnect - The user does not want to wait for the next attempt.
 *
 * @csspart bar - The bar; also `offline`, `connecting`, `catching-up`, `refused`, `stopped` or
 *  `memory`.
 * @csspart progress - How far a long catch-up has come; what is done is in it.
 * @csspart button - "Try now".
 */
export class ImConnectionBar extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, visuallyHidden, styles];

  /** How the client stands with the server. */
  @property({ attribute: false }) connection: ConnectionState | undefined;

  /** Where messages are kept. */
  @property({ attribute: false }) storage: StorageState | undefined;

  readonly #localize = new LocalizeController(this);
  readonly #clock = new ClockController(this, (now) => {
    if (this.#tellAt > now) return this.#tellAt;
    return this.connection?.status === 'offline' && this.connection.retryAt > now
      ? now + 1_000 - (now % 1_000)
      : Infinity;
  });

  /** The state that is read out: how an interruption began, not each attempt to end it. */
  #told: ConnectionState | undefined;
  /** When a catch-up has taken long enough to be told of; zero when there is none. */
  #tellAt = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { connection } = this;
    if (!changed.has('connection')) return;
    this.#tellAt = connection?.status === 'catching-up' ? this.#tellAt || Date.now() + WHILE_MS : 0;
    const goesOn =
      connection?.status === 'offline' ||
      connection?.status === 'connecting' ||
      connection?.status === 'catching-up';
    if (!goesOn || !this.#spokenWords()) this.#told = connection;
  }

  protected override render(): TemplateResult {
    const storage = this.#storageWords();
    return html`${this.#renderConnection()}
      ${storage ? html`<div class="bar memory" part="bar memory">${storage}</div>` : nothing}
      <div class="visually-hidden" role="status">
        <span>${this.#spokenWords()}</span> <span>${storage}</span>
      </div>`;
  }

  #spokenWords(): string {
    const { strings } = this.#localize;
    switch (this.#told?.status) {
      case 'offline':
        return strings.offline;
      case 'connecting':
        return this.#told.attempt > 1 ? strings.reconnecting : '';
      case 'refused':
        return codeText(strings, this.#told.error.code);
      case 'stopped':
        return strings.errors['client/destroyed'];
      case 'catching-up':
      case 'connected':
      case undefined:
        return '';
    }
  }

  #renderConnection(): TemplateResult | typeof nothing {
    const { connection } = this;
    const { strings } = this.#localize;
    switch (connection?.status) {
      case 'offline':
        return this.#renderOffline(connection.retryAt);
      case 'refused':
        return html`<div class="bar refused" part="bar refused">
          <span>${codeText(strings, connection.error.code)}</span>
          ${
            connection.error.code === 'device/kicked'
              ? html`<button
                  type="button"
                  class="text-button"
                  part="button"
                  @click=${this.#reconnect}
                >
                  ${strings.useHere}
                </button>`
              : nothing
          }
        </div>`;
      case 'connecting':
        // The first attempt mostly succeeds before the bar could be read.
        return connection.attempt > 1
          ? html`<div class="bar" part="bar connecting">
              <span class="spinner" aria-hidden="true"></span><span>${strings.reconnecting}</span>
            </div>`
          : nothing;
      case 'catching-up':
        return connection.total > (this.#clock.now < this.#tellAt ? MANY : 0)
          ? this.#renderProgress(connection)
          : nothing;
      case 'stopped':
        return html`<div class="bar" part="bar stopped">
          ${strings.errors['client/destroyed']}
        </div>`;
      case 'connected':
      case undefined:
        return nothing;
    }
  }

  #renderOffline(retryAt: number): TemplateResult {
    const { strings } = this.#localize;
    const seconds = Math.ceil((retryAt - this.#clock.now) / 1_000);
    return html`<div class="bar" part="bar offline">
      <span>${strings.offline}</span>
      ${seconds > 0 ? html`<span class="wait">${strings.retryIn(seconds)}</span>` : nothing}
      <button type="button" class="text-button" part="button" @click=${this.#reconnect}>
        ${strings.tryNow}
      </button>
    </div>`;
  }

  #renderProgress({ done, total }: Progress): TemplateResult {
    const { strings, locale } = this.#localize;
    // Not everything before everything is there.
    const percent = Math.floor((done / total) * 100);
    const share = (percent / 100).toLocaleString(locale, { style: 'percent' });
    const words = strings.catchingUp(total.toLocaleString(locale), share);
    return html`<div class="bar" part="bar catching-up">
      <span class="wait">${words}</span>
      <div
        class="track"
        part="progress"
        role="progressbar"
        aria-label=${words}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${percent}
      >
        <div ${setStyle({ 'inline-size': `${percent}%` })}></div>
      </div>
    </div>`;
  }

  /** What is wrong with the place where messages are kept, if anything is. */
  #storageWords(): string {
    const { strings } = this.#localize;
    switch (this.storage?.status) {
      case 'memory':
        return strings.memoryNotice;
      case 'unavailable':
        return codeText(strings, this.storage.error.code);
      case 'opening':
      case 'persistent':
      case undefined:
        return '';
    }
  }

  #reconnect(): void {
    this.dispatchEvent(new ImReconnectEvent());
  }
}
