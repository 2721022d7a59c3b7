/** One life of a client: from the opening of its page until the page is closed or crashes. */
import { createClientIn } from '../../../src/client/create-client.js';
import type { Environment } from '../../../src/client/environment.js';
import type {
  ConnectionState,
  HistoryState,
  ImClient,
  MessageHistory,
} from '../../../src/client/public.js';
import type { Clock, Owner } from './clock.js';
import type { Device } from './device.js';
import type { FakeTab } from '../../helpers/fake-tabs.js';
import type { Link } from './link.js';
import type { Ledger } from './ledger.js';
import { Disk, PageFactory, type Moods } from './indexed-db.js';
import { Standstill } from './standstill.js';
import type { World } from './world.js';

/** What can come of a change that somebody makes to what they see. */
const REFUSALS: ReadonlySet<string> = new Set([
  'message/gone',
  'message/not-found',
  'message/recall-expired',
  'message/edit-expired',
  'message/stale-version',
  'conversation/not-found',
]);

export class Page {
  readonly client: ImClient;
  /** Present values of what the client shows. */
  connection: ConnectionState['status'] = 'stopped';
  storage = 'opening';
  /** Since when it has been talking to the server. */
  readySince: number | undefined;
  /** The installation that it has said to be: it lives in the database that is used. */
  installation: string | undefined;
  /** Databases in memory; of some nothing came. */
  readonly memory: Disk[] = [];
  readonly windows: Map<string, MessageHistory> = new Map();
  readonly shown: Map<string, HistoryState> = new Map();
  readonly keeps: Map<string, () => void> = new Map();
  readonly wakes: Set<() => void> = new Set();
  readonly factory: PageFactory;
  readonly #standstill: Standstill;
  readonly #links: Set<Link> = new Set();
  readonly #freezes: Set<() => void> = new Set();
  readonly #tab: FakeTab;
  readonly #world: World;
  readonly #device: Device;
  readonly #owner: Owner;
  #isAlive = true;

