import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Receiver } from 'ws';
import { frameBytes } from './frame-bytes.js';

function read(bytes: Buffer): string[] {
  const texts: string[] = [];
  const receiver = new Receiver({ isServer: false });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    assert.ok(!isBinary);
    texts.push(data.toString());
  });
  receiver.on('error', (error: Error) => assert.fail(error));
  receiver.write(bytes);
  return texts;
}

test('a frame is what another implementation reads, at every length of its header', () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 500_000];
  for (const length of lengths) {
    const text = 'x'.repeat(length);
    assert.deepEqual(read(frameBytes(text)), [text], `${length} characters`);
  }
});

test('the length counts bytes, not characters', () => {
  for (const text of ['会议室 B 也要', '字'.repeat(42), '字'.repeat(21_846), '🎉'.repeat(40)]) {
    assert.deepEqual(read(frameBytes(text)), [text]);
  }
});

test('frames one after the other stay apart', () => {
  const texts = ['first', '', '第三', 'x'.repeat(70_000), 'last'];
  assert.deepEqual(read(Buffer.concat(texts.map(frameBytes))), texts);
});
