/** Stands in for the parts that come late, until they are there. */
import type { HelloFrame } from '../../protocol/client-frames.js';
import type { OwnPresence } from '../../protocol/entities.js';
import type { PresenceFrame } from '../../protocol/server-frames.js';
import type { Live } from '../public.js';
import type { DeviceOptions, Presence } from '../public-devices.js';
import type { Around } from '../tabs/messages.js';
import type { Parts, PartsOptions } from './parts.js';

export type LateOptions = Omit<PartsOptions, 'isHidden'> & { readonly about: DeviceOptions };

export class Late {
  readonly #options: LateOptions;
  #loading: Promise<Parts> | undefined;
  #parts: Parts | undefined;
  #told: OwnPresence = 'active';

  readonly #label: Promise<string | undefined>;

  constructor(options: LateOptions) {
    this.#options = options;
    // Fetched beside what asks for it.
    this.#label = options.gate.begun.then(() => ownLabel(options.about)).catch(() => undefined);
  }

  /** What hello says of this device. */
  async about(): Promise<Partial<HelloFrame>> {
    const { platform = 'document' in globalThis ? 'web' : 'bot' } = this.#options.about;
    const label = await this.#label;
    this.#told = this.#isHidden ? 'hidden' : (this.#parts?.presences.own ?? 'active');
    return { platform, presence: this.#told, ...(label && { label: label.slice(0, 100) }) };
  }

  /** There is a connection. */
  ready(): void {
    const told = this.#told;
    // What cannot be had now is tried again with the next connection.
    this.load().then(
      ({ presences }) => presences.start(told),
      () => undefined,
    );
  }

  /** Another tab speaks with the server, and is told whether this one is used. */
  follow(): void {
    this.load().then(
      () => this.#options.gate.now?.link.follower?.keep(),
      () => undefined,
    );
  }

  /** What this tab, when it follows, tells the one that leads. */
  get needs(): Around | undefined {
    return this.#parts?.presences.needs;
  }

  /** A tab that follows has told what it needs. */
  heard(from: string, needs: Around): void {
    void this.load().then(
      ({ presences }) => presences.heard(from, needs),
      () => undefined,
    );
  }

  lost(): void {
    this.#parts?.presences.lost();
  }

  stop(): void {
    // Whatever is on its way ends as soon as it is there.
    void this.#loading?.then(
      ({ presences }) => presences.stop(),
      () => undefined,
    );
  }

  receive(frame: PresenceFrame): void {
    this.#parts?.presences.receive(frame);
  }

  presence(user: string): Live<Presence> {
    return {
      subscribe: (observer) => {
        let end = (): void => undefined;
        let isOver = false;
        const listen = ({ presences }: Parts): void => {
          if (isOver) return;
          const subscription = presences.live(user).subscribe(observer);
          end = () => subscription.unsubscribe();
        };
        if (this.#parts) listen(this.#parts);
        else {
          const { begun } = this.#options.gate;
          begun.then(() => this.load()).then(listen, (error: unknown) => observer.error?.(error));
        }
        return {
          unsubscribe: () => {
            isOver = true;
            end();
          },
        };
      },
    };
  }

  get #isHidden(): boolean {
    return this.#options.about.presence === false;
  }

  load(): Promise<Parts> {
    this.#loading ??= import('./parts.js').then(
      ({ Parts }) => (this.#parts = new Parts({ ...this.#options, isHidden: this.#isHidden })),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}

/** What cannot be had is done without. */
async function ownLabel({ deviceLabel }: DeviceOptions): Promise<string | undefined> {
  const { navigator } = globalThis as Partial<typeof globalThis>;
  if (deviceLabel !== undefined || !navigator) return deviceLabel;
  const { labelOf } = await import('./device-label.js');
  return labelOf(navigator.userAgent);
}
