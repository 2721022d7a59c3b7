import type { LitElement, ReactiveController } from 'lit';
import type { Anchor } from '../primitives/menu/place.js';

/** A finger that rests for this long asks for the menu. */
const LONG_PRESS_MS = 500;
/** A finger that moves further than this scrolls. */
const STILL_PX = 10;

/**
 * Hears how people ask for the menu of a row: by a button inside it, a secondary click, the keys for
 * menus, or a finger that rests. It listens to the element around its host, so that a list pays
 * nothing for its menu until that has loaded. Rows, and their buttons, have a `data-id`.
 */
export class MenuRequests implements ReactiveController {
  readonly #host: LitElement;
  readonly #open: (id: string, anchor: Anchor) => void;
  #stop: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #start: { readonly x: number; readonly y: number } | undefined;
  /** The finger that has opened the menu is still down: what its end means is done already. */
  #isHeld = false;

  constructor(host: LitElement, open: (id: string, anchor: Anchor) => void) {
    this.#host = host;
    this.#open = open;
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#host.getRootNode();
    const around = root instanceof ShadowRoot ? root.host : root;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const listen = (type: string, hear: (event: never) => void, capture = false): void =>
      around.addEventListener(type, hear as EventListener, { signal, capture });
    listen('click', this.#handleClick, true);
    listen('contextmenu', this.#handleContextMenu);
    listen('keydown', this.#handleKeyDown);
    listen('pointerdown', this.#handlePointerDown);
    listen('pointermove', this.#handlePointerMove);
    listen('pointerup', this.#rest);
    listen('pointercancel', this.#rest);
  }

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#rest();
  }

  readonly #handleClick = (event: MouseEvent): void => {
    const target = targetOf(event);
    const button = target?.closest('[data-action=menu]');
    const id = button && idOf(button);
    if (!this.#isHeld && !id) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#isHeld && id) this.#open(id, button);
    this.#isHeld = false;
  };

  readonly #handleContextMenu = (event: PointerEvent): void => {
    const target = targetOf(event);
    const id = target && idOf(target);
    if (this.#isHeld) event.preventDefault();
    if (this.#isHeld || !id || event.shiftKey || hasOwnMenu(target)) return;
    event.preventDefault();
    if (event.pointerType === 'touch') this.#hold(id, event);
    else this.#open(id, { x: event.clientX, y: event.clientY });
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey } = event;
    if (key !== 'ContextMenu' && !(key === 'F10' && shiftKey)) return;
    const target = targetOf(event);
    const id = target && idOf(target);
    if (!id) return;
    event.preventDefault();
    this.#open(id, target.querySelector('.bubble') ?? target);
  };

  readonly #handlePointerDown = (event: PointerEvent): void => {
    this.#isHeld = false;
    const target = targetOf(event);
    const id = target && idOf(target);
    if (event.pointerType !== 'touch' || !event.isPrimary || !id) return;
    const point = { x: event.clientX, y: event.clientY };
    this.#start = point;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hold(id, event), LONG_PRESS_MS);
  };

  readonly #handlePointerMove = ({ clientX, clientY }: PointerEvent): void => {
    if (!this.#start) return;
    const moved = Math.hypot(clientX - this.#start.x, clientY - this.#start.y);
    if (moved > STILL_PX) this.#rest();
  };

  readonly #rest = (): void => {
    clearTimeout(this.#timer);
    this.#start = undefined;
  };

  #hold(id: string, { clientX, clientY }: MouseEvent): void {
    this.#rest();
    this.#isHeld = true;
    this.#open(id, { x: clientX, y: clientY });
  }
}

/** Where an event began, at whatever depth. */
function targetOf(event: Event): Element | undefined {
  const [target] = event.composedPath();
  return target instanceof Element ? target : undefined;
}

function idOf(target: Element): string | undefined {
  return target.closest<HTMLElement>('[data-id]')?.dataset.id;
}

/** A link and a marked text have a menu of the browser that people want. */
function hasOwnMenu(target: Element): boolean {
  return target.closest('a') !== null || getSelection()?.type === 'Range';
}
