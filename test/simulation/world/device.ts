/** A device of somebody: its disk and its clock outlive every page that runs on it. */
import { FakeBrowser } from '../../helpers/fake-tabs.js';
import type { DeviceShape } from '../run/plan.js';
import type { Owner } from './clock.js';
import { Disk, type Moods, type Tables } from './indexed-db.js';
import { Page } from './page.js';
import { Random } from './random.js';
import { wallTime } from './server.js';
import type { World } from './world.js';

export class Device {
  readonly name: string;
  readonly user: string;
  readonly owner: Owner;
  readonly disk: Disk = new Disk();
  readonly moods: Moods = { abort: undefined, isUnopenable: false };
  readonly random: Random;
  /** How long a step of the storage usually takes, in milliseconds. */
  stepMs: number;
  /** How wrong its clock is, in milliseconds. */
  skewMs: number;
  /** The page that is open whenever nothing is wrong. */
  page: Page | undefined;
  readonly hasTabs: boolean;
  readonly browser: FakeBrowser = new FakeBrowser();
  /** Pages beside the first. */
  readonly #tabs: Set<Page> = new Set();
  readonly #world: World;

  constructor(world: World, { name, user, stepMs, skewMs, startsAt, hasTabs }: DeviceShape) {
    this.#world = world;
    this.name = name;
    this.user = user;
    this.stepMs = stepMs;
    this.skewMs = skewMs;
    this.hasTabs = hasTabs;
    this.random = new Random(world.plan.seed, name);
    const stepMsOf = (): number => this.stepMs * this.random.next();
    this.owner = { name, stepMs: stepMsOf, lastStepAt: 0 };
    world.clock.schedule(this.owner, startsAt, () => this.start());
  }

  /** Of its own, so that no database here has the name of another. */
  get url(): string {
    return `http://chat.test/${this.name}`;
  }

  get databaseName(): string {
    return `im-kit/chat.test/${this.name}/${this.user}`;
  }

  /** Whether the present page keeps its data in memory, or is about to. */
  get isInMemory(): boolean {
    return (this.page?.memory.length ?? 0) > 0;
  }

  wallTime(): number {
    return wallTime(this.#world.clock) + Math.floor(this.skewMs);
  }

  /** All rows of a table in the database that is used at present. */
  rows<T extends keyof Tables>(table: T): readonly Tables[T][] {
    const { databaseName, disk, page } = this;
    const used = page?.memory.find((memory) =>
      memory.rows(databaseName, 'meta').some(({ value }) => value === page.installation),
    );
    return (used ?? disk).rows(databaseName, table);
  }

  /** All open pages, in the order in which they were opened. */
  get pages(): readonly Page[] {
    return [...(this.page ? [this.page] : []), ...this.#tabs];
  }

  /** One of the pages: people use any of them. */
  get somePage(): Page | undefined {
    const awake = this.pages.filter(({ isFrozen }) => !isFrozen);
    return awake.length > 1 ? this.random.pick(awake) : awake[0];
  }

  openTab(): Page | undefined {
    if (!this.hasTabs || this.#tabs.size > 1) return;
    const page = new Page(this.#world, this);
    this.#tabs.add(page);
    return page;
  }

  async closeTab(page: Page): Promise<void> {
    if (!this.#take(page)) return;
    page.thaw();
    await page.client.destroy();
    await page.die();
  }

  crashTab(page: Page): void {
    if (!this.#take(page)) return;
    page.dropLinks(true);
    void page.die();
  }

  #take(page: Page): boolean {
    if (this.#tabs.delete(page)) return true;
    if (this.page !== page) return false;
    this.page = undefined;
    return true;
  }

  start(): void {
    this.page ??= new Page(this.#world, this);
  }

  /** The page is killed. `isTold`: the machine lives on, and tells the server so. */
  crash(isTold: boolean): void {
    const { page } = this;
    if (!page) return;
    this.#forgetMemory();
    this.page = undefined;
    page.dropLinks(isTold);
    void page.die();
  }

  /** The page is closed in an orderly way; resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    const { page } = this;
    if (!page) return;
    this.#forgetMemory();
    this.page = undefined;
    await page.client.destroy();
    await page.die();
  }

  /** The browser throws away what the page has kept. */
  evict(): void {
    this.crash(true);
    this.disk.clear();
    this.#world.ledger.excuse(this.name, 'was in a storage that is no more');
  }

  /** What was only in the memory of the page goes with it; what the disk holds as well, does not. */
  #forgetMemory(): void {
    if (!this.isInMemory) return;
    const outbox = this.disk.rows(this.databaseName, 'outbox');
    const kept = new Set(outbox.map(({ clientId }) => `${this.user}/${clientId}`));
    this.#world.ledger.excuse(this.name, 'was in the memory of a page', kept);
  }
}
