/** The devices of a store without a disk, and whose tokens count no more. */
import { attempt } from './attempt.js';
import type { Commit, DeviceStore, DeviceUpdate, StoredDevice } from './store.js';

export class MemoryDevices implements DeviceStore {
  readonly #devices = new Map<string, Map<string, StoredDevice>>();
  readonly #revoked = new Map<string, number>();
  readonly #share: (user: string, other: string) => boolean;

  /** @param share - Whether two people have a conversation in common. */
  constructor(share: (user: string, other: string) => boolean) {
    this.#share = share;
  }

  commit({ devices = [], signOuts = [], forgotten = [], revocations = [] }: Commit): void {
    for (const update of devices) this.#put(update);
    for (const { user, device, at } of signOuts) {
      const known = this.#devices.get(user)?.get(device);
      if (known) this.#devices.get(user)?.set(device, { ...known, signedOutAt: at });
    }
    for (const { user, device } of forgotten) this.#devices.get(user)?.delete(device);
    for (const { user, before } of revocations) {
      this.#revoked.set(user, Math.max(before, this.#revoked.get(user) ?? 0));
    }
  }

  of(user: string): Promise<readonly StoredDevice[]> {
    return attempt(() => this.#of(user));
  }

  one(user: string, id: string): Promise<StoredDevice | undefined> {
    return attempt(() => this.#devices.get(user)?.get(id));
  }

  revokedBefore(user: string): Promise<number> {
    return attempt(() => this.#revoked.get(user) ?? 0);
  }

  lastSeen(users: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return attempt(() => {
      const seen = new Map<string, number>();
      for (const user of users) {
        const shown = this.#of(user).find(({ hidden }) => !hidden);
        if (shown) seen.set(user, shown.seenAt);
      }
      return seen;
    });
  }

  acquainted(user: string, others: readonly string[]): Promise<ReadonlySet<string>> {
    return attempt(() => new Set(others.filter((other) => this.#share(user, other))));
  }

  #of(user: string): readonly StoredDevice[] {
    const devices = [...(this.#devices.get(user)?.values() ?? [])];
    return devices.sort((one, other) => other.seenAt - one.seenAt || (one.id < other.id ? -1 : 1));
  }

  #put({ user, ...update }: DeviceUpdate): void {
    const devices = this.#devices.get(user) ?? new Map<string, StoredDevice>();
    const { createdAt = update.createdAt, signedOutAt } = devices.get(update.id) ?? {};
    devices.set(update.id, { ...update, createdAt, signedOutAt });
    this.#devices.set(user, devices);
  }
}
