import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog } from './log.js';
import { Refusals } from './refusals.js';

describe('refusals in the log', () => {
  test('are told once for each socket and code, and of a flood how many more there were', () => {
    const lines: { msg: string; code: string; socket: number; more?: number }[] = [];
    const log = createLog('info', false, {
      write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]),
    });
    const timers: (() => void)[] = [];
    const refusals = new Refusals(log, (_, task) => timers.push(task));
    const user = 'mallory';
    for (let one = 0; one < 1_000; one++) {
      refusals.add({ code: 'request/rate-limited', socket: 1, user, frame: 'send' });
    }
    refusals.add({ code: 'conversation/not-found', socket: 1, user, frame: 'open' });
    refusals.add({ code: 'request/rate-limited', socket: 2, user, frame: 'send' });
    for (const task of timers.splice(0)) task();
    refusals.add({ code: 'request/rate-limited', socket: 1, user, frame: 'send' });
    assert.deepEqual(
      lines.map(({ msg, code, socket, more }) => [msg, code, socket, more]),
      [
        ['refused', 'request/rate-limited', 1, undefined],
        ['refused', 'conversation/not-found', 1, undefined],
        ['refused', 'request/rate-limited', 2, undefined],
        ['refused again', 'request/rate-limited', 1, 999],
        ['refused', 'request/rate-limited', 1, undefined],
      ],
    );
  });
});
