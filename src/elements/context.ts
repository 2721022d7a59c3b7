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
