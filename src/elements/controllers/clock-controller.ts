import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { startOfDay } from '../../locales/format.js';

/** All clocks of the page share one timer, set for the first of them. */
const clocks = new Set<ClockController>();
let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(): void {
  clearTimeout(timer);
  timer = undefined;
  let due = Infinity;
  for (const clock of clocks) due = Math.min(due, clock.dueAt);
  // Timers stop counting while a computer sleeps: a bound makes the words right again soon after.
  if (due < Infinity) timer = setTimeout(ring, Math.min(Math.max(due - Date.now(), 0), 60_000));
}

function ring(): void {
  const now = Date.now();
  for (const clock of [...clocks]) clock.ring(now);
  schedule();
}

/** When words for days change next: at the viewer's midnight. */
export function nextMidnight(now: number): number {
  return startOfDay(now, 1);
}

/** Renders its host again whenever what it says about time has become wrong. */
export class ClockController implements ReactiveController {
  /** The time to render with. */
  now: number = Date.now();
  dueAt: number = Infinity;

  readonly #host: ReactiveControllerHost;
  readonly #next: (now: number) => number;

  /** @param next - When the words change after `now`; `Infinity` for never. */
  constructor(host: ReactiveControllerHost, next: (now: number) => number = nextMidnight) {
    this.#host = host;
    this.#next = next;
    host.addController(this);
  }

  hostConnected(): void {
    clocks.add(this);
  }

  hostUpdate(): void {
    this.now = Date.now();
    const dueAt = this.#next(this.now);
    if (dueAt === this.dueAt && timer) return;
    this.dueAt = dueAt;
    if (clocks.has(this)) schedule();
  }

  hostDisconnected(): void {
    clocks.delete(this);
    schedule();
  }

  ring(now: number): void {
    if (now >= this.dueAt) this.#host.requestUpdate();
  }
}
