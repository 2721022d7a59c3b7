/** What a socket does with what it cannot read, and how much it sends at once. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { SUBPROTOCOL } from '../../../../src/protocol/version.js';
import { RawPeer } from '../../../../test/helpers/raw-peer.js';
import { startServer, type TestServer } from '../../../../test/helpers/start-server.js';

let server: TestServer;

before(async () => {
  server = await startServer({ flags: ['--dev'] });
});

after(() => server.stop());

type Frame = { readonly type: string; readonly id?: number; readonly code?: string };

const HANDSHAKE =
  'GET /v1/socket HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n' +
  'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
  `sec-websocket-protocol: ${SUBPROTOCOL}\r\n\r\n`;

/** A frame of a client as it goes over the network, under a mask of zeros. */
function masked(opcode: number, text: string): Buffer {
  const head = Buffer.from([0x80 | opcode, 0x80 | 126, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(text.length, 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** A socket without manners. */
class Brute {
  readonly frames: Frame[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.frames.push(JSON.parse(data.toString()) as Frame));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.on('close', resolve));
  }

  static async open(): Promise<Brute> {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/v1/socket`, SUBPROTOCOL);
    const brute = new Brute(socket);
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    return brute;
  }

  send(data: string | Buffer): void {
    this.#socket.send(data);
  }

  async next(count: number): Promise<readonly Frame[]> {
    while (this.frames.length < count) {
      await new Promise((resolve) => this.#socket.once('message', resolve));
    }
    return this.frames;
  }

  end(): void {
    this.#socket.terminate();
  }
}

describe('a frame', () => {
  const big = (bytes: number): string =>
    JSON.stringify({ type: 'ping', id: 7, pad: '字'.repeat(Math.ceil(bytes / 3)) });

  test('that is garbage gets a code and leaves the socket open', async () => {
    const brute = await Brute.open();
    for (const text of ['', '{', '[]', 'null', '{"type":"nothing"}', '\u0000']) brute.send(text);
    const answers = await brute.next(6);
    assert.deepEqual(
      answers.map(({ code }) => code),
      Array.from({ length: 6 }, () => 'protocol/bad-frame'),
    );
    const token = await server.token('alice');
    brute.send(JSON.stringify({ type: 'hello', id: 1, version: 1, token, device: 'brute' }));
    assert.equal((await brute.next(7))[6]?.type, 'ready');
    brute.end();
  });

  test('over 64 KiB is refused by the bytes, under the id of its request', async () => {
    const brute = await Brute.open();
    assert.ok(big(LIMITS.frameBytes).length < LIMITS.frameBytes, 'only its bytes are too many');
    brute.send(big(LIMITS.frameBytes));
    const [answer] = await brute.next(1);
    assert.deepEqual([answer?.code, answer?.id], ['protocol/too-large', 7]);
    brute.end();
  });

  test('far over it closes the socket with 1009', async () => {
    const brute = await Brute.open();
    brute.send(big(4 * LIMITS.frameBytes + 1));
    assert.equal(await brute.closed, CLOSE.tooBig);
  });

  test('of bytes instead of text is refused', async () => {
    const brute = await Brute.open();
    brute.send(Buffer.from('{"type":"ping","id":1}'));
    assert.equal((await brute.next(1))[0]?.code, 'protocol/bad-frame');
    brute.end();
  });

  test('that cannot be read is borne a few times, not for ever', async () => {
    const large = await Brute.open();
    for (let count = 0; count <= LIMITS.badFrames; count++) large.send(big(LIMITS.frameBytes));
    assert.equal(await large.closed, CLOSE.badFrames);
    const garbage = await Brute.open();
    for (let count = 0; count <= LIMITS.badFrames; count++) garbage.send('{');
    assert.equal(await garbage.closed, CLOSE.badFrames);
  });

  test('is not acted on once the socket has been told to close', async () => {
    const bob = await RawPeer.open(server.url, await server.token('bob'), 'listener');
    const socket = connect(server.port, '127.0.0.1');
    let received = '';
    const hears = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.includes(text)) resolve();
          else socket.once('data', look);
        };
        look();
      });
    socket.on('data', (data) => (received += data.toString('latin1')));
    socket.write(HANDSHAKE);
    await hears('101 Switching Protocols');
    const token = await server.token('alice');
    socket.write(
      masked(1, JSON.stringify({ type: 'hello', id: 1, version: 1, token, device: 'deaf' })),
    );
    await hears('"ready"');
    for (let count = 0; count <= LIMITS.badFrames; count++) socket.write(masked(2, 'bytes'));
    await hears(String.fromCharCode(0x88));
    socket.write(
      masked(
        1,
        '{"type":"send","id":2,"conversation":"c2c:alice:bob","clientId":"late","n":0,"kind":"poll","body":1}',
      ),
    );
    await fetch(`${server.url}/healthz`);
    await bob.request('pong', { type: 'ping' });
    assert.ok(!JSON.stringify(bob.frames).includes('"late"'));
    socket.destroy();
    bob.close();
  });

  test('that breaks the protocol of sockets itself ends that socket, not the server', async () => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(HANDSHAKE);
      socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    });
    socket.on('error', () => undefined).resume();
    await new Promise((resolve) => socket.on('close', resolve));
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });
});

describe('many frames in one turn', () => {
  test('arrive in the order of their sending', async () => {
    const alice = await RawPeer.open(server.url, await server.token('alice'), 'order');
    const answers = Array.from({ length: 60 }, () => alice.request('pong', { type: 'ping' }));
    const pongs = await Promise.all(answers);
    const ids = alice.frames.flatMap((frame) => (frame.type === 'pong' ? [frame.id] : []));
    assert.deepEqual(
      ids,
      pongs.map(({ id }) => id),
    );
    alice.close();
  });

  test('of large messages close nobody who reads', async () => {
    const lin = await RawPeer.open(server.url, await server.token('lin'), 'reader');
    const senders = await Promise.all(
      Array.from({ length: 6 }, async (_, index) =>
        RawPeer.open(server.url, await server.token('bob'), `burst-${index}`),
      ),
    );
    await senders[0]!.request('head', { type: 'open', conversation: 'c2c:bob:lin' });
    const sends = senders.flatMap((sender, index) =>
      Array.from({ length: 60 }, (_, n) =>
        sender.request('ack', {
          type: 'send',
          conversation: 'c2c:bob:lin',
          clientId: `burst-${index}-${n}`,
          n,
          kind: 'photo',
          body: 'b'.repeat(65_000),
        }),
      ),
    );
    const seqs = (await Promise.all(sends)).map(({ seq }) => seq);
    const last = Math.max(...seqs);
    await lin.next((frame) => frame.type === 'events' && frame.to === last);
    for (const peer of [lin, ...senders]) {
      assert.ok(!peer.frames.some(({ type }) => type === 'bye'));
      peer.close();
    }
  });

  test('reach a socket in whole frames beside a fan-out to others', async () => {
    const peers = await Promise.all(
      ['bob', 'bob', 'alice'].map(async (user, index) =>
        RawPeer.open(server.url, await server.token(user), `fan-${index}`),
      ),
    );
    const alice = peers[2]!;
    for (let n = 0; n < 40; n++) {
      const body = { text: `${n} ${'字'.repeat(n * 7)}` };
      const send = {
        type: 'send',
        conversation: 'c2c:alice:bob',
        clientId: `fan-${n}`,
        n,
        kind: 'text',
        body,
      };
      await alice.request('ack', send);
    }
    for (const bob of peers.slice(0, 2)) {
      await bob.next(
        (frame) => frame.type === 'events' && JSON.stringify(frame).includes('fan-39'),
      );
      const seqs = bob.frames.flatMap((frame) =>
        frame.type === 'events' ? frame.events.map(({ seq }) => seq) : [],
      );
      assert.deepEqual(
        seqs,
        seqs.map((_, index) => seqs[0]! + index),
      );
      assert.equal(seqs.length, 40);
    }
    for (const peer of peers) peer.close();
  });
});
