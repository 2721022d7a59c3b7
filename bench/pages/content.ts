/** The same rows for the product and for the floors: made by counting, so they need no file. */
import { c2cId } from '../../src/protocol/ids.js';

const NAMES = [
  'Amara Okafor',
  '林晓梅',
  'Jonas Lindqvist',
  'Priya Nair',
  '王建国',
  'Sofia Marques',
];

const TEXTS = [
  'Morning! Is the projector already in the big room?',
  '今天晚上八点开会，请准时。',
  'Yes, and I have put the spare cable in the drawer beside it.',
  '好的。',
  'The supplier has confirmed the second delivery for Thursday, but they would like us to send somebody who can check the crates before they are unloaded.',
  'On my way.',
  '我把合同的最后一版放在共享文件夹里了，请大家在周五之前看完，有问题直接写在旁边。',
  'Could you read https://example.com/plan before lunch?',
  'Thanks, that helps a lot!',
  'The numbers for March look better than we thought: twelve percent up, and nearly all of it from returning customers.',
] as const;

/** Everything happened in the past and a minute apart, so that no row says "now". */
const START_AT = Date.UTC(2026, 2, 2, 7, 0);

export type Content = { readonly seq: number; readonly at: number; readonly text: string };

/** The message at place `seq` of any conversation. */
export function content(seq: number): Content {
  return { seq, at: START_AT + seq * 60_000, text: `${TEXTS[seq % TEXTS.length]!} (${seq})` };
}

/** The person behind conversation `index`, counted from 0. */
export function person(index: number): { readonly id: string; readonly name: string } {
  return { id: `friend-${index}`, name: `${NAMES[index % NAMES.length]!} ${index}` };
}

/** The conversation of the reader with friend `index`. */
export function conversationWith(index: number): string {
  return c2cId(READER.id, person(index).id);
}

/** Who reads in the pages. */
export const READER = { id: 'reader', name: 'Lena Hoffmann' } as const;

/** Whether the message at `seq` is the reader's own. */
export function isOwn(seq: number): boolean {
  return seq % 3 === 0;
}
