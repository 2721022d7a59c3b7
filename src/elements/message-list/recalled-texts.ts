/**
 * The words of messages that were taken back here, so that they can be written anew. They are gone for
 * everyone: only this page keeps them, in its memory, and for a short time.
 */
import type { ImClient, Message } from '../../client/public.js';

const KEPT_MS = 300_000;

type Kept = { readonly text: string; readonly forget: () => void };

const kept = new WeakMap<ImClient, Map<string, Kept>>();

/** A message is taken back. `forgotten` is called when its words are kept no longer. */
export function keepRecalled(
  client: ImClient,
  { id, content }: Message,
  forgotten: () => void,
): void {
  if (content.type !== 'text') return;
  const texts = kept.get(client) ?? new Map<string, Kept>();
  const forget = (): void => {
    if (texts.delete(id)) forgotten();
  };
  kept.set(client, texts.set(id, { text: content.text, forget }));
  setTimeout(forget, KEPT_MS);
}

/** Whether a message was taken back here, and its words can still be had. */
export function isKept(client: ImClient | undefined, { id, content }: Message): boolean {
  return content.type === 'gone' && client !== undefined && kept.get(client)?.has(id) === true;
}

/** The words of a message that was taken back, once. */
export function takeRecalled(client: ImClient | undefined, { id }: Message): string | undefined {
  const found = client && kept.get(client)?.get(id);
  found?.forget();
  return found?.text;
}
