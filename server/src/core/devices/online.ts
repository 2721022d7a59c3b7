/** Which devices are connected, and how many of them there may be. */
import type { Platform } from '../../../../src/protocol/entities.js';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { ImError } from '../../../../src/protocol/im-error.js';

/** A socket that has said hello. */
export interface Seat {
  readonly user: string;
  readonly device: string;
  /** Says why, and closes. */
  end(error: ImError, code: number): void;
}

/** How many devices of one person may be connected: of each platform, and in all. */
export type DeviceLimits = { readonly [P in Platform | 'all']?: number };

type OnlineDevice = {
  readonly id: string;
  readonly platform: Platform;
  readonly seats: Set<Seat>;
};

export class Online {
  readonly #limits: DeviceLimits;
  /** By person and device, the longest connected first. */
  readonly #people = new Map<string, Map<string, OnlineDevice>>();

  constructor(limits: DeviceLimits) {
    this.#limits = limits;
  }

  has(user: string, device: string): boolean {
    return this.#people.get(user)?.has(device) ?? false;
  }

  /** Takes in a socket, and sends those away for whom there is no place any more. */
  arrive(seat: Seat, platform: Platform): void {
    const { user, device: id } = seat;
    const devices = this.#people.get(user) ?? new Map<string, OnlineDevice>();
    this.#people.set(user, devices);
    const device = devices.get(id) ?? { id, platform, seats: new Set<Seat>() };
    devices.set(id, device);
    device.seats.add(seat);
    this.#makeRoom(devices, platform);
    this.#makeRoom(devices, 'all');
  }

  /** Whether it was the last socket of its device. */
  leave(seat: Seat): boolean {
    const devices = this.#people.get(seat.user);
    const device = devices?.get(seat.device);
    if (!devices || !device?.seats.delete(seat)) return false;
    if (device.seats.size > 0) return false;
    devices.delete(seat.device);
    if (devices.size === 0) this.#people.delete(seat.user);
    return true;
  }

  /** Sends away all sockets of a person, or those of one device. */
  end(user: string, device: string | undefined, error: ImError, code: number): void {
    for (const { id, seats } of [...(this.#people.get(user)?.values() ?? [])]) {
      if (device === undefined || device === id) endAll(seats, error, code);
    }
  }

  /** The newest wins. */
  #makeRoom(devices: Map<string, OnlineDevice>, kind: Platform | 'all'): void {
    const most = this.#limits[kind];
    if (most === undefined) return;
    const counted = [...devices.values()].filter(
      ({ platform }) => kind === 'all' || platform === kind,
    );
    const message = `Another device has taken the place: ${most} may be online (${kind}).`;
    for (const { seats } of counted.slice(0, Math.max(0, counted.length - most))) {
      endAll(seats, new ImError('device/kicked', message), CLOSE.kicked);
    }
  }
}

function endAll(seats: ReadonlySet<Seat>, error: ImError, code: number): void {
  for (const seat of [...seats]) seat.end(error, code);
}
