import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ImMenuSelectEvent } from '../../events/menu-select.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { deepFocus } from './deep-focus.js';
import { glyphsTemplate, itemTemplate, type MenuGlyph, type MenuItem } from './menu-item.js';
import { styles } from './menu.styles.js';
import { place, type Anchor } from './place.js';

/**
 * A menu that floats above the page, at an element or at a point. Arrows, Home, End and first letters
 * move, Enter and Space choose, Esc and a press elsewhere close; the focus returns to where it was.
 *
 * @customElement im-menu
 *
 * @fires {ImMenuSelectEvent} im-menu-select - Something was chosen; the menu has closed.
 *
 * @csspart menu - The box.
 * @csspart item - One line; `danger` as well when it cannot be undone.
 * @csspart glyph - One character in the row on top.
 */
export class ImMenu extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** What can be chosen. */
  @property({ attribute: false }) items: readonly MenuItem[] = [];

  /** A row of single characters on top. */
  @property({ attribute: false }) glyphs: readonly MenuGlyph[] = [];

  /** The name of the menu for screen readers. */
  @property() label = '';

  @state() private open = false;

  @query('.menu') private readonly menu!: HTMLElement;

  #anchor: Anchor = { x: 0, y: 0 };
  #returnTo: HTMLElement | undefined;
  #stop: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  /** Opens the menu at an element or a point, with the focus on what is chosen or comes first. */
  async show(anchor: Anchor): Promise<void> {
    this.#anchor = anchor;
    // Some browsers give a button that is pressed no focus.
    const pressed = anchor instanceof HTMLElement ? anchor : undefined;
    if (!this.open) this.#returnTo = deepFocus(this.ownerDocument) ?? pressed;
    this.open = true;
    await this.updateComplete;
    this.#listen();
    // What loads before popovers existed shows the box where it stands.
    if ('showPopover' in this.menu && !this.menu.matches(':popover-open')) this.menu.showPopover();
    this.#place();
    const chosen = this.menu.querySelector<HTMLElement>('[role=menuitemradio][aria-checked=true]');
    (chosen ?? this.#stops()[0] ?? this.menu).focus({ preventScroll: true });
  }

  /** Closes the menu; nothing is chosen. */
  close(): void {
    if (!this.open) return;
    const hadFocus = this.shadowRoot?.activeElement !== null;
    this.#end();
    if (hadFocus && this.#returnTo?.isConnected) this.#returnTo.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    return html`<div
      class="menu ${this.open ? 'open' : ''}"
      part="menu"
      role="menu"
      popover="manual"
      tabindex="-1"
      aria-label=${this.label || nothing}
      @click=${this.#handleClick}
      @keydown=${this.#handleKeyDown}
      @pointermove=${this.#handlePointer}
    >
      ${this.open ? [glyphsTemplate(this.glyphs), this.items.map(itemTemplate)] : nothing}
    </div>`;
  }

  #place(): void {
    const isRtl = this.menu.matches(':dir(rtl)');
    // Layout size: the box may still be growing into place.
    const { offsetWidth: width, offsetHeight: height } = this.menu;
    const { x, y } = place(this.#anchor, { width, height }, isRtl);
    this.menu.style.setProperty('left', `${x}px`);
    this.menu.style.setProperty('top', `${y}px`);
  }

  #listen(): void {
    this.#stop?.abort();
    this.#stop = new AbortController();
    const options = { signal: this.#stop.signal, capture: true };
    const closeOutside = (event: Event): void => {
      if (!event.composedPath().includes(this.menu)) this.close();
    };
    window.addEventListener('pointerdown', closeOutside, options);
    window.addEventListener('wheel', closeOutside, { ...options, passive: true });
    for (const type of ['blur', 'resize']) {
      // Elements lose their focus on the way to the menu; only the window's own loss counts.
      window.addEventListener(type, ({ target }) => target === window && this.close(), options);
    }
  }

  #end(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    if ('hidePopover' in this.menu && this.menu.matches(':popover-open')) this.menu.hidePopover();
    this.open = false;
  }

  #stops(): readonly HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('[data-id]')];
  }

  #handleClick({ target }: Event): void {
    const id = target instanceof Element && target.closest<HTMLElement>('[data-id]')?.dataset.id;
    if (!id) return;
    this.close();
    this.dispatchEvent(new ImMenuSelectEvent(id));
  }

  /** The focus goes with the pointer, so that only one line is marked. */
  #handlePointer({ target, pointerType }: PointerEvent): void {
    if (pointerType !== 'mouse' || !(target instanceof Element)) return;
    target.closest<HTMLElement>('[data-id]')?.focus({ preventScroll: true });
  }

  #handleKeyDown(event: KeyboardEvent): void {
    // Keys pressed in a menu are not shortcuts of what lies behind it.
    event.stopPropagation();
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key === 'Escape' || key === 'Tab') {
      event.preventDefault();
      this.close();
      return;
    }
    const target = this.#target(key);
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  /** Where a key leads. */
  #target(key: string): HTMLElement | undefined {
    const stops = this.#stops();
    const now = stops.findIndex((stop) => stop.matches(':focus'));
    const glyphs = this.glyphs.length;
    const inRow = now >= 0 && now < glyphs;
    const forward = this.menu.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    switch (key) {
      case 'ArrowDown':
        return inRow ? stops[glyphs] : (stops[now + 1] ?? stops[0]);
      case 'ArrowUp':
        return inRow || now <= 0 ? stops.at(-1) : stops[now === glyphs ? 0 : now - 1];
      case 'ArrowLeft':
      case 'ArrowRight':
        if (!inRow) return undefined;
        return stops[(now + (key === forward ? 1 : -1) + glyphs) % glyphs];
      case 'Home':
        return stops[0];
      case 'End':
        return stops.at(-1);
      default:
        return this.#byLetter(key, stops, now);
    }
  }

  /** The next line that begins with a letter. */
  #byLetter(key: string, stops: readonly HTMLElement[], now: number): HTMLElement | undefined {
    const letter = key.toLowerCase();
    if (!/^\S$/u.test(letter)) return undefined;
    const begins = (stop: HTMLElement): boolean =>
      stop.textContent.trim().toLowerCase().startsWith(letter);
    return [...stops.slice(now + 1), ...stops.slice(0, now + 1)].find(begins);
  }
}
