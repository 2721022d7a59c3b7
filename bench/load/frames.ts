/** The frames that the load generator sends, made from parts that never change. */
import { c2cId } from '../../src/protocol/ids.js';

/** One simulated person and the message that this person sends over and over. */
export type Party = {
  readonly user: string;
  readonly conversation: string;
  /** The message's frame for the number `n`, counted from 0. */
  readonly frame: (n: number) => string;
};

const WORDS =
  'Shall we take the early train and have breakfast by the harbour before the market opens? ';

/** Both people of pair `pair`; every frame has about `frameBytes`. */
export function pairOf(pair: number, run: string, frameBytes: number): readonly [Party, Party] {
  const users = [loadUser(2 * pair), loadUser(2 * pair + 1)] as const;
  const conversation = c2cId(...users);
  return [
    party(users[0], conversation, run, frameBytes),
    party(users[1], conversation, run, frameBytes),
  ];
}

/** The id of the simulated person `index`. */
export function loadUser(index: number): string {
  return `load-${String(index).padStart(4, '0')}`;
}

function party(user: string, conversation: string, run: string, frameBytes: number): Party {
  const key = `${user.slice(5)}-${run}-`;
  const middle = `,"conversation":"${conversation}","clientId":"${key}`;
  const numbers = 12;
  const fixed =
    `{"type":"send","id":${middle}","n":,"kind":"text","body":{"text":""}}`.length + numbers;
  const text = WORDS.repeat(2).slice(0, Math.max(8, frameBytes - fixed));
  const end = `,"kind":"text","body":{"text":"${text}"}}`;
  return {
    user,
    conversation,
    frame: (n) => `{"type":"send","id":${n + 1}${middle}${n}","n":${n}${end}`,
  };
}

/** What arrived at a client, read without a parse so that the generator stays lighter than the server. */
export type Arrival =
  | { readonly type: 'ack' }
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'error'; readonly text: string }
  | { readonly type: 'other' };

export function readArrival(text: string): Arrival {
  if (text.startsWith('{"type":"ack"')) return { type: 'ack' };
  if (text.includes('"kind":"text"') && !text.startsWith('{"type":"head')) {
    return { type: 'message', text };
  }
  return text.startsWith('{"type":"error"') ? { type: 'error', text } : { type: 'other' };
}

const CLIENT_ID = '"clientId":"';

/** The client ids in a frame, in their order. */
export function clientIds(text: string): readonly string[] {
  const ids: string[] = [];
  for (let at = text.indexOf(CLIENT_ID); at >= 0; at = text.indexOf(CLIENT_ID, at)) {
    at += CLIENT_ID.length;
    ids.push(text.slice(at, text.indexOf('"', at)));
  }
  return ids;
}
