/**
 * The power goes while a real server takes messages. An image is what a disk would hold at one instant:
 * the process is stopped, then database and write-ahead log are copied. A disk need not have all that
 * was written, so the end of the copied log is torn as well, at a random byte.
 *
 * Where it may be torn: a real power cut takes nothing that was synced, and what a client has read an
 * acknowledgement for must have been (synchronous=FULL: every commit ends with a sync of the log). So
 * the length of the log is looked up whenever an acknowledgement is read, the moment it is read: the
 * commits of all acknowledgements so far end before it, and the image is torn only behind it. A log
 * that starts over, after its pages have moved to the database, keeps its length and is not torn any
 * more; a fresh server every few images sees to it that this does not happen.
 *
 * The page cache of this machine survives, so an image cannot show a sync that is missing: with
 * synchronous=OFF these images would be the same. What they do show, as the mutant below proves, is an
 * acknowledgement that leaves before its commit, and a store that cannot go on from what a cut leaves.
 */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DATABASE_FILE, openSqliteStore } from '../../server/src/store/open-sqlite-store.js';
import { builtServer } from '../helpers/built-server.js';
import { patchedBy } from '../helpers/preload.js';
import { Chance } from '../helpers/random.js';
import { startServer, type StartOptions, type TestServer } from '../helpers/start-server.js';
import { WAL_FILE, Writers } from './writers.js';
import { figure, size } from './size.js';

const IMAGES = size('POWER_IMAGES', 30, 500);
const SEED = size('SEED', 20_261_124, Date.now() % 1e9);
const IMAGES_A_SERVER = 25;
const MUTANT_IMAGES = 100;

type Image = {
  readonly folder: string;
  /** What clients had read by then. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** The log was at least as long as this when it was synced last. */
  readonly syncedBytes: number;
};

/** Copies what the disk has at this instant. */
async function takeImage(server: TestServer, writers: Writers, blindMs: number): Promise<Image> {
  const folder = await mkdtemp(join(tmpdir(), 'im-kit-image-'));
  standStill(blindMs);
  process.kill(server.pid, 'SIGSTOP');
  try {
    // Read by the clients before the process stood still; what is still under way does not count.
    const { syncedBytes } = writers;
    const acknowledged = new Map(writers.acknowledged);
    await isStopped(server.pid);
    for (const file of [DATABASE_FILE, WAL_FILE])
      await copyFile(join(server.data, file), join(folder, file));
    return { folder, acknowledged, syncedBytes };
  } finally {
    process.kill(server.pid, 'SIGCONT');
  }
}

/** A signal takes a moment, and where there is no /proc nobody can see when it has come. */
async function isStopped(pid: number): Promise<void> {
  const isRunning = async (): Promise<boolean> => {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (status === undefined) await pause(50);
    return status !== undefined && !status.includes(') T ');
  };
  while (await isRunning()) await pause(1);
}

/** What is missing or changed in an image, opened as the product would after the power is back. */
async function missing({ folder, acknowledged }: Image, conversation: string): Promise<string[]> {
  const store = openSqliteStore(folder);
  try {
    const { lastSeq = 0 } = (await store.conversation(conversation)) ?? {};
    const events = await store.range(conversation, 0, lastSeq, lastSeq + 1);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_, at) => at + 1),
      'a hole',
    );
    assert.equal(events.length, lastSeq, 'the head is not the end of the log');
    const places = new Map(events.map(({ clientId, seq }) => [clientId, seq]));
    return [...acknowledged].flatMap(([id, seq]) =>
      places.get(id) === seq ? [] : [`${id} ${seq}`],
    );
  } finally {
    await store.close();
  }
}

type Outcome = { images: number; acknowledged: number; torn: number; lost: string[] };

/** Images of one server, taken until there are `most` or something is lost. */
async function cutPower(
  options: StartOptions,
  chance: Chance,
  most: number,
  outcome: Outcome,
): Promise<void> {
  const server = await startServer(options);
  const writers = await Writers.open(server, 6);
  try {
    for (let taken = 0; taken < most && outcome.lost.length === 0; taken++) {
      // Mostly in the middle of a burst; now and then at its end, when nothing is under way.
      const writing = writers.burst(chance.between(5, 60));
      if (chance.next() < 0.2) await writing;
      else await pause(chance.between(0, 25));
      const image = await takeImage(server, writers, chance.between(0, 12));
      if (await tear(image, chance)) outcome.torn++;
      outcome.lost = await missing(image, writers.conversation);
      outcome.acknowledged += image.acknowledged.size;
      outcome.images++;
      await rm(image.folder, { recursive: true });
      await writing;
    }
  } finally {
    writers.close();
    await server.stop();
  }
}

async function cutPowerOfMany(options: StartOptions, images: number): Promise<Outcome> {
  const chance = new Chance(SEED);
  const outcome: Outcome = { images: 0, acknowledged: 0, torn: 0, lost: [] };
  while (outcome.images < images && outcome.lost.length === 0) {
    const most = Math.min(IMAGES_A_SERVER, images - outcome.images);
    await cutPower(options, chance, most, outcome);
  }
  return outcome;
}

/** The server goes on meanwhile, and nobody reads what it acknowledges: more is there to be torn. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Takes away a random part of what stands in the log behind what is known to be synced. */
async function tear({ folder, syncedBytes }: Image, chance: Chance): Promise<boolean> {
  const file = join(folder, WAL_FILE);
  const { size: bytes } = await stat(file);
  if (bytes <= syncedBytes) return false;
  await truncate(file, chance.between(syncedBytes, bytes - 1));
  return true;
}

describe('a power cut', () => {
  test('takes nothing that was acknowledged', async (context) => {
    context.diagnostic(`FAULTS_SEED=${SEED}`);
    const { images, acknowledged, torn, lost } = await cutPowerOfMany(
      { main: builtServer() },
      IMAGES,
    );
    assert.deepEqual(lost, []);
    context.diagnostic(
      `power cut: ${images} images, ${torn} of them torn, ${figure(acknowledged)} acknowledgements looked up: 0 lost`,
    );
  });

  test('takes something from a server that acknowledges before its commit', async (context) => {
    const env = patchedBy({
      file: 'server/src/core/log/journal.ts',
      find: 'await this.#options.store.commit(draft);',
      replace: `
        for (const work of works.splice(0)) work.committed();
        this.#options.afterCommit();
        await new Promise((resolve) => setTimeout(resolve, 5));
        await this.#options.store.commit(draft);`,
    });
    const { images, lost } = await cutPowerOfMany({ env }, MUTANT_IMAGES);
    assert.notEqual(lost.length, 0, 'the images do not show it');
    context.diagnostic(`power cut, acknowledging early: lost at image ${images}`);
  });
});
