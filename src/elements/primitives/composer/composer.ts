import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, query } from 'lit/decorators.js';
import { closeIcon, sendIcon } from '../../../icons/icons.js';
import { chosenIcon, editIcon } from '../../../icons/menu-icons.js';
import { menuStrings } from '../../../locales/en-menus.js';
import { LIMITS, TIMES } from '../../../protocol/limits.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { ImDraftChangeEvent } from '../../events/draft-change.js';
import { ImEditCancelEvent } from '../../events/edit-cancel.js';
import { ImEditRequestEvent } from '../../events/edit-request.js';
import { ImEditSaveEvent } from '../../events/edit-save.js';
import { ImSendEvent } from '../../events/send.js';
import { ImTypingChangeEvent } from '../../events/typing-change.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { isComposing } from '../../shared/keyboard/composing.js';
import { SendKey } from '../../shared/keyboard/send-key.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { visuallyHidden } from '../../shared/styles/visually-hidden.styles.js';
import { styles } from './composer.styles.js';

/** The counter shows when this part of the allowed length is used. */
const NEAR_LIMIT = 0.9;

/**
 * A field for writing a message. Enter sends, Shift+Enter breaks the line, and an Enter that belongs
 * to an input method does neither. While a message is edited a strip above the field shows it, Enter
 * saves, and Esc leaves it as it is; arrow up in an empty field asks for that.
 *
 * @customElement im-composer
 *
 * @slot start - Before the field.
 * @slot end - Between the field and the send button.
 *
 * @fires {ImSendEvent} im-send - The user sent a text. Cancel it to keep the text in the field.
 * @fires {ImDraftChangeEvent} im-draft-change - The text has changed.
 * @fires {ImEditRequestEvent} im-edit-request - The user wants to edit what they wrote last.
 * @fires {ImEditSaveEvent} im-edit-save - The user has edited the message.
 * @fires {ImEditCancelEvent} im-edit-cancel - The user leaves the message as it is.
 * @fires {ImTypingChangeEvent} im-typing-change - The user types, or has stopped.
 *
 * @csspart composer - Everything.
 * @csspart editing - The strip that shows which message is edited.
 * @csspart field - The rounded box around the input.
 * @csspart input - The `<textarea>`.
 * @csspart count - How many characters are left, near the limit.
 * @csspart send - The send button.
 *
 * @cssstate over - The text is too long to be sent.
 */
