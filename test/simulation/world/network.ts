/** The network between devices and the server: which of them reach each other, and how fast. */
import type { Clock, Owner } from './clock.js';
import { Link, type Far } from './link.js';
import type { Random } from './random.js';
import type { Trace } from './trace.js';

/** What becomes of the frames of one device. */
export type Weather = {
  /** `refused`: new sockets fail. */
  connects: 'open' | 'refused';
  /** Frames wait in the network, and nobody is told. */
  holdsUp: boolean;
  holdsDown: boolean;
  /** The share of what the server tells unasked that gets lost. */
  losesHints: number;
};

export type NetworkOptions = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly random: Random;
  /** The usual time of a frame on its way, in milliseconds. */
  readonly latencyMs: number;
  readonly server: Far;
  /** The server has two sessions of one installation. */
  readonly onTwins: (device: string) => void;
};

export class Network {
  /** When a frame other than a heartbeat was last sent. */
  busyAt = 0;
  readonly #options: NetworkOptions;
  readonly #links: Set<Link> = new Set();
  readonly #weather: Map<string, Weather> = new Map();
  #opened = 0;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** The weather of a device, to be changed in place. */
  weather(device: string): Weather {
    let weather = this.#weather.get(device);
    if (!weather) {
      weather = { connects: 'open', holdsUp: false, holdsDown: false, losesHints: 0 };
      this.#weather.set(device, weather);
    }
    return weather;
  }

  /** The sockets of a device that are not closed on both sides. */
  links(device: string): readonly Link[] {
    return [...this.#links].filter((link) => link.device === device);
  }

  allLinks(): readonly Link[] {
    return [...this.#links];
  }

  /** Opens a socket, as a device's runtime does. */
  open(
    owner: Owner,
    onHello: (installation: string) => void,
    isFrozen: () => boolean = () => false,
  ): Link {
    const { clock, trace, random, latencyMs, server } = this.#options;
    const link = new Link({
      clock,
      trace,
      owner,
      server,
      name: String(++this.#opened),
      weather: this.weather(owner.name),
      random,
      delayMs: () => latencyMs * (0.5 + random.next()) + random.mostlySmall(latencyMs * 4),
      onFrame: (text) => {
        if (!/^\{"type":"(ping|pong)"/.test(text)) this.busyAt = clock.now;
      },
      onHello,
      isFrozen,
      onReady: () => this.#lookForTwins(link),
      onGone: () => this.#links.delete(link),
    });
    this.#links.add(link);
    return link;
  }

  #lookForTwins({ device, installation }: Link): void {
    const ready = this.links(device).filter((link) => link.isReady);
    const same = ready.filter((link) => link.installation === installation);
    if (same.length > 1) this.#options.onTwins(device);
  }

  /** Lets what waits go on where nothing holds it any more. */
  release(device: string): void {
    for (const link of this.links(device)) link.release();
  }
}
