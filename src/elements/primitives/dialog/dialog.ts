import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { closeIcon } from '../../../icons/icons.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { dialogLook } from '../../shared/styles/dialog.styles.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { styles } from './dialog.styles.js';

/**
 * A small window above the page, with a heading and a way to close it. Esc and a press beside it close
 * it as well; the focus returns to where it was.
 *
 * @customElement im-dialog
 *
 * @slot - What it shows.
 * @slot actions - Buttons at its end.
 *
 * @fires close - It has closed, in whatever way.
 *
 * @csspart dialog - The `<dialog>`.
 *
 * @cssstate actions - It has buttons at its end.
 */
export class ImDialog extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, dialogLook, styles];

  /** What it is about. */
  @property() heading = '';

  /** Nothing of the content is shown before it is wanted. */
  @state() private open = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  readonly #localize = new LocalizeController(this);
  readonly #internals: ElementInternals = this.attachInternals();

  /** Opens it above everything; what has `data-autofocus` gets the focus. */
  async show(): Promise<void> {
    this.open = true;
    await this.updateComplete;
    if (this.dialog.open) return;
    this.dialog.showModal();
    // The browser looks for this inside the `<dialog>` only, and the content is slotted into it.
    this.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }

  /** Closes it. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @keydown=${keepInside}
      @click=${this.#handleClick}
      @close=${this.#handleClose}
    >
      ${this.open ? this.#renderContent() : nothing}
    </dialog>`;
  }

  #renderContent(): TemplateResult {
    return html`<div class="dialog-head">
        <h2 id="title" dir="auto">${this.heading}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${this.#localize.strings.close}
          @click=${() => this.close()}
        >
          ${closeIcon()}
        </button>
      </div>
      <div class="content"><slot></slot></div>
      <slot name="actions" @slotchange=${this.#noteActions}></slot>`;
  }

  #noteActions({ target }: Event): void {
    const { states } = this.#internals;
    if ((target as HTMLSlotElement).assignedElements({ flatten: true }).length) {
      states.add('actions');
    } else states.delete('actions');
  }

  /** A press on what is dimmed behind it hits the dialog itself. */
  #handleClick({ target, clientX, clientY }: MouseEvent): void {
    if (target !== this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    const inside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    if (!inside) this.close();
  }

  #handleClose(): void {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }
}

/** Keys pressed in a dialog are not shortcuts of what lies behind it. */
function keepInside(event: KeyboardEvent): void {
  event.stopPropagation();
}
