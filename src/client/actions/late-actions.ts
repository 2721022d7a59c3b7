/**
 * The commands that nothing of the first picture needs. Their module is loaded with the first
 * connection, or when one of them is called before.
 */
import { ImError } from '../../protocol/im-error.js';
import type { ActionsOptions } from './actions.js';
import type { LoadedActions } from './late.js';
import type { OutboxRow } from '../database/database.js';
import { LiveValue } from '../live-value.js';
import type { ImClient, Live, Message } from '../public.js';

/** The commands that are called as they are named. */
const ACTIONS = [
  'edit',
  'recall',
  'remove',
  'react',
  'pinMessage',
  'star',
  'versions',
  'starredMessages',
  'readers',
] as const;
const KEEPING = [
  'markUnread',
  'setAttention',
  'pinConversation',
  'hideConversation',
  'saveFolder',
  'removeFolder',
  'file',
] as const;

export type LateCommands = Pick<ImClient, (typeof ACTIONS)[number] | (typeof KEEPING)[number]>;

export class LateActions {
  readonly commands: LateCommands;
  readonly #options: ActionsOptions;
  readonly #pinned: Map<string, LiveValue<readonly Message[]>> = new Map();
  #loading: Promise<LoadedActions> | undefined;

  constructor(options: ActionsOptions) {
    this.#options = options;
    const entries = [
      ...ACTIONS.map((name) => [
        name,
        this.#command(async () => (await this.load()).actions, name),
      ]),
      ...KEEPING.map((name) => [
        name,
        this.#command(async () => (await this.load()).keeping, name),
      ]),
    ];
    this.commands = Object.fromEntries(entries) as LateCommands;
  }

  /** @throws ImError `connection/offline` when the module cannot be had. */
  load(): Promise<LoadedActions> {
    this.#loading ??= this.#load().catch((cause: unknown) => {
      this.#loading = undefined;
      throw new ImError('connection/offline', 'A part of the client cannot be had.', { cause });
    });
    return this.#loading;
  }

  pinned(conversation: string): Live<readonly Message[]> {
    let live = this.#pinned.get(conversation);
    if (!live) {
      const made = (live = new LiveValue<readonly Message[]>());
      this.#pinned.set(conversation, live);
      const { begun } = this.#options.gate;
      begun
        .then(() => this.load())
        .then(
          ({ follow }) => follow(conversation, made),
          (error: unknown) => {
            this.#pinned.delete(conversation);
            made.fail(error);
          },
        );
    }
    return live;
  }

  /** The server has refused a change. */
  failed(row: OutboxRow, error: ImError): void {
    this.load()
      .then(({ actions }) => actions.failed(row, error))
      .catch(() => undefined);
  }

  async #load(): Promise<LoadedActions> {
    const module = await import('./late.js');
    return module.loadActions(this.#options);
  }

  #command<T extends object>(owner: () => Promise<T>, name: keyof T) {
    return async (...args: unknown[]): Promise<unknown> => {
      const loaded = await owner();
      const method = loaded[name] as (...args: unknown[]) => unknown;
      return method.apply(loaded, args);
    };
  }
}
