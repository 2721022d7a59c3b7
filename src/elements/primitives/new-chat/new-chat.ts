import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { closeIcon } from '../../../icons/icons.js';
import { isUserId } from '../../../protocol/ids.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { ImPeerSelectEvent } from '../../events/peer-select.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { dialogLook } from '../../shared/styles/dialog.styles.js';
import { SendKey } from '../../shared/keyboard/send-key.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { styles } from './new-chat.styles.js';

/**
 * A dialog that asks for the id of a person to write to.
 *
 * @customElement im-new-chat
 *
 * @fires {ImPeerSelectEvent} im-peer-select - A well-formed id was entered; the dialog has closed.
 *
 * @csspart dialog - The `<dialog>`.
 * @csspart input - The field.
 * @csspart problem - What is wrong with the id.
 * @csspart submit - The button that starts the chat.
 */
export class ImNewChat extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, dialogLook, styles];

  /** This user's own id, which is no answer. */
  @property({ attribute: 'user-id' }) userId = '';

  @state() private problem: 'none' | 'invalid' | 'own' = 'none';
  /** Nothing of the dialog is made before it is wanted. */
  @state() private wanted = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('input') private readonly input!: HTMLInputElement;

  readonly #localize = new LocalizeController(this);
  readonly #sendKey = new SendKey();

  /** Opens the dialog with an empty field. */
  async show(): Promise<void> {
    this.wanted = true;
    await this.updateComplete;
    this.problem = 'none';
    this.input.value = '';
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Closes the dialog; nothing is chosen. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog part="dialog" aria-labelledby="title" @keydown=${keepInside}>
      ${this.wanted ? this.#renderContent() : nothing}
    </dialog>`;
  }

  #renderContent(): TemplateResult {
    const { strings } = this.#localize;
    const bad = this.problem !== 'none';
    return html`<div class="dialog-head">
        <h2 id="title">${strings.newChat}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${strings.close}
          @click=${() => this.close()}
        >
          ${closeIcon()}
        </button>
      </div>
      <p id="hint">${strings.newChatHint}</p>
      <label for="person">${strings.personId}</label>
      <input
        id="person"
        part="input"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="go"
        dir="auto"
        aria-describedby="hint problem"
        aria-invalid=${bad ? 'true' : nothing}
        @keydown=${this.#handleKeyDown}
        @compositionend=${() => this.#sendKey.compositionEnded()}
        @input=${() => (this.problem = 'none')}
      />
      <div class="problem" id="problem" part="problem" role="alert">${this.#problemText()}</div>
      <div class="actions">
        <button type="button" class="text-button" @click=${() => this.close()}>
          ${strings.cancel}
        </button>
        <button type="button" class="filled-button" part="submit" @click=${this.#submit}>
          ${strings.startChat}
        </button>
      </div>`;
  }

  #problemText(): string {
    const { strings } = this.#localize;
    switch (this.problem) {
      case 'none':
        return '';
      case 'invalid':
        return strings.personIdInvalid;
      case 'own':
        return strings.personIdOwn;
    }
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (!this.#sendKey.matches(event)) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const id = this.input.value.trim();
    this.problem = id === this.userId && id ? 'own' : isUserId(id) ? 'none' : 'invalid';
    if (this.problem !== 'none') {
      this.input.focus();
      return;
    }
    this.close();
    this.dispatchEvent(new ImPeerSelectEvent(id));
  }
}

/** Keys pressed in a dialog are not shortcuts of what lies behind it. */
function keepInside(event: KeyboardEvent): void {
  event.stopPropagation();
}
