/**
 * Stands in for the half of the client that speaks with the server (`online.ts`), which is loaded
 * after the first picture. Until it is there, everything is as without a connection.
 */
import type { ClientFrame } from '../protocol/client-frames.js';
import type { ServerFrame } from '../protocol/server-frames.js';
import type { Question } from './connection/connection-options.js';
import { offline } from './connection/refusals.js';
import type { OutboxRow } from './database/database.js';
import { destroyed } from './database/storage-errors.js';
import type { Environment } from './environment.js';
import { LiveValue } from './live-value.js';
import type { Log } from './log.js';
import type { Online } from './online.js';
import type { ConnectionState, Token } from './public.js';
import type { CatchUp } from './sync/catch-up.js';
import { Views } from './conversations/views.js';

export type GateOptions = {
  readonly environment: Environment;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Resolves with whether there is something to draw, once that is read. */
  readonly stored: () => Promise<boolean>;
  /** Loads the other half. */
  readonly load: () => Promise<Online>;
};

/** A file that cannot be had is asked for again after this time. */
const RETRY_MS = 5_000;

export class Gate {
  readonly state: LiveValue<ConnectionState> = new LiveValue<ConnectionState>({
    status: 'connecting',
    attempt: 1,
  });
  /** Conversations with a window on them. */
  readonly open: Views = new Views();
  /** Conversations that are kept read. */
  readonly kept: Views = new Views(() => this.now?.link.follower?.keep());
  /** The version that the server speaks, once it is known. */
  version: number | undefined;
  /** Undefined until it is loaded. */
  now: Online | undefined;
  /** Resolves when it begins to load: what is of use only with it waits as long. */
  readonly begun: Promise<void>;
  /** Resolves when it is loaded; rejects at the end of the client. */
  readonly loaded: Promise<Online>;
  readonly #options: GateOptions;
  /** People to be asked for. */
  readonly #wanted: Set<string> = new Set();
  /** What is being read for the first picture. */
  #reading: Promise<unknown> | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.begun = this.#pictureDrawn();
    this.loaded = this.#load();
    this.loaded.catch(() => undefined);
  }

  get ready(): boolean {
    return this.now?.link.ready ?? false;
  }

  /** What fetches the missing pieces of logs; undefined without a connection. */
  get catchUp(): CatchUp | undefined {
    return this.ready ? this.now?.sync.catchUp : undefined;
  }

  /** Whether a row that is added to the outbox now goes out at once. */
  get flowing(): boolean {
    return this.now?.outbox.flowing ?? false;
  }

  /** @throws ImError `connection/offline` */
  ask(question: Question): Promise<ServerFrame> {
    return this.now ? this.now.link.ask(question) : Promise.reject(offline());
  }

  tell(frame: ClientFrame): void {
    this.now?.link.tell(frame);
  }

  reconnect(token?: Token): void {
    this.now?.link.reconnect(token);
  }

  /** A row of the outbox has been stored. Those of before are found there. */
  add(row: OutboxRow): void {
    this.now?.outbox.add(row);
  }

  /** A row of the outbox has gone. */
  settled(conversation: string, clientId: string): void {
    this.now?.outbox.settled(conversation, clientId);
  }

  /** The first picture has to wait for `reading`, too. */
  draws(reading: Promise<unknown>): void {
    this.#reading = reading;
  }

  lookUp(users: readonly string[]): void {
    if (this.now) this.now.sync.lookUp.want(users);
    else for (const user of users) this.#wanted.add(user);
  }

  /** What there is to show comes first; where there is nothing, only the server has it. */
  async #pictureDrawn(): Promise<void> {
    const { environment, stored } = this.#options;
    if (!environment.atRest || !(await stored().catch(() => false))) return;
    let drawn: Promise<unknown> | undefined;
    do {
      await (drawn = this.#reading);
      await environment.atRest();
    } while (drawn !== this.#reading);
  }

  async #load(): Promise<Online> {
    const { environment, log, signal, load } = this.#options;
    const isOver = (): boolean => signal.aborted;
    signal.addEventListener('abort', () => this.now || this.state.set({ status: 'stopped' }));
    await this.begun;
    for (;;) {
      if (isOver()) throw destroyed();
      try {
        const online = await load();
        if (isOver()) throw destroyed();
        this.now = online;
        online.sync.lookUp.want([...this.#wanted]);
        online.start();
        return online;
      } catch (error) {
        if (isOver()) throw destroyed();
        log.error('late-part-missing', error);
        const retryAt = environment.now() + RETRY_MS;
        this.state.set({ status: 'offline', retryAt, error: offline(error) });
        await new Promise<void>((resolve) => environment.schedule(RETRY_MS, resolve));
      }
    }
  }
}