export class ImComposer extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, visuallyHidden, styles];

  /** The text in the field. Setting it replaces what the user has written. */
  @property() value = '';

  /** Shown in the empty field, and its name for screen readers. */
  @property() placeholder = '';

  /** How long a message may be, in UTF-16 code units. */
  @property({ type: Number, attribute: 'max-length' }) maxLength: number = LIMITS.textLength;

  /** The text of the message that is edited; undefined while a new one is written. */
  @property({ attribute: false }) editing: string | undefined;

  @query('textarea') private readonly input!: HTMLTextAreaElement;

  readonly #localize = new LocalizeController(this);
  readonly #internals: ElementInternals = this.attachInternals();
  readonly #sendKey = new SendKey();
  #typing = false;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTyping();
  }

  /** Puts the cursor into the field, as soon as that is there. */
  override focus(options?: FocusOptions): void {
    if (this.hasUpdated) this.input.focus(options);
    else void this.updateComplete.then(() => this.input.focus(options));
  }

  /** Sends what the field holds, if it can be sent; saves it while a message is edited. */
  send(): void {
    const text = this.value.trim();
    if (!text || text.length > this.maxLength) return;
    this.#stopTyping();
    if (this.editing !== undefined) {
      this.dispatchEvent(new ImEditSaveEvent(text));
      return;
    }
    if (!this.dispatchEvent(new ImSendEvent(text))) return;
    this.value = '';
    this.dispatchEvent(new ImDraftChangeEvent(''));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Who has set another text from outside has taken away the one that was being typed.
    if (changed.has('value') && this.hasUpdated && this.value !== this.input.value) {
      this.#stopTyping();
    }
    if (!changed.has('value') && !changed.has('maxLength')) return;
    if (this.value.trim().length > this.maxLength) this.#internals.states.add('over');
    else this.#internals.states.delete('over');
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    const isEditing = this.editing !== undefined;
    const label = this.placeholder || strings.writeMessage;
    const length = this.value.trim().length;
    const left = this.maxLength - length;
    return html`${this.editing === undefined ? nothing : this.#renderEditing(this.editing)}
      <div class="base" part="composer">
        <slot name="start"></slot>
        <div class="field" part="field">
          <textarea
            part="input"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            placeholder=${label}
            aria-label=${label}
            aria-describedby=${left < 0 ? 'count' : nothing}
            aria-invalid=${left < 0 ? 'true' : nothing}
            .value=${this.value}
            @input=${this.#handleInput}
            @keydown=${this.#handleKeyDown}
            @compositionend=${() => this.#sendKey.compositionEnded()}
            @blur=${this.#stopTyping}
          ></textarea>
          ${left <= this.maxLength * (1 - NEAR_LIMIT) ? this.#renderCount(left) : nothing}
        </div>
        <slot name="end"></slot>
        <button
          type="button"
          class="send"
          part="send"
          aria-label=${isEditing ? menuStrings(strings).save : strings.send}
          ?disabled=${length === 0 || left < 0}
          @mousedown=${keepFocus}
          @click=${() => this.send()}
        >
          ${isEditing ? chosenIcon() : sendIcon()}
        </button>
      </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value')) fitHeight(this.input);
  }

  #renderEditing(original: string): TemplateResult {
    const words = menuStrings(this.#localize.strings);
    return html`<div class="editing" part="editing">
      ${editIcon()}
      <div>
        <strong>${words.editing}</strong>
        <span dir="auto">${original}</span>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label=${words.cancelEditing}
        @mousedown=${keepFocus}
        @click=${() => this.dispatchEvent(new ImEditCancelEvent())}
      >
        ${closeIcon()}
      </button>
    </div>`;
  }

  #renderCount(left: number): TemplateResult {
    const { strings } = this.#localize;
    const words = left < 0 ? strings.charactersOver(-left) : strings.charactersLeft(left);
    return html`<span class="count" part="count" aria-hidden="true">${left}</span>
      <span class="visually-hidden" id="count" role="status">${words}</span>`;
  }

  #handleInput(): void {
    this.value = this.input.value;
    this.dispatchEvent(new ImDraftChangeEvent(this.value));
    if (this.value.trim()) this.#goOnTyping();
    else this.#stopTyping();
  }

  #handleKeyDown(event: KeyboardEvent): void {
    if (!isComposing(event) && this.#handleEditKey(event)) return;
    if (!this.#sendKey.matches(event)) return;
    event.preventDefault();
    this.send();
  }

  /** The keys that begin and end editing. */
  #handleEditKey(event: KeyboardEvent): boolean {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return false;
    const ends = key === 'Escape' && this.editing !== undefined;
    const begins = key === 'ArrowUp' && this.editing === undefined && !this.value;
    if (!ends && !begins) return false;
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(ends ? new ImEditCancelEvent() : new ImEditRequestEvent());
    return true;
  }

  #goOnTyping(): void {
    this.#typing = true;
    this.dispatchEvent(new ImTypingChangeEvent(true));
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), TIMES.typingExpiryMs);
  }

  #stopTyping(): void {
    clearTimeout(this.#typingTimer);
    if (!this.#typing) return;
    this.#typing = false;
    this.dispatchEvent(new ImTypingChangeEvent(false));
  }
}

/** A press on the send button must not close the soft keyboard. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** Grows the field with its text where the browser does not do so by itself. */
function fitHeight(input: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  input.style.setProperty('block-size', 'auto');
  input.style.setProperty('block-size', `${input.scrollHeight}px`);
}
