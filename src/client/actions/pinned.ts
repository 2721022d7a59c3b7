/** Follows the pinned messages of a conversation. */
import { asImError } from '../database/storage-errors.js';
import type { LiveValue } from '../live-value.js';
import type { Message } from '../public.js';
import type { FetchedMessages, FetchedOptions } from './fetched.js';

/** Keeps `live` true for as long as the client runs. */
export function followPinned(
  { mirror, gate }: FetchedOptions,
  fetched: FetchedMessages,
  conversation: string,
  live: LiveValue<readonly Message[]>,
): void {
  let shown: string | undefined;
  let reading = Promise.resolve();
  const read = async (): Promise<void> => {
    const row = mirror.row(conversation);
    // What other members do to a message that is not stored here shows only in the row's numbers.
    const now = JSON.stringify([
      row?.pins,
      row?.changesRevision,
      row?.lastSeq,
      gate.ready,
      mirror.deletedMark,
    ]);
    if (now === shown) return;
    shown = now;
    const seqs = row?.pins?.map(({ target }) => target) ?? [];
    try {
      live.set(seqs.length ? await fetched.at(conversation, seqs, true) : []);
    } catch (error) {
      shown = undefined;
      live.fail(asImError(error));
    }
  };
  const follow = (): void => void (reading = reading.then(read));
  mirror.onChange((ids) => {
    if (ids === 'all') shown = undefined;
    if (ids === 'all' || ids.has(conversation)) follow();
  });
  gate.state.subscribe({ next: follow });
  follow();
}
