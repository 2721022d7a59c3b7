import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeClientFrame, decodeServerFrame, requestId } from './decode.js';
import { ImError, type ImErrorCode } from './im-error.js';
import { LIMITS } from './limits.js';
import { CLIENT_SHAPES, SERVER_SHAPES, type Field, type Shape } from './shapes.js';

const refuses = (run: () => unknown, code: ImErrorCode, field?: string): void => {
  assert.throws(run, (error) => {
    assert.ok(error instanceof ImError);
    assert.equal(error.code, code);
    if (field !== undefined) assert.equal(error.field, field);
    return true;
  });
};

type Border = readonly [
  string,
  Readonly<Record<string, Shape>>,
  (text: string) => { type: string },
];

const BORDERS: readonly Border[] = [
  ['client', CLIENT_SHAPES, decodeClientFrame],
  ['server', SERVER_SHAPES, decodeServerFrame],
];

const send = {
  type: 'send',
  id: 7,
  conversation: 'c2c:alice:bob',
  clientId: 'Qk3_x-1',
  n: 0,
  kind: 'text',
  body: { text: '八点开会，别迟到' },
};

/** A generator of values that fit a field. */
function fitting(field: Field): fc.Arbitrary<unknown> {
  if (typeof field === 'object') {
    if ('optional' in field) return fc.option(fitting(field.optional), { nil: undefined });
    if ('shape' in field) return frameOf(field.shape);
    return fc.array(fitting(field.list), { maxLength: 3 });
  }
  switch (field) {
    case 'any':
      return fc.jsonValue({ maxDepth: 3 });
    case 'conversation':
      return fc.constantFrom('c2c:alice:bob', 'group:autumn-launch');
    case 'count':
      return fc.nat();
    case 'seq':
      return fc.integer({ min: 1 });
    case 'text':
      return fc.string({ maxLength: 40 });
    case 'emoji':
      return fc.constantFrom('👍', '❤️', '🎉');
    case 'flag':
      return fc.boolean();
    case 'key':
      return fc.stringMatching(/^[A-Za-z0-9_-]{1,22}$/);
    case 'sender':
      return fc.constantFrom('alice', 'bob', '@system');
    case 'user':
      return fc.constantFrom('alice', 'bob');
    case 'word':
      return fc.string({ minLength: 1, maxLength: 20 });
    case 'name':
    case 'line':
    case 'url':
    case 'token':
    case 'cursor':
      return fc.string({ maxLength: 40 });
  }
}

function frameOf(shape: Shape): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, fitting(field)])),
  );
}

const isCrossChecked = (type: string): boolean => type === 'range' || type === 'events';

