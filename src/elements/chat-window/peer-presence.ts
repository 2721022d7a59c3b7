import type { ReactiveElement } from 'lit';
import type { ImClient, Presence } from '../../client/public.js';
import { LiveController } from '../controllers/live-controller.js';

/** Keeps `host` rendered with how the other person of a one-to-one conversation stands. */
export function peerPresence(
  host: ReactiveElement,
  source: () => readonly [client: ImClient | undefined, peerId: string | undefined],
): LiveController<Presence> {
  return new LiveController<Presence>(host, source, () => {
    const [client, peerId] = source();
    return peerId === undefined ? undefined : client?.presence(peerId);
  });
}
