/**
 * A TCP proxy before a server that does to connections what networks do: cuts, silences, delays and
 * narrows them. Real sockets, no rights needed.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** How a connection passes its bytes on. */
export type Weather = {
  /** Bytes arrive this much later. */
  readonly delayMs?: number;
  /** Towards the client no more than so many bytes a second. */
  readonly bytesPerSecond?: number;
};

export type Proxy = {
  /** The address to use instead of the server's. */
  readonly url: string;
  /** The connections that pass bytes on, oldest first. */
  readonly passages: readonly Passage[];
  /** What new connections go through. */
  weather: Weather;
  /** Resets every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections open but passes nothing on, in either direction; so it is with new ones. */
  stall(): void;
  /** Lets new connections through again; stalled ones go on. */
  mend(): void;
  stop(): Promise<void>;
};

/** Portions of a narrow connection are passed on this often. */
const DRIP_MS = 50;

/** One connection through a proxy. */
export class Passage {
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #weather: Weather;
  #state: 'whole' | 'stalled' | 'ended' = 'whole';
  /** Bytes that still pass in either direction before the connection is reset. */
  #left = Number.POSITIVE_INFINITY;

  constructor(near: Socket, far: Socket, weather: Weather) {
    this.#near = near;
    this.#far = far;
    this.#weather = weather;
    this.#lane(near, far, undefined);
    this.#lane(far, near, weather.bytesPerSecond);
  }

  get isOpen(): boolean {
    return this.#state === 'whole';
  }

  /** Resets the connection once `bytes` more have passed: mostly in the middle of a frame. */
  cut(bytes: number = 0): void {
    if (bytes === 0) this.end();
    else this.#left = bytes;
  }

  /** Passes nothing on any more, not even that an end has gone away: both wait in vain. */
  stall(): void {
    if (this.#state !== 'whole') return;
    this.#state = 'stalled';
    this.#near.pause();
    this.#far.pause();
  }

  mend(): void {
    if (this.#state !== 'stalled') return;
    this.#state = 'whole';
    for (const socket of [this.#near, this.#far]) {
      if (socket.destroyed) this.end();
      else socket.resume();
    }
  }

  end(): void {
    this.#state = 'ended';
    this.#near.resetAndDestroy();
    this.#far.resetAndDestroy();
  }

  #lane(source: Socket, sink: Socket, bytesPerSecond: number | undefined): void {
    const { delayMs = 0 } = this.#weather;
    source.on('data', (bytes) => {
      const whole = bytes.subarray(0, this.#left);
      this.#left -= whole.length;
      if (bytesPerSecond !== undefined) this.#drip(source, sink, whole, bytesPerSecond);
      else if (delayMs > 0) setTimeout(() => this.#pass(source, sink, whole), delayMs);
      else this.#pass(source, sink, whole);
    });
    source.on('error', () => undefined);
    source.on('end', () => {
      if (this.#state === 'whole') sink.end();
    });
    // What was said before a process died still arrives: an acknowledgement may be among it.
    source.on('close', () => {
      if (this.#state === 'whole') sink.end();
    });
  }

  #pass(source: Socket, sink: Socket, bytes: Buffer): void {
    if (this.#state !== 'whole' || sink.destroyed) return;
    const hasRoom = sink.write(bytes);
    if (this.#left <= 0) {
      // Only once the first half of it has left is it a cut inside a frame.
      sink.write('', () => this.end());
      return;
    }
    if (hasRoom) return;
    source.pause();
    sink.once('drain', () => {
      if (this.#state === 'whole') source.resume();
    });
  }

  #drip(source: Socket, sink: Socket, bytes: Buffer, bytesPerSecond: number): void {
    const portion = Math.max(1, Math.round((bytesPerSecond * DRIP_MS) / 1_000));
    source.pause();
    const next = (start: number): void => {
      if (sink.destroyed) return;
      if (start >= bytes.length) {
        if (this.#state === 'whole') source.resume();
        return;
      }
      if (this.#state === 'whole') sink.write(bytes.subarray(start, start + portion));
      setTimeout(() => next(start + portion), DRIP_MS).unref();
    };
    next(0);
  }
}

class TcpProxy implements Proxy {
  weather: Weather = {};
  readonly #target: URL;
  readonly #all = new Set<Passage>();
  readonly #server = createServer({ allowHalfOpen: true }, (near) => this.#accept(near));
  #state: 'whole' | 'cut' | 'stalled' = 'whole';

  constructor(url: string) {
    this.#target = new URL(url);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get passages(): readonly Passage[] {
    return [...this.#all].filter(({ isOpen }) => isOpen);
  }

  async listen(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
  }

  cut(): void {
    this.#state = 'cut';
    for (const passage of this.#all) passage.end();
  }

  stall(): void {
    this.#state = 'stalled';
    for (const passage of this.#all) passage.stall();
  }

  mend(): void {
    this.#state = 'whole';
    for (const passage of this.#all) passage.mend();
  }

  stop(): Promise<void> {
    this.cut();
    return new Promise((stopped) => this.#server.close(() => stopped()));
  }

  #accept(near: Socket): void {
    near.on('error', () => undefined);
    if (this.#state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const { hostname, port } = this.#target;
    const far = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    for (const socket of [near, far]) socket.setNoDelay();
    const passage = new Passage(near, far, this.weather);
    this.#all.add(passage);
    const forget = (): void => {
      if (near.destroyed && far.destroyed) this.#all.delete(passage);
    };
    near.once('close', forget);
    far.once('close', forget);
    if (this.#state === 'stalled') passage.stall();
  }
}

/** Opens a proxy to `url` (`http://127.0.0.1:<port>`) on a free port of the loopback. */
export async function openProxy(url: string): Promise<Proxy> {
  const proxy = new TcpProxy(url);
  await proxy.listen();
  return proxy;
}
