/** Ways to wait for what a client shows, wherever it runs. */
import type { HistoryState, Live } from '../../src/client/public.js';

/**
 * The first value of a `Live` that fits.
 *
 * @throws Error when none has come within `timeoutMs`, with the last value in its words.
 */
export function until<T>(
  live: Live<T>,
  fits: (value: T) => boolean,
  timeoutMs: number = 15_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let last: T | undefined;
    const done = (finish: () => void): void => {
      clearTimeout(timer);
      // The first value may come before `subscribe` has returned.
      queueMicrotask(() => subscription.unsubscribe());
      finish();
    };
    const timer = setTimeout(() => {
      const seen = JSON.stringify({ last }).slice(0, 600);
      done(() => reject(new Error(`Not seen within ${timeoutMs} ms; the last value: ${seen}`)));
    }, timeoutMs);
    const subscription = live.subscribe({
      next: (value) => {
        last = value;
        if (fits(value)) done(() => resolve(value));
      },
      error: (cause) => done(() => reject(new Error('The value failed.', { cause }))),
    });
  });
}

/** The texts of a window, oldest first. */
export function texts(state: HistoryState): string[] {
  return state.messages.flatMap(({ content }) => (content.type === 'text' ? [content.text] : []));
}

export const isConnected = ({ status }: { status: string }): boolean => status === 'connected';
