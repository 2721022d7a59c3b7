import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { ConversationFolder } from '../../client/public.js';
import { menuStrings } from '../../locales/en-menus.js';
import { LIMITS } from '../../protocol/limits.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import type { ImDialog } from '../primitives/dialog/dialog.js';
import { controls } from '../shared/styles/controls.styles.js';
import { SendKey } from '../shared/keyboard/send-key.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { styles } from './dialogs.styles.js';

/** What the user wants of a folder. */
export type FolderWish = { readonly name: string } | 'remove';

/**
 * Asks for the name of a new folder, or changes or deletes one that is there.
 *
 * @customElement im-folder
 *
 * @csspart dialog - The `<dialog>`.
 * @csspart input - The field for the name.
 */
export class ImFolder extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  @state() private folder: ConversationFolder | undefined;
  @state() private needsName = false;

  @query('im-dialog') private readonly dialog!: ImDialog;
  @query('input') private readonly input!: HTMLInputElement;

  readonly #localize = new LocalizeController(this);
  readonly #sendKey = new SendKey();
  #answer: ((wish: FolderWish | undefined) => void) | undefined;

  /** Asks about a folder, or for a new one; undefined when the user wants nothing. */
  async ask(folder?: ConversationFolder): Promise<FolderWish | undefined> {
    this.#answer?.(undefined);
    this.folder = folder;
    this.needsName = false;
    await this.updateComplete;
    this.input.value = folder?.name ?? '';
    const answer = new Promise<FolderWish | undefined>((resolve) => (this.#answer = resolve));
    await this.dialog.show();
    this.input.select();
    return answer;
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    const words = menuStrings(strings);
    const heading = this.folder ? words.folderEdit : words.folderNew;
    return html`<im-dialog
      heading=${heading}
      exportparts="dialog"
      @close=${() => this.#end(undefined)}
    >
      <label for="name">${words.folderName}</label>
      <input
        id="name"
        part="input"
        data-autofocus
        autocomplete="off"
        enterkeyhint="done"
        dir="auto"
        maxlength=${LIMITS.nameLength}
        aria-describedby="problem"
        aria-invalid=${this.needsName ? 'true' : nothing}
        @input=${() => (this.needsName = false)}
        @keydown=${this.#handleKeyDown}
        @compositionend=${() => this.#sendKey.compositionEnded()}
      />
      <div class="problem" id="problem" role="alert">
        ${this.needsName ? words.folderNameNeeded : nothing}
      </div>
      ${
        this.folder
          ? html`<button
              slot="actions"
              type="button"
              class="text-button remove"
              @click=${() => this.#end('remove')}
            >
              ${words.folderRemove}
            </button>`
          : nothing
      }
      <button slot="actions" type="button" class="filled-button" @click=${this.#submit}>
        ${this.folder ? words.save : words.create}
      </button>
    </im-dialog>`;
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (!this.#sendKey.matches(event)) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const name = this.input.value.trim();
    this.needsName = !name;
    if (name) this.#end({ name });
    else this.input.focus();
  }

  #end(wish: FolderWish | undefined): void {
    this.#answer?.(wish);
    this.#answer = undefined;
    if (wish !== undefined) this.dialog.close();
  }
}
