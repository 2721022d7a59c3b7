import { isChangeKind, targetOf } from '../../protocol/changes.js';
import type { Head } from '../../protocol/entities.js';
import { selfId } from '../../protocol/ids.js';
import type { AckFrame, EventsFrame, ServerFrame } from '../../protocol/server-frames.js';
import { registerOf } from '../changes/own.js';
import type { RegisterKey } from '../database/database.js';
import type { Needs, Piece, Returned } from './batch.js';

/** What the frames look at, so that it can be read at once. */
export function needsOf(frames: readonly ServerFrame[], self: string): Needs {
  const conversations = new Set<string>();
  const acks: AckFrame[] = [];
  const compared: Piece[] = [];
  const changes = new ChangeNeeds(self, conversations);
  const addHead = ({ conversation, last }: Head): void => {
    conversations.add(conversation);
    if (last) compared.push({ conversation, from: last.seq, to: last.seq });
  };
  for (const frame of frames) {
    if (frame.type === 'heads') frame.heads.forEach(addHead);
    else if (frame.type === 'head') addHead(frame.head);
    else if (frame.type === 'ack') acks.push(frame);
    else if (frame.type === 'events') {
      if (frame.id !== undefined) compared.push(frame);
      changes.add(frame);
    }
    if ('conversation' in frame) conversations.add(frame.conversation);
  }
  const { returned, targets, registers } = changes;
  return { conversations, acks, compared, returned, folds: { targets, registers } };
}

/** What the changes among events look at. */
class ChangeNeeds {
  readonly returned: Returned[] = [];
  readonly targets: [string, number][] = [];
  readonly registers: RegisterKey[] = [];
  readonly #self: string;
  readonly #selfId: string;
  readonly #conversations: Set<string>;

  constructor(self: string, conversations: Set<string>) {
    this.#self = self;
    this.#selfId = selfId(self);
    this.#conversations = conversations;
  }

  add({ conversation, events }: EventsFrame): void {
    for (const event of events) {
      const isSet = event.kind === 'set' && conversation === this.#selfId;
      if (!isSet && !isChangeKind(event.kind)) continue;
      const { clientId, sender } = event;
      if (sender === this.#self) this.returned.push({ conversation, clientId });
      if (isSet) this.#addSet(registerOf(event.body));
      else this.#addTarget(conversation, targetOf(event));
    }
  }

  #addTarget(conversation: string, target: number | undefined): void {
    if (target !== undefined) this.targets.push([conversation, target]);
  }

  #addSet(key: RegisterKey | undefined): void {
    if (!key) return;
    this.registers.push(key);
    if (key[1]) this.#conversations.add(key[1]);
  }
}
