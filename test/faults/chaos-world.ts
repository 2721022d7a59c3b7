/** People with real clients who write to each other through a proxy to a real server, and what befalls them. */
import { setTimeout as pause } from 'node:timers/promises';
import { c2cId } from '../../src/protocol/ids.js';
import { Device, Life } from '../helpers/mortal-client.js';
import { openProxy, type Proxy } from '../helpers/proxy.js';
import type { Chance } from '../helpers/random.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { startServer, type StartOptions, type TestServer } from '../helpers/start-server.js';

const PEOPLE = ['alice', 'bob', 'carol', 'dmitri', 'emeka', 'fatima', 'gong', 'hana'];
const GROUPS = [
  { id: 'group:everybody', members: PEOPLE },
  { id: 'group:early-shift', members: PEOPLE.slice(0, 4) },
  { id: 'group:late-shift', members: PEOPLE.slice(3) },
];
const PAIRS = [
  c2cId('alice', 'bob'),
  c2cId('alice', 'hana'),
  c2cId('dmitri', 'gong'),
  c2cId('carol', 'fatima'),
];

export type Counts = {
  messages: number;
  kills: number;
  freezes: number;
  cuts: number;
  stalls: number;
  crashes: number;
};

/** One person: a device, and the client that lives on it at present. */
export class Seat {
  readonly device: Device;
  readonly conversations: readonly string[];
  /** Texts whose `send` has resolved: they may not be lost any more, whatever happens. */
  readonly promised: Map<string, string[]> = new Map();
  readonly #server: string;
  readonly #token: string;
  readonly #now: () => number;
  #life: Life;
  #count = 0;

  constructor(user: string, server: string, token: string, now: () => number) {
    this.device = new Device(user);
    this.conversations = [
      ...GROUPS.filter(({ members }) => members.includes(user)).map(({ id }) => id),
      ...PAIRS.filter((id) => id.split(':').includes(user)),
    ];
    this.#server = server;
    this.#token = token;
    this.#now = now;
    this.#life = this.#begin();
  }

  get life(): Life {
    return this.#life;
  }

  /** The client dies; another starts on the same device after a while. */
  async crash(awayMs: number): Promise<void> {
    this.#life.crash();
    await pause(awayMs);
    this.#life = this.#begin();
  }

  async write(chance: Chance): Promise<void> {
    const life = this.#life;
    const conversation = chance.pick(this.conversations);
    if (life.isOver || conversation === undefined) return;
    const text = `${this.device.user} ${this.#count++}: ${'把货单再核对一遍。'.repeat(chance.between(0, 6))}`;
    const sent = life.client.sendText(conversation, text).then(
      () => true,
      () => false,
    );
    // The call of a client that has died is never answered.
    const isStored = await Promise.race([sent, life.over.then(() => false)]);
    if (!isStored) return;
    const list = this.promised.get(conversation) ?? [];
    list.push(text);
    this.promised.set(conversation, list);
  }

  #begin(): Life {
    return new Life(this.device, { server: this.#server, token: this.#token, now: this.#now });
  }
}

export class ChaosWorld {
  readonly server: TestServer;
  readonly proxy: Proxy;
  readonly seats: readonly Seat[];

  private constructor(server: TestServer, proxy: Proxy, seats: readonly Seat[]) {
    this.server = server;
    this.proxy = proxy;
    this.seats = seats;
  }

  /** @param now - The clock of each person's device. */
  static async open(
    options: StartOptions,
    now: (user: string) => () => number = () => Date.now,
  ): Promise<ChaosWorld> {
    const server = await startServer(options);
    for (const id of PEOPLE) await server.rest('PUT', `/v1/users/${id}`, { name: id });
    for (const { id, members } of GROUPS) {
      await server.rest('POST', '/v1/conversations', { kind: 'group', id, name: id, members });
    }
    const proxy = await openProxy(server.url);
    const tokens = await Promise.all(PEOPLE.map((id) => server.token(id, 2 * 366 * 86_400)));
    const seats = PEOPLE.map((id, at) => new Seat(id, proxy.url, tokens[at]!, now(id)));
    const world = new ChaosWorld(server, proxy, seats);
    await world.settle(30_000);
    return world;
  }

  get conversations(): readonly string[] {
    return [...GROUPS.map(({ id }) => id), ...PAIRS];
  }

  /** How many messages are on the devices for good. */
  get written(): number {
    let written = 0;
    for (const { promised } of this.seats) {
      for (const texts of promised.values()) written += texts.length;
    }
    return written;
  }

  /** Everybody writes until the signal aborts. */
  async write(chance: Chance, mostGapMs: number, signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.seats.map(async (seat) => {
        while (!signal.aborted) {
          await seat.write(chance);
          await pause(chance.between(0, mostGapMs));
        }
      }),
    );
  }

  /** A conversation as the server has it, by the eyes of one who is in it. */
  async serverLog(conversation: string): Promise<readonly { seq: number; text: string }[]> {
    const { device } = this.seats.find(({ conversations }) =>
      conversations.includes(conversation),
    )!;
    const peer = await RawPeer.open(this.server.url, await this.server.token(device.user, 9e7));
    const log: { seq: number; text: string }[] = [];
    try {
      for (let after = 0; ;) {
        const range = { type: 'range', conversation, after, limit: 200 };
        const page = await peer.request('events', range);
        for (const { seq, body } of page.events) {
          log.push({ seq, text: (body as { text?: string }).text ?? '' });
        }
        if (page.to <= after) return log;
        after = page.to;
      }
    } catch (error) {
      // A pair that has never met.
      if (String(error).includes('conversation/not-found')) return log;
      throw error;
    } finally {
      peer.close();
    }
  }

  /** All faults end; resolves when nothing waits anywhere, or throws with who is not there yet. */
  async settle(timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    for (const conversation of this.conversations) {
      for (;;) {
        const last = (await this.serverLog(conversation)).length;
        const late = await this.#late(conversation, last);
        if (late === undefined) break;
        if (Date.now() > end) throw new Error(`${conversation} has not settled: ${late}`);
        await pause(200);
      }
    }
  }

  async #late(conversation: string, last: number): Promise<string | undefined> {
    for (const { device, conversations } of this.seats) {
      if (!conversations.includes(conversation)) continue;
      const { log, waiting } = await device.stored(conversation);
      if (waiting > 0) return `${device.user} has ${waiting} messages to send`;
      if ((log.at(-1)?.seq ?? 0) < last) {
        return `${device.user} is at ${log.at(-1)?.seq} of ${last}`;
      }
    }
    return;
  }

  async stop(): Promise<void> {
    const living = this.seats.map(({ life }) => life).filter(({ isOver }) => !isOver);
    await Promise.all(living.map(({ client }) => client.destroy()));
    await this.proxy.stop();
    await this.server.stop();
  }
}
