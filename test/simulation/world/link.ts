import type { Session, Wire } from '../../../server/src/core/core.js';
import type { SocketLike } from '../../../src/client/public.js';
import type { HelloFrame } from '../../../src/protocol/client-frames.js';
import type { Clock, Owner } from './clock.js';
import { Lane } from './lane.js';
import type { Weather } from './network.js';
import type { Random } from './random.js';
import type { Trace } from './trace.js';

/** The other end of all sockets. */
export interface Far {
  readonly owner: Owner;
  /** Undefined while no process listens. */
  connect(wire: Wire): Session | undefined;
}

export type LinkOptions = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly owner: Owner;
  readonly server: Far;
  /** What a trace calls it. */
  readonly name: string;
  readonly weather: Weather;
  readonly random: Random;
  readonly delayMs: () => number;
  readonly onFrame: (text: string) => void;
  /** The client says which installation it is. */
  readonly onHello: (installation: string) => void;
  /** The server has let it in. */
  readonly onReady: () => void;
  /** The page that has it stands still. */
  readonly isFrozen: () => boolean;
  readonly onGone: () => void;
};

/** What becomes of the frames that are on their way when a socket breaks. */
export type InFlight = 'arrives' | 'lost';

const UNASKED = /^\{"type":"(events|head|marks|typing)"/;
const LOST = 1006;

/** One socket. The client holds it as its WebSocket; the server has a wire to it. */
export class Link implements SocketLike {
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  /** What the client has said to be. */
  installation: string | undefined;
  /** The server speaks with the client. */
  isReady = false;
  readonly #options: LinkOptions;
  readonly #up: Lane;
  readonly #down: Lane;
  #session: Session | undefined;

  constructor(options: LinkOptions) {
    const { clock, owner, server, weather, delayMs } = options;
    this.#options = options;
    this.#up = new Lane(
      clock,
      () => server.owner,
      delayMs,
      () => weather.holdsUp,
    );
    this.#down = new Lane(
      clock,
      () => owner,
      delayMs,
      () => weather.holdsDown || options.isFrozen(),
    );
    if (weather.connects === 'refused') this.#down.push(() => this.#close(LOST));
    else this.#up.push(() => this.#arrive());
  }

  get device(): string {
    return this.#options.owner.name;
  }

  send(data: string): void {
    const { onFrame, onHello } = this.#options;
    onFrame(data);
    if (data.startsWith('{"type":"hello"')) {
      this.installation = (JSON.parse(data) as HelloFrame).device;
      onHello(this.installation);
    }
    this.#trace('>', data);
    this.#up.push(() => this.#session?.receive(data), data.length);
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#trace('>', 'close');
    this.#up.push(() => this.#endSession());
    this.#down.drop();
  }

  /** The network breaks it: the client is told at once, the server when it hears of it. */
  cut(up: InFlight, down: InFlight): void {
    if (up === 'lost') this.#up.drop();
    const { clock, server, delayMs } = this.#options;
    clock.schedule(server.owner, delayMs() * 4, () => this.#endSession());
    this.#up.close();
    if (down === 'lost') {
      this.#down.drop();
      this.#close(LOST);
    } else {
      this.#down.push(() => this.#close(LOST));
      this.#down.close();
    }
  }

  /** The client's process is no more. `isTold`: its machine lives, and closes what it had open. */
  clientDies(isTold: boolean): void {
    this.readyState = 3;
    this.onopen = this.onmessage = this.onclose = this.onerror = null;
    this.#down.drop();
    if (isTold) this.#up.push(() => this.#endSession());
    this.#up.close();
    this.#forget();
  }

  /** The server's process is no more. */
  serverDies(isTold: boolean, down: InFlight): void {
    this.isReady = false;
    this.#session = undefined;
    this.#up.drop();
    if (down === 'lost') this.#down.drop();
    if (isTold && down === 'lost') this.#close(LOST);
    else if (isTold) this.#down.push(() => this.#close(LOST));
    this.#down.close();
    this.#forget();
  }

  /** What the weather held goes on. */
  release(): void {
    this.#up.release();
    this.#down.release();
  }

  #arrive(): void {
    this.#session = this.#options.server.connect(this.#wire());
    if (!this.#session) {
      this.#down.push(() => this.#close(LOST));
      return;
    }
    this.#down.push(() => {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.onopen?.({} as never);
    });
  }

  #wire(): Wire {
    const down = this.#down;
    return {
      get bufferedBytes() {
        return down.heldBytes;
      },
      send: (text) => this.#tell(text),
      close: (code) => {
        this.isReady = false;
        down.push(() => this.#close(code));
      },
    };
  }

  #tell(text: string): void {
    const { weather, random, onFrame, onReady } = this.#options;
    onFrame(text);
    if (text.startsWith('{"type":"ready"')) {
      this.isReady = true;
      onReady();
    }
    if (weather.losesHints > 0 && UNASKED.test(text)) {
      const isUnasked = (JSON.parse(text) as { id?: number }).id === undefined;
      if (isUnasked && random.chance(weather.losesHints)) {
        this.#trace('x', text);
        return;
      }
    }
    this.#down.push(() => {
      if (this.readyState !== 1) return;
      this.#trace('<', text);
      this.onmessage?.({ data: text } as never);
    }, text.length);
  }

  #close(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#trace('<', `close ${code}`);
    this.#forget();
    this.onclose?.({ code, reason: '' } as never);
  }

  #endSession(): void {
    this.isReady = false;
    this.#session?.closed();
    this.#session = undefined;
    this.#forget();
  }

  /** As long as either end holds it, it is subject to the weather. */
  #forget(): void {
    if (this.readyState === 3 && !this.#session) this.#options.onGone();
  }

  #trace(sign: string, what: string): void {
    const { trace, clock, name } = this.#options;
    trace.add(clock.now, this.device, `${name}${sign} ${what}`);
  }
}
