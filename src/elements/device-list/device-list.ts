import { consume } from '@lit/context';
import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ConnectionState, Device, ImClient } from '../../client/public.js';
import { clientContext } from '../context.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { controls } from '../shared/styles/controls.styles.js';
import { errorText } from '../shared/text/error-text.js';
import { presenceText } from '../shared/text/presence-text.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './device-list.styles.js';

type Content =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly devices: readonly Device[] }
  | { readonly status: 'failed'; readonly error: unknown };

/**
 * The devices that the user is signed in with, this one marked; each of the others can be signed out.
 *
 * @customElement im-device-list
 *
 * @csspart device - One device.
 * @csspart label - What a device is known by.
 * @csspart current - The mark of this device.
 * @csspart seen - When a device was last there.
 * @csspart trouble - Why something could not be done.
 */
export class ImDeviceList extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** Where the devices come from: the nearest `<im-client>`, unless set here. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: ImClient | undefined;

  @state() private content: Content = { status: 'loading' };
  /** The device that is about to be signed out. */
  @state() private asked = '';
  @state() private trouble: unknown;

  @query('.base') private readonly base!: HTMLElement;

  readonly #localize = new LocalizeController(this);
  readonly #connection = new LiveController<ConnectionState>(
    this,
    () => [this.client],
    () => this.client?.connection,
  );
  #loadedFrom: ImClient | undefined;

  /** Reads the list again. */
  async reload(): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.#loadedFrom = client;
    try {
      const devices = await client.devices();
      if (client === this.client) this.content = { status: 'ready', devices };
    } catch (error) {
      if (client === this.client && this.content.status !== 'ready') {
        this.content = { status: 'failed', error };
      }
    }
  }

  protected override updated(): void {
    if (this.#isOnline && this.client !== this.#loadedFrom) {
      if (this.#loadedFrom) this.content = { status: 'loading' };
      void this.reload();
    }
    // The next connection may know more.
    if (!this.#isOnline) this.#loadedFrom = undefined;
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    return html`<div class="base" tabindex="-1">
      ${
        this.trouble === undefined
          ? nothing
          : html`<p class="trouble" part="trouble" role="alert">
              ${errorText(strings, this.trouble)}
            </p>`
      }
      ${this.#renderContent()}
    </div>`;
  }

  get #isOnline(): boolean {
    const status = this.#connection.value?.status;
    return status === 'connected' || status === 'catching-up';
  }

  #renderContent(): TemplateResult {
    const { strings } = this.#localize;
    const { content } = this;
    switch (content.status) {
      case 'loading':
        if (this.#connection.value && !this.#isOnline) {
          return html`<p class="hint" role="status">${strings.devicesOffline}</p>`;
        }
        return html`<p class="hint loading" role="status">${strings.loadingDevices}</p>`;
      case 'failed':
        return html`<p class="hint" role="alert">${errorText(strings, content.error)}</p>
          <button type="button" class="text-button" @click=${() => this.reload()}>
            ${strings.retry}
          </button>`;
      case 'ready':
        return this.#renderDevices(content.devices);
    }
  }

  #renderDevices(devices: readonly Device[]): TemplateResult {
    const { strings } = this.#localize;
    const isAlone = devices.every(({ current }) => current);
    const sorted = [...devices].sort((one, other) => Number(other.current) - Number(one.current));
    return html`<ul aria-label=${strings.devices}>
        ${repeat(
          sorted,
          ({ id }) => id,
          (device) => html`<li part="device">${this.#renderDevice(device)}</li>`,
        )}
      </ul>
      ${isAlone ? html`<p class="hint">${strings.noOtherDevices}</p>` : nothing}
      ${this.#isOnline ? nothing : html`<p class="hint">${strings.devicesOffline}</p>`}`;
  }

  #renderDevice(device: Device): TemplateResult {
    const { strings, locale } = this.#localize;
    const { id, label = strings.unnamedDevice, online, current, seenAt } = device;
    const presence = { state: online ? 'online' : 'offline', seenAt } as const;
    const mark = html`<span class="current" part="current">${strings.thisDevice}</span>`;
    const name = html`<span class="label" part="label" dir="auto">${label}</span>`;
    const seen = presenceText(strings, locale, presence, Date.now());
    return html`<div class="what">
        ${name}
        ${current ? mark : html`<span class="seen ${presence.state}" part="seen">${seen}</span>`}
      </div>
      ${current ? nothing : this.asked === id ? this.#renderQuestion(id, label) : this.#renderSignOut(id, label)}`;
  }

  #renderSignOut(id: string, label: string): TemplateResult {
    const { strings } = this.#localize;
    return html`<button
      type="button"
      class="text-button"
      aria-label=${strings.signOutDevice(label)}
      ?disabled=${!this.#isOnline}
      @click=${() => this.#ask(id)}
    >
      ${strings.signOut}
    </button>`;
  }

  #renderQuestion(id: string, label: string): TemplateResult {
    const { strings } = this.#localize;
    return html`<div
      class="question"
      role="group"
      aria-label=${strings.signOutDevice(label)}
      @keydown=${(event: KeyboardEvent) => this.#handleKeyDown(event)}
    >
      <p>${strings.signOutHint}</p>
      <button type="button" class="text-button cancel" @click=${() => this.#cancel()}>
        ${strings.cancel}
      </button>
      <button type="button" class="text-button danger" @click=${() => this.#signOut(id)}>
        ${strings.signOut}
      </button>
    </div>`;
  }

  async #ask(id: string): Promise<void> {
    this.asked = id;
    this.trouble = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.question .cancel')?.focus();
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    // Not what lies around it.
    event.stopPropagation();
    event.preventDefault();
    void this.#cancel();
  }

  async #cancel(): Promise<void> {
    const row = this.renderRoot.querySelector('.question')?.closest('li');
    this.asked = '';
    await this.updateComplete;
    row?.querySelector('button')?.focus();
  }

  async #signOut(id: string): Promise<void> {
    try {
      await this.client?.signOutDevice(id);
      await this.reload();
    } catch (error) {
      this.trouble = error;
    }
    this.asked = '';
    await this.updateComplete;
    // The button that was pressed is gone.
    this.base.focus();
  }
}
