/** Everything of one run: devices, the network, the server, and what they do to each other. */
import { writeHistory } from './history.js';
import type { Commit } from '../../../server/src/store/store.js';
import type { Plan } from '../run/plan.js';
import { watchPunctuality } from '../checks/punctual.js';
import { checkTrim } from '../checks/trim.js';
import { Clock, type Owner } from './clock.js';
import { Device } from './device.js';
import { follow } from './globals.js';
import { Ledger } from './ledger.js';
import { Network } from './network.js';
import { Random } from './random.js';
import { Server } from './server.js';
import { Trace } from './trace.js';

export class World {
  readonly plan: Plan;
  readonly clock: Clock = new Clock();
  readonly trace: Trace;
  readonly ledger: Ledger = new Ledger();
  readonly server: Server;
  readonly network: Network;
  readonly devices: ReadonlyMap<string, Device>;
  /** Whoever acts from outside: people, back ends, and bad luck. */
  readonly fate: Owner = { name: 'fate', stepMs: () => 1, lastStepAt: 0 };
  /** Until when promptness cannot be expected, by device; of the server under `server`. */
  readonly #disturbedUntil: Map<string, number> = new Map();
  readonly #ends: Set<() => void> = new Set();

  constructor(plan: Plan, isTraced: boolean = false) {
    this.plan = plan;
    this.trace = new Trace(isTraced);
    const { clock, trace } = this;
    follow(clock);
    const { seed, shape } = plan;
    this.server = new Server({
      clock,
      random: new Random(seed, 'server'),
      disk: { commitMs: shape.commitMs, readMs: shape.readMs, isRefusing: false },
      keepMs: shape.keepMs,
      onCommitted: (commit) => this.#committed(commit),
    });
    this.network = new Network({
      clock,
      trace,
      random: new Random(seed, 'network'),
      latencyMs: shape.latencyMs,
      server: this.server,
      // A device is one for the server, however many pages it has.
      onTwins: (device) => this.ledger.violation('sessions', `${device} has two at a time`),
    });
    this.devices = new Map(shape.devices.map((each) => [each.name, new Device(this, each)]));
  }

  /** People and groups that are there from the beginning. */
  async begin(): Promise<void> {
    const { users, groups } = this.plan.shape;
    const { core } = this.server;
    if (!core) throw new Error('There is no server.');
    for (const id of users) await this.complete(core.putUser({ id, name: id }));
    for (const { id, members, isLate } of groups) {
      if (!isLate) await this.complete(core.createGroup({ id, name: id, members }));
    }
    await writeHistory(this);
  }

  device(name: string): Device {
    const device = this.devices.get(name);
    if (!device) throw new Error(`There is no device ${name}.`);
    return device;
  }

  /** Lets time pass until a promise has settled, and gives what it settled with. */
  async complete<T>(promise: Promise<T>, mostMs: number = 120_000): Promise<T> {
    const state = { isSettled: false };
    const settled = promise.finally(() => (state.isSettled = true));
    settled.catch(() => undefined);
    await this.clock.run(this.clock.now + mostMs, () => state.isSettled);
    if (!state.isSettled) throw new Error(`Nothing came of it within ${mostMs} ms.`);
    return settled;
  }

  /** Something that is over after `forMs`, or when the world is healed. */
  during(forMs: number, end: () => void): void {
    const ending = (): void => {
      if (this.#ends.delete(ending)) end();
    };
    this.#ends.add(ending);
    this.clock.schedule(this.fate, forMs, ending);
  }

  /** Ends everything that goes wrong. */
  heal(): void {
    for (const end of [...this.#ends]) end();
    this.server.start();
    for (const device of this.devices.values()) device.start();
  }

  /** Nobody can be prompt for `forMs`: one device, or all when it is the server. */
  disturb(who: string, forMs: number): void {
    const until = this.clock.now + forMs;
    this.#disturbedUntil.set(who, Math.max(until, this.#disturbedUntil.get(who) ?? 0));
  }

  /** Whether a device has been able to be prompt since a moment. */
  wasCalmSince(device: string, since: number): boolean {
    return [device, 'server'].every((who) => (this.#disturbedUntil.get(who) ?? 0) <= since);
  }

  #committed(commit: Commit): void {
    for (const { conversation, event } of commit.events ?? []) {
      const { seq, sender, clientId } = event;
      this.trace.add(this.clock.now, 'disk', `${conversation} ${seq} ${sender}/${clientId}`);
      this.ledger.write(conversation, event);
      watchPunctuality(this, conversation, seq);
    }
    for (const trim of commit.trims ?? []) checkTrim(this, trim);
    // Whoever is there is about to hear of it.
    if (commit.trims?.length) this.network.busyAt = this.clock.now;
  }
}
