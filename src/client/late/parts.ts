/** What the first picture can do without: fetched once there is a connection, or when it is asked for. */
import type { Connection } from '../connection/connection.js';
import type { Environment } from '../environment.js';
import type { Device } from '../public-devices.js';
import { Presences, type PresencesOptions } from './presences.js';

export type PartsOptions = PresencesOptions & {
  readonly connection: Connection;
  readonly environment: Environment;
};

export class Parts {
  readonly presences: Presences;
  readonly #connection: Connection;

  constructor(options: PartsOptions) {
    this.presences = new Presences(options);
    this.#connection = options.connection;
  }

  async devices(): Promise<readonly Device[]> {
    const answer = await this.#connection.ask({ type: 'devices' });
    if (answer.type !== 'devices') return [];
    return answer.devices.map((device) => ({ ...device, label: device.label }));
  }

  async signOut(device: string): Promise<void> {
    await this.#connection.ask({ type: 'sign-out', device });
  }
}
