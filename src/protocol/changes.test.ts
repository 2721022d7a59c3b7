import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fold, NO_CHANGES, targetOf, type Changes } from './changes.js';
import type { LogEvent } from './entities.js';

const TARGET = 3;

function event(seq: number, kind: string, body: object, sender: string = 'alice'): LogEvent {
  return {
    seq,
    at: 1_795_478_400_000 + seq,
    sender,
    clientId: `k${seq}`,
    kind,
    body: { target: TARGET, ...body },
  };
}

const change = fc.oneof(
  fc.record({
    kind: fc.constant('edit'),
    body: fc.record({ version: fc.nat(9), text: fc.string() }),
  }),
  fc.record({ kind: fc.constantFrom('recall', 'delete'), body: fc.constant({}) }),
  fc.record({
    kind: fc.constant('react'),
    body: fc.record({ emoji: fc.constantFrom('👍', '🎉'), on: fc.boolean() }),
  }),
  fc.record({ kind: fc.constant('pin'), body: fc.record({ on: fc.boolean() }) }),
);

const history = fc
  .array(fc.tuple(change, fc.constantFrom('alice', 'bob', 'lin')), { maxLength: 12 })
  .map((list) =>
    list.map(([{ kind, body }, sender], index) => event(TARGET + 1 + index, kind, body, sender)),
  );

function foldAll(events: readonly LogEvent[]): Changes {
  return events.reduce(fold, NO_CHANGES);
}

describe('the fold of a message', () => {
  test('is the same in whatever order and however often its changes come', () => {
    const mixed = history.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.subarray(events),
      ),
    );
    fc.assert(
      fc.property(mixed, ([events, shuffled, repeated]) => {
        assert.deepEqual(foldAll([...shuffled, ...repeated]), foldAll(events));
      }),
      { numRuns: 2_000 },
    );
  });

  test('says what the newest edit says', () => {
    const { versions } = foldAll([
      event(5, 'edit', { version: 2, text: '九点开会' }),
      event(4, 'edit', { version: 2, text: 'Meeting at nine' }),
    ]);
    assert.deepEqual(
      versions.map(({ text }) => text),
      ['Meeting at nine', '九点开会'],
    );
  });

  test('keeps nothing of a message that was taken back but who did it first', () => {
    const changes = foldAll([
      event(4, 'edit', { version: 2, text: 'A secret' }),
      event(5, 'react', { emoji: '👍', on: true }, 'bob'),
      event(7, 'delete', {}, 'bob'),
      event(6, 'recall', {}),
      event(8, 'pin', { on: true }),
    ]);
    assert.deepEqual(changes, {
      versions: [],
      reactions: [],
      gone: { seq: 6, at: 1_795_478_400_006, by: 'alice', how: 'recall' },
    });
  });

  test('gives the same object when nothing is new', () => {
    const once = fold(NO_CHANGES, event(4, 'react', { emoji: '👍', on: true }));
    assert.equal(fold(once, event(4, 'react', { emoji: '👍', on: true })), once);
    assert.equal(fold(once, event(5, 'text', { text: 'Hello' })), once);
  });
});

describe('targetOf', () => {
  test('finds the message that a change is about', () => {
    assert.equal(targetOf({ kind: 'pin', body: { target: 7, on: true } }), 7);
  });

  test('finds none in other events and in bodies that were blanked', () => {
    assert.equal(targetOf({ kind: 'text', body: { target: 7 } }), undefined);
    assert.equal(targetOf({ kind: 'edit', body: null }), undefined);
  });
});
