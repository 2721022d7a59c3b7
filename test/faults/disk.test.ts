/**
 * The disk fails under the running server: there is no room left, or it takes no write at all. Nothing
 * is acknowledged that is not kept, and once the disk is well again everything goes on by itself.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../src/client/public.js';
import { isConnected, until } from '../helpers/live.js';
import { Device, Life, textOf } from '../helpers/mortal-client.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { openSmallDisk, type SmallDisk } from '../helpers/small-disk.js';
import type { TestServer } from '../helpers/start-server.js';
import { figure, size } from './size.js';
import { Writers } from './writers.js';

const ROUNDS = size('DISK_ROUNDS', 2, 20);
const QUEUED = 12;
const PATIENCE_MS = 40_000;

type Line = { readonly clientId: string; readonly seq: number; readonly text: string };

async function serverLog(server: TestServer, conversation: string): Promise<readonly Line[]> {
  const peer = await RawPeer.open(server.url, await server.token('ines'), 'auditor');
  const log: Line[] = [];
  for (let after = 0; ;) {
    const page = await peer.request('events', { type: 'range', conversation, after, limit: 200 });
    for (const { clientId, seq, body } of page.events)
      log.push({ clientId, seq, text: textOf(body) });
    if (page.to <= after) break;
    after = page.to;
  }
  peer.close();
  return log;
}

async function health(server: TestServer): Promise<number> {
  return (await fetch(`${server.url}/healthz`)).status;
}

/** Writes until the disk refuses. */
async function writeUntilRefused(writers: Writers): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  const refusals = (): number => writers.refused.get('server/store-unavailable') ?? 0;
  for (const before = refusals(); refusals() === before;) {
    assert.ok(Date.now() < end, 'The disk never refuses.');
    // A server that is at a loss may never answer.
    await Promise.race([writers.burst(20), pause(5_000)]);
  }
}

/** One failure and its end. A device counts anew after it, since its refused numbers never came to be. */
async function round(
  disk: SmallDisk,
  life: Life,
  acknowledged: Map<string, number>,
): Promise<Message[]> {
  const { server } = disk;
  const writers = await Writers.open(server, 4);
  await writers.burst(60);
  disk.fail();
  await writeUntilRefused(writers);
  assert.equal(await health(server), 503);
  const told = writers.acknowledged.size;

  const queued: Message[] = [];
  for (let count = 0; count < QUEUED; count++) {
    const text = `queued ${count} while the disk was full, ${Date.now()}`;
    queued.push(await life.client.sendText(writers.conversation, text));
  }
  await pause(500);
  assert.ok(
    (await serverLog(server, writers.conversation)).length >= told,
    'reading has to go on while the disk refuses',
  );
  disk.heal();
  for (const end = Date.now() + PATIENCE_MS; (await health(server)) !== 200;) {
    assert.ok(Date.now() < end, 'The server does not find out that the disk is well again.');
    await pause(250);
  }
  for (const [id, seq] of writers.acknowledged) acknowledged.set(id, seq);
  writers.close();
  return queued;
}

for (const fault of ['full', 'refusing'] as const) {
  describe(`a disk that is ${fault}`, () => {
    test('costs nothing that was acknowledged, and what waits goes out once', async (context) => {
      const disk = await openSmallDisk(fault);
      const { server } = disk;
      const first = await Writers.open(server, 1);
      first.close();
      const acknowledged = new Map<string, number>();
      const queued: Message[] = [];
      const life = new Life(new Device('ines'), {
        server: server.url,
        token: await server.token('ines'),
      });
      const failures: string[] = [];
      life.client.on('message-failed', ({ error }) => failures.push(error.code));
      try {
        await until(life.client.connection, isConnected);
        for (let index = 0; index < ROUNDS; index++) {
          queued.push(...(await round(disk, life, acknowledged)));
          await until(
            life.client.conversation(first.conversation),
            (group) => group?.last?.id === queued.at(-1)?.id && group?.last?.seq !== undefined,
            PATIENCE_MS,
          );
        }
        await server.kill('SIGKILL');
        await server.restart();
        const log = await serverLog(server, first.conversation);
        const places = new Map(log.map(({ clientId, seq }) => [clientId, seq]));
        const lost = [...acknowledged].filter(([id, seq]) => places.get(id) !== seq);
        assert.deepEqual(lost, [], 'acknowledged, and gone');
        const texts = queued.map(({ content }) => (content.type === 'text' ? content.text : ''));
        assert.deepEqual(
          log.map(({ text }) => text).filter((text) => text.startsWith('queued')),
          texts,
          'what waited is there once and in order',
        );
        assert.deepEqual(failures, []);
        context.diagnostic(
          `disk ${fault} (${disk.way}): ${ROUNDS} failures, ${figure(acknowledged.size)} acknowledgements, ` +
            `${queued.length} queued messages: 0 lost, 0 doubled`,
        );
      } finally {
        await life.client.destroy();
        await disk.stop();
      }
    });
  });
}
