import { createContext, type Context } from '@lit/context';
import type { ImClient } from '../client/public.js';

/**
 * The client that the nearest `<im-client>` hands down.
 *
 * The key is registered globally so that two copies of this package on one page, say a script tag and
 * an application bundle, still find each other.
 */
export const clientContext: Context<unknown, ImClient | undefined> = createContext(
  Symbol.for('im-kit:client'),
);

/** The language that the nearest `<im-client>` asks for; undefined leaves it to the page. */
export const localeContext: Context<unknown, string | undefined> = createContext(
  Symbol.for('im-kit:locale'),
);

/** Why nothing can be shown at all. */
export type SetupProblem =
  /** The page has given neither a client nor a token to make one. */
  | { readonly reason: 'no-client' }
  | { readonly reason: 'bad-server'; readonly server: string }
  /** The browser lacks what the kit needs. */
  | { readonly reason: 'unsupported'; readonly missing: readonly string[] };

/** What the nearest `<im-client>` could not do; undefined while all is well. */
export const setupContext: Context<unknown, SetupProblem | undefined> = createContext(
  Symbol.for('im-kit:setup-problem'),
);
