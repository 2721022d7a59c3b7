/** What the pages of the product talk to: a server that knows everything already and says no more than asked. */
import type { ClientFrame } from '../../src/protocol/client-frames.js';
import type { Head } from '../../src/protocol/entities.js';
import { TIMES } from '../../src/protocol/limits.js';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { conversationWith, person, READER } from '../pages/content.js';
import { eventAt } from '../pages/log.js';
import { PushServer } from './push-server.js';

const NO_HEADS: readonly Head[] = [];

/** @param heads - The conversations that have moved since the page's cursor. */
export function startQuietServer(
  heads: () => readonly Head[] = () => NO_HEADS,
): Promise<PushServer> {
  return PushServer.start((text) => answers(JSON.parse(text) as ClientFrame, heads));
}

/** The frame that tells of one new message. */
export function newMessage(seq: number): ServerFrame {
  const event = { ...eventAt(seq), sender: person(0).id };
  return {
    type: 'events',
    conversation: conversationWith(0),
    from: seq,
    to: seq,
    events: [event],
  };
}

function answers(frame: ClientFrame, heads: () => readonly Head[]): readonly ServerFrame[] {
  switch (frame.type) {
    case 'hello':
      return [
        {
          type: 'ready',
          id: frame.id,
          version: PROTOCOL_VERSION,
          user: READER,
          now: Date.now(),
          heartbeatMs: TIMES.heartbeatMs,
        },
      ];
    case 'sync':
      return [{ type: 'heads', id: frame.id, heads: heads(), cursor: 'now', more: false }];
    case 'range': {
      const from = (frame.after ?? 0) + 1;
      const events = Array.from({ length: frame.limit }, (_, step) => eventAt(from + step));
      const to = from + events.length - 1;
      return [{ type: 'events', id: frame.id, conversation: frame.conversation, from, to, events }];
    }
    default:
      return [];
  }
}