  constructor(world: World, device: Device) {
    this.#world = world;
    this.#device = device;
    this.#owner = device.owner;
    this.#standstill = new Standstill(world.clock, device.owner, device.random);
    this.#tab = device.browser.tab((source, task) => this.#standstill.run(source, task));
    this.factory = this.#database(device.disk, device.moods);
    this.client = createClientIn(this.#environment(world.clock), {
      server: device.url,
      token: async () => {
        const delayMs = device.random.mostlySmall(20);
        await new Promise<void>((resolve) => {
          const answer = (): void => this.#standstill.run('site', resolve);
          world.clock.schedule(this.#owner, delayMs, answer);
        });
        return world.server.token(device.user);
      },
      userId: device.user,
      logLevel: 'silent',
      openSocket: () => {
        if (!this.#isAlive) throw new Error('The page is gone.');
        const link = world.network.open(
          this.#owner,
          (installation) => (this.installation = installation),
          () => this.isFrozen,
        );
        this.#links.add(link);
        return link;
      },
    });
    this.client.connection.subscribe({ next: (state) => this.#connected(state) });
    this.client.storage.subscribe({ next: ({ status }) => (this.storage = status) });
    this.#tellFailures();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Opens a window, and has an eye on all that it shows. */
  open(conversation: string, pageSize: number): MessageHistory {
    const window = this.client.history(conversation, { pageSize });
    window.state.subscribe({
      next: (state) => {
        this.shown.set(conversation, state);
        const fault = disorder(this.#world.ledger, this.#device.user, state);
        if (fault) this.#world.ledger.violation('screen', `${this.#device.name} ${fault}`);
      },
    });
    this.windows.set(conversation, window);
    return window;
  }

  close(conversation: string): void {
    this.windows.get(conversation)?.close();
    this.windows.delete(conversation);
    this.shown.delete(conversation);
  }

  /** Whether it has been the last to come to lead its device. */
  get leads(): boolean {
    return this.#device.disk.leader === this.factory;
  }

  get isFrozen(): boolean {
    return this.#standstill.isOn;
  }

  /** Nothing of it runs any more, until it thaws. `isTold`: its browser says so before. */
  freeze(isTold: boolean): void {
    if (isTold) for (const freeze of this.#freezes) freeze();
    this.#standstill.isOn = true;
    this.factory.giveWay();
  }

  thaw(): void {
    if (!this.isFrozen) return;
    this.#standstill.run('sockets', () => {
      for (const link of this.#links) link.release();
    });
    this.#standstill.run('page', () => {
      for (const wake of this.wakes) wake();
    });
    this.#standstill.end();
  }

  /** Its sockets go with it. */
  dropLinks(isTold: boolean): void {
    for (const link of this.#links) link.clientDies(isTold);
    this.#links.clear();
  }

  /** The page is no more, whatever it was doing. What runs on reaches nothing any more. */
  async die(): Promise<void> {
    this.#isAlive = false;
    this.#standstill.forget();
    this.#tab.close();
    this.factory.die();
    await this.client.destroy();
  }

  #database(disk: Disk, moods: Moods): PageFactory {
    const { ledger } = this.#world;
    const { name, random } = this.#device;
    const onOverruled = (): void => {
      ledger.violation('fence', `${name} has a page that writes while another one leads`);
    };
    return new PageFactory({ disk, moods, random, standstill: this.#standstill, onOverruled });
  }

  #environment(clock: Clock): Environment {
    const device = this.#device;
    const { random } = device;
    return {
      now: () => device.wallTime(),
      random: () => random.next(),
      randomBytes: (count) => random.bytes(count),
      schedule: (delayMs, task) => {
        let isWanted = true;
        const happen = (): void => {
          if (isWanted && this.#isAlive) task();
        };
        const due = (): void => this.#standstill.run('timers', happen);
        const cancel = clock.schedule(this.#owner, delayMs, due);
        return () => {
          isWanted = false;
          cancel();
        };
      },
      indexedDb: () => this.factory.indexedDb,
      memoryDb: async () => {
        const disk = new Disk();
        this.memory.push(disk);
        return this.#database(disk, { abort: undefined, isUnopenable: false }).indexedDb;
      },
      locks: () => (device.hasTabs ? this.#tab.environment.locks() : undefined),
      channel: (name) => (device.hasTabs ? this.#tab.environment.channel(name) : undefined),
      watchPage: (wake, freeze) => {
        this.wakes.add(wake);
        this.#freezes.add(freeze);
        return () => {
          this.wakes.delete(wake);
          this.#freezes.delete(freeze);
        };
      },
    };
  }

  #connected({ status }: ConnectionState): void {
    this.connection = status;
    const isReady = status === 'connected' || status === 'catching-up';
    if (!isReady) this.readySince = undefined;
    else this.readySince ??= this.#world.clock.now;
  }

  #tellFailures(): void {
    this.client.on('action-failed', ({ conversationId = '', messageId = '', error }) => {
      const { clock, trace, ledger } = this.#world;
      const what = `${error.code} for ${messageId} in ${conversationId}`;
      trace.add(clock.now, this.#device.name, `refused ${what}`);
      if (!REFUSALS.has(error.code)) ledger.violation('refusal', `${this.#device.name}: ${what}`);
    });
    this.client.on('message-failed', ({ conversationId, messageId, error }) => {
      const { clock, trace } = this.#world;
      const what = `failed ${messageId} in ${conversationId}: ${error.code}`;
      trace.add(clock.now, this.#device.name, what);
    });
  }
}

/** What is wrong with the order on a screen, if anything. */
function disorder(ledger: Ledger, user: string, { messages }: HistoryState): string | undefined {
  let last: number | undefined;
  let isPending = false;
  const ids = new Set<string>();
  for (const { id, seq, conversationId } of messages) {
    if (ids.has(id)) return `shows ${id} of ${conversationId} twice`;
    ids.add(id);
    if (seq === undefined) isPending = true;
    else if (isPending) return `shows ${id} of ${conversationId} below what is not sent yet`;
    else if (last !== undefined && seq <= last) {
      return `shows ${seq} after ${last} in ${conversationId}`;
    } else if (last !== undefined && !ledger.isSilent(user, conversationId, last, seq)) {
      return `shows ${seq} after ${last} in ${conversationId}`;
    } else last = seq;
  }
  return;
}
