import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { frameBytes } from './frame-bytes.js';

/** What another implementation reads from bytes that a server has written. */
async function read(bytes: Buffer, count: number): Promise<string[]> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, network, head) => {
    sockets.handleUpgrade(request, network, head, () => network.write(bytes));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const texts: string[] = [];
  await new Promise((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) reject(new Error('A binary frame.'));
      if (texts.push(data.toString()) === count) resolve(undefined);
    });
  });
  client.terminate();
  http.close();
  return texts;
}

test('frames are what another implementation reads, at every length of the header', async () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 500_000];
  const texts = lengths.map((length) => 'x'.repeat(length));
  assert.deepEqual(await read(Buffer.concat(texts.map(frameBytes)), texts.length), texts);
});

test('the length counts bytes, not characters', async () => {
  const texts = ['会议室 B 也要', '字'.repeat(42), '字'.repeat(21_846), '🎉'.repeat(40), 'last'];
  assert.deepEqual(await read(Buffer.concat(texts.map(frameBytes)), texts.length), texts);
});
