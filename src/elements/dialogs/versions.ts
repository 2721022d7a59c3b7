import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ImClient, Message, MessageVersion } from '../../client/public.js';
import { menuStrings } from '../../locales/en-menus.js';
import { dayAndTime } from '../../locales/format.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import type { ImDialog } from '../primitives/dialog/dialog.js';
import { controls } from '../shared/styles/controls.styles.js';
import { errorText } from '../shared/text/error-text.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './dialogs.styles.js';

/**
 * The texts that an edited message has had, the newest first.
 *
 * @customElement im-versions
 *
 * @csspart dialog - The `<dialog>`.
 * @csspart text - One of the texts.
 */
export class ImVersions extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** Who knows the texts. */
  @property({ attribute: false }) client: ImClient | undefined;

  @state() private versions: readonly MessageVersion[] = [];
  @state() private failure: unknown;

  @query('im-dialog') private readonly dialog!: ImDialog;

  readonly #localize = new LocalizeController(this);

  /** Opens the list for a message. */
  async show({ conversationId, id }: Message): Promise<void> {
    this.failure = undefined;
    try {
      this.versions = (await this.client?.versions(conversationId, id)) ?? [];
    } catch (error) {
      this.versions = [];
      this.failure = error;
    }
    await this.updateComplete;
    await this.dialog.show();
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    return html`<im-dialog heading=${menuStrings(strings).versions} exportparts="dialog">
      ${
        this.failure === undefined
          ? html`<ul>
              ${this.versions.map((one, index) => this.#renderVersion(one, index)).reverse()}
            </ul>`
          : html`<p role="alert">${errorText(strings, this.failure)}</p>`
      }
    </im-dialog>`;
  }

  #renderVersion({ text, at }: MessageVersion, index: number): TemplateResult {
    const { strings, locale } = this.#localize;
    const { versionNow, versionFirst } = menuStrings(strings);
    const isNow = index === this.versions.length - 1;
    return html`<li class="entry">
      <div class="entry-head">
        <b>${isNow ? versionNow : index === 0 ? versionFirst : ''}</b>
        <time>${dayAndTime(locale, at)}</time>
      </div>
      <span class="words" part="text" dir="auto">${text}</span>
    </li>`;
  }
}
