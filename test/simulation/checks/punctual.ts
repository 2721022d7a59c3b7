import { isMember } from '../run/plan.js';
import type { World } from '../world/world.js';

/** Well below a heartbeat, which would find by its digest what nobody has told of. */
const WITHIN_MS = 8_000;
/** How long a device may take after a new connection. */
const SETTLED_MS = 6_000;

/** Looks, a little later, whether an event has got to everybody who could have it by then. */
export function watchPunctuality(world: World, conversation: string, seq: number): void {
  const { clock } = world;
  const at = clock.now;
  clock.schedule(world.fate, WITHIN_MS, () => {
    for (const { name, user, page } of world.devices.values()) {
      const since = page?.readySince;
      if (since === undefined || since > clock.now - SETTLED_MS) continue;
      if (!isMember(world.plan.shape, conversation, user)) continue;
      if (!world.wasCalmSince(name, Math.max(at, since))) continue;
      if (reach(world, name, conversation) >= seq) continue;
      const late = `${name} has not heard of ${seq} in ${conversation} in ${WITHIN_MS} ms`;
      world.ledger.violation('late', late);
    }
  });
}

/** How far a device's stored log goes; for one that has no piece of it yet, what it knows of. */
function reach(world: World, device: string, conversation: string): number {
  const rows = world.device(device).rows('conversations');
  const row = rows.find(({ id }) => id === conversation);
  return row?.local?.to ?? row?.lastSeq ?? 0;
}
