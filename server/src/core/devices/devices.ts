/**
 * The devices of people: who may come in, who is in, and who has been sent away for good.
 *
 * Whoever signs a device out or revokes tokens is answered once that is on disk; from the same moment
 * on no socket of those is open. Hellos that were being read meanwhile are looked at again on arrival.
 */
import type { HelloFrame } from '../../../../src/protocol/client-frames.js';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { isWholeText } from '../../../../src/protocol/draft.js';
import type { Device, Platform } from '../../../../src/protocol/entities.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS, TIMES } from '../../../../src/protocol/limits.js';
import type { Store, StoredDevice } from '../../store/store.js';
import type { Identity } from '../core.js';
import type { Journal } from '../log/journal.js';
import { Online, type DeviceLimits, type Seat } from './online.js';
import { committed, putDevice } from './works.js';

export type DevicesOptions = {
  readonly store: Store;
  readonly journal: Journal;
  readonly now: () => number;
  readonly limits: DeviceLimits;
  /** Whether a device is hidden from the others. */
  readonly isHidden: (seat: Seat) => boolean;
};

/** A hello that has been looked through. */
export type Admission = {
  readonly issuedAt: number;
  readonly known: StoredDevice | undefined;
  readonly device: Omit<StoredDevice, 'signedOutAt'>;
};

const PLATFORMS: ReadonlySet<string> = new Set<Platform>(['web', 'mobile', 'desktop', 'bot']);

export class Devices {
  readonly #options: DevicesOptions;
  readonly #online: Online;
  readonly #present = new Map<Seat, Admission['device']>();
  /** Since the start of this process; what was before is read at hello. */
  readonly #signedOut = new Set<string>();
  readonly #revoked = new Map<string, number>();

  constructor(options: DevicesOptions) {
    this.#options = options;
    this.#online = new Online(options.limits);
  }

  /** Looks a hello through. @throws ImError `auth/token-revoked`, `device/signed-out` */
  async admit({ userId, issuedAt = 0 }: Identity, hello: HelloFrame): Promise<Admission> {
    const { store, now } = this.#options;
    const before = await store.devices.revokedBefore(userId);
    this.#checkToken(issuedAt, before);
    const known = await store.devices.one(userId, hello.device);
    if (known?.signedOutAt !== undefined) throw signedOut();
    const { device: id, label, platform = 'web', presence } = hello;
    const at = now();
    const device = {
      id,
      label: label !== undefined && isWholeText(label) ? label.trim() || undefined : undefined,
      platform: PLATFORMS.has(platform) ? platform : 'web',
      createdAt: known?.createdAt ?? at,
      seenAt: at,
      hidden: presence === 'hidden',
    };
    return { issuedAt, known, device };
  }

  /** The socket is ready. @throws ImError as `admit`. */
  arrive(seat: Seat, { issuedAt, known, device }: Admission): void {
    this.#checkToken(issuedAt, this.#revoked.get(seat.user) ?? 0);
    if (this.#signedOut.has(keyOf(seat.user, seat.device))) throw signedOut();
    const isWritten = known && isSame(known, device);
    this.#present.set(seat, isWritten ? { ...device, seenAt: known.seenAt } : device);
    if (!isWritten) void this.#remember(seat.user, device, known === undefined);
    this.#online.arrive(seat, device.platform);
  }

  /** The socket is gone. */
  leave(seat: Seat): void {
    const device = this.#present.get(seat);
    this.#present.delete(seat);
    if (!this.#online.leave(seat) || !device) return;
    const update = { ...device, seenAt: this.#options.now(), hidden: this.#options.isHidden(seat) };
    if (isSame(device, update)) return;
    putDevice(this.#options.journal, { ...update, user: seat.user });
  }

  /** The devices of a person that are not signed out. */
  async list(user: string): Promise<readonly Omit<Device, 'current'>[]> {
    const devices = await this.#options.store.devices.of(user);
    return devices
      .filter(({ signedOutAt }) => signedOutAt === undefined)
      .map(({ id, label, platform, createdAt, seenAt }) => {
        const online = this.#online.has(user, id);
        return { id, ...(label !== undefined && { label }), platform, createdAt, seenAt, online };
      });
  }

  /** `stored` is called when it is on disk, before the device is told. @throws ImError `device/not-found` */
  async signOut(user: string, device: string, stored: () => void = () => undefined): Promise<void> {
    const { store, journal } = this.#options;
    const known = await store.devices.one(user, device);
    if (!known || known.signedOutAt !== undefined) {
      throw new ImError('device/not-found', 'There is no such device.');
    }
    await committed(journal, ({ now: at, signOuts }) => signOuts.push({ user, device, at }));
    this.#signedOut.add(keyOf(user, device));
    stored();
    this.#online.end(user, device, signedOut(), CLOSE.signedOut);
  }

  /**
   * Makes every token of `user` invalid that was issued before now, and gives the moment from which new
   * ones count: tokens tell the time in whole seconds, so it is the next of them.
   */
  async revokeTokens(user: string): Promise<number> {
    const { journal, now } = this.#options;
    const before = (Math.floor(now() / 1_000) + 1) * 1_000;
    await committed(journal, ({ revocations }) => revocations.push({ user, before }));
    this.#revoked.set(user, Math.max(before, this.#revoked.get(user) ?? 0));
    this.#online.end(user, undefined, this.#revocation(before), CLOSE.unauthorized);
    return before;
  }

  #checkToken(issuedAt: number, before: number): void {
    if (issuedAt < before) throw this.#revocation(before);
  }

  /** A new token that is fetched at once would be one of the same second. */
  #revocation(before: number): ImError {
    const retryAfterMs = Math.max(0, before - this.#options.now());
    const options = retryAfterMs > 0 ? { retryAfterMs } : {};
    return new ImError('auth/token-revoked', 'The token has been revoked.', options);
  }

  /** A new device may be one too many to remember. */
  async #remember(user: string, device: Admission['device'], isNew: boolean): Promise<void> {
    const forgotten = isNew ? await this.#tooMany(user).catch(() => []) : [];
    putDevice(this.#options.journal, { ...device, user }, forgotten);
  }

  async #tooMany(user: string): Promise<readonly string[]> {
    const devices = await this.#options.store.devices.of(user);
    const isOut = ({ signedOutAt }: StoredDevice): boolean => signedOutAt !== undefined;
    const idle = devices.filter((device) => !isOut(device) && !this.#online.has(user, device.id));
    const online = devices.length - idle.length - devices.filter(isOut).length;
    return [
      ...idle.slice(Math.max(0, LIMITS.devices - 1 - online)),
      ...devices.filter(isOut).slice(LIMITS.devicesSignedOut),
    ].map(({ id }) => id);
  }
}

function signedOut(): ImError {
  return new ImError('device/signed-out', 'This device has been signed out.');
}

function keyOf(user: string, device: string): string {
  return `${user} ${device}`;
}

/** Whether there is nothing new to write down. */
function isSame(before: Admission['device'], after: Admission['device']): boolean {
  return (
    before.label === after.label &&
    before.platform === after.platform &&
    before.hidden === after.hidden &&
    after.seenAt - before.seenAt < TIMES.seenStepMs
  );
}
