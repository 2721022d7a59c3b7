import assert from 'node:assert/strict';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { settle, type Device } from './core-device.js';

/** The conversation that a sender writes to unless it is told another one. */
export const PAIR = 'c2c:alice:bob';

/** A device that counts its own sends. */
export class Sender {
  readonly device: Device;
  n = 0;

  constructor(device: Device) {
    this.device = device;
  }

  async send(kind: string, body: object, rest: object = {}): Promise<ServerFrame> {
    const clientId = `${kind}-${this.n}`;
    const frame = { type: 'send', conversation: PAIR, clientId, n: this.n, kind, body, ...rest };
    const id = this.device.say(frame);
    await settle();
    const answer = this.device.frames.find((found) => 'id' in found && found.id === id);
    assert.ok(answer);
    if (answer.type === 'ack') this.n++;
    return answer;
  }

  async refusal(kind: string, body: object, rest: object = {}): Promise<string> {
    const answer = await this.send(kind, body, rest);
    assert.equal(answer.type, 'error', JSON.stringify(answer));
    return answer.code;
  }

  async seq(kind: string, body: object, rest: object = {}): Promise<number> {
    const answer = await this.send(kind, body, rest);
    assert.equal(answer.type, 'ack', JSON.stringify(answer));
    return answer.seq;
  }
}