describe('decoding', () => {
  for (const [side, shapes, decode] of BORDERS) {
    test(`takes every ${side} frame that fits, whatever fields a newer version adds`, () => {
      for (const [type, shape] of Object.entries(shapes)) {
        if (isCrossChecked(type)) continue;
        // What is sent is a kind; what is received may be whatever a newer server says.
        const kind = type === 'send' ? { kind: 'poll' } : {};
        fc.assert(
          fc.property(frameOf(shape), fc.jsonValue(), (fields, extra) => {
            const frame = decode(JSON.stringify({ ...fields, ...kind, type, notYetKnown: extra }));
            assert.equal(frame.type, type);
          }),
        );
      }
    });

    test(`names the field of a ${side} frame that is missing or of a wrong type`, () => {
      for (const [type, shape] of Object.entries(shapes)) {
        for (const [name, field] of Object.entries(shape)) {
          if (field === 'any' || (typeof field === 'object' && 'optional' in field)) continue;
          const [fields] = fc.sample(frameOf(shape), 1);
          const wrong = JSON.stringify({ ...fields, type, [name]: [[]] });
          const missing = JSON.stringify({ ...fields, type, [name]: undefined });
          for (const text of [wrong, missing]) {
            assert.throws(
              () => decode(text),
              (error) =>
                error instanceof ImError &&
                error.code === 'protocol/bad-frame' &&
                error.field?.startsWith(name) === true,
              `${type}.${name}`,
            );
          }
        }
      }
    });

    test(`answers any text on the ${side}'s side with a frame or an ImError`, () => {
      const types = Object.keys(shapes);
      const almost = fc
        .record({ type: fc.constantFrom(...types, 'nope', '__proto__'), rest: fc.jsonValue() })
        .map(({ type, rest }) => JSON.stringify({ ...(rest as object | null), type, id: 1 }));
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.json(), almost), (text) => {
          try {
            assert.ok(types.includes(decode(text).type));
          } catch (error) {
            assert.ok(error instanceof ImError, String(error));
          }
        }),
        { numRuns: 3_000 },
      );
    });
  }

  test('keeps event kinds that only a newer server knows', () => {
    const event = {
      seq: 4,
      at: 1,
      sender: 'bob',
      clientId: 'k',
      kind: 'poll',
      body: { q: 'Tea?' },
    };
    const frame = decodeServerFrame(
      JSON.stringify({
        type: 'events',
        conversation: 'group:tea',
        from: 4,
        to: 4,
        events: [event],
      }),
    );
    assert.deepEqual(frame.type === 'events' && frame.events, [event]);
  });

  test('refuses events that have a hole or do not fill their range', () => {
    const event = (seq: number): object => ({
      seq,
      at: 1,
      sender: 'bob',
      clientId: `k${seq}`,
      kind: 'text',
      body: {},
    });
    const page = (from: number, to: number, ...seqs: number[]): string =>
      JSON.stringify({
        type: 'events',
        conversation: 'group:tea',
        from,
        to,
        events: seqs.map(event),
      });
    refuses(() => decodeServerFrame(page(1, 3, 1, 3)), 'protocol/bad-frame', 'events');
    refuses(() => decodeServerFrame(page(1, 3, 1, 2)), 'protocol/bad-frame', 'events');
    refuses(() => decodeServerFrame(page(1, 2, 2, 1)), 'protocol/bad-frame', 'events');
    assert.equal(decodeServerFrame(page(5, 4)).type, 'events');
  });

  test('refuses a range with both directions or with none', () => {
    const range = { type: 'range', id: 1, conversation: 'group:tea', limit: 50 };
    refuses(() => decodeClientFrame(JSON.stringify(range)), 'protocol/bad-frame', 'after');
    const both = { ...range, after: 1, before: 9 };
    refuses(() => decodeClientFrame(JSON.stringify(both)), 'protocol/bad-frame', 'after');
    assert.equal(decodeClientFrame(JSON.stringify({ ...range, before: 9 })).type, 'range');
  });

  test('refuses a frame over the limit, and a body nested too deeply', () => {
    const long = JSON.stringify({ ...send, body: { text: 'a'.repeat(LIMITS.frameBytes) } });
    refuses(() => decodeClientFrame(long), 'protocol/too-large');

    const nested = '['.repeat(20_000) + ']'.repeat(20_000);
    const deep = JSON.stringify({ ...send, body: 0 }).replace('"body":0', `"body":${nested}`);
    refuses(() => decodeClientFrame(deep), 'protocol/bad-frame', 'body');
  });

  test('takes only plain words for the kind of a new event', () => {
    const ofKind = (kind: string): string => JSON.stringify({ ...send, kind });
    for (const kind of ['text', 'poll', 'shop.example:order-2', 'k'.repeat(64)]) {
      assert.equal(decodeClientFrame(ofKind(kind)).type, 'send');
    }
    const wrong = [
      '',
      '\0',
      'system\0',
      'text\0',
      'te xt',
      '\ud800',
      'poll\n',
      '投票',
      'k'.repeat(65),
    ];
    for (const kind of wrong) {
      refuses(() => decodeClientFrame(ofKind(kind)), 'protocol/bad-frame', 'kind');
    }
  });

  test('finds the id of a frame that cannot be decoded, when there is one', () => {
    assert.equal(requestId('{"type":"send","id":7}'), 7);
    assert.equal(requestId('{"id":-1}'), undefined);
    assert.equal(requestId('not json'), undefined);
  });

  test('does not take inherited names for frame types', () => {
    refuses(() => decodeClientFrame('{"type":"constructor"}'), 'protocol/bad-frame', 'type');
    refuses(() => decodeClientFrame('{"type":"toString","id":1}'), 'protocol/bad-frame', 'type');
  });
});
