/** What the first picture can do without: fetched once there is a connection, or when it is asked for. */
import type { Environment } from '../environment.js';
import type { Device } from '../public-devices.js';
import type { Link } from '../tabs/link.js';
import { Presences, type PresencesOptions } from './presences.js';

export type PartsOptions = PresencesOptions & {
  readonly link: Link;
  readonly environment: Environment;
};

export class Parts {
  readonly presences: Presences;
  readonly #link: Link;

  constructor(options: PartsOptions) {
    this.presences = new Presences(options);
    this.#link = options.link;
  }

  async devices(): Promise<readonly Device[]> {
    const answer = await this.#link.ask({ type: 'devices' });
    if (answer.type !== 'devices') return [];
    return answer.devices.map((device) => ({ ...device, label: device.label }));
  }

  async signOut(device: string): Promise<void> {
    await this.#link.ask({ type: 'sign-out', device });
  }
}
