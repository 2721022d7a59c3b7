/** Watches what the server removes: old events only, and never the newest message. */
import type { Trim } from '../../../server/src/store/store.js';
import { isMessageKind } from '../../../src/protocol/changes.js';
import type { World } from '../world/world.js';

export function checkTrim(world: World, { conversation, upTo }: Trim): void {
  const { clock, trace, ledger, server, plan } = world;
  trace.add(clock.now, 'disk', `${conversation} begins after ${upTo}`);
  const written = ledger.written.get(conversation) ?? [];
  const complain = (what: string): void => {
    ledger.violation('trim', `${what} up to ${upTo} of ${conversation}`);
  };
  // A clock that has been put back has been further on, and what was too old then may go.
  const before = server.latest - (plan.shape.keepMs ?? Infinity);
  const removed = written.slice(0, upTo);
  if (!removed.every(({ at }) => at < before)) complain('removes what is not old');
  const newest = written.findLast(({ kind }) => isMessageKind(kind));
  if (!newest || newest.seq <= upTo) complain('removes the newest message');
}
