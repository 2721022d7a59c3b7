/** What the first picture can do without: fetched once there is a connection, or when it is asked for. */
import type { Environment } from '../environment.js';
import type { Device } from '../public-devices.js';
import type { Gate } from '../gate.js';
import { Presences, type PresencesOptions } from './presences.js';

export type PartsOptions = Omit<PresencesOptions, 'toLeader' | 'toFollowers'> & {
  readonly gate: Gate;
  readonly environment: Environment;
};

export class Parts {
  readonly presences: Presences;
  readonly #gate: Gate;

  constructor(options: PartsOptions) {
    const { gate } = options;
    this.presences = new Presences({
      ...options,
      toLeader: () => gate.now?.link.follower?.keep(),
      toFollowers: (frame) => gate.now?.link.presence(frame),
    });
    this.#gate = gate;
  }

  async devices(): Promise<readonly Device[]> {
    const answer = await this.#gate.ask({ type: 'devices' });
    if (answer.type !== 'devices') return [];
    return answer.devices.map((device) => ({ ...device, label: device.label }));
  }

  async signOut(device: string): Promise<void> {
    await this.#gate.ask({ type: 'sign-out', device });
  }
}
