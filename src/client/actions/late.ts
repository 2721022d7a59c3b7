import type { LiveValue } from '../live-value.js';
import type { Message } from '../public.js';
import { Actions, type ActionsOptions } from './actions.js';
import { Keeping } from './keeping.js';
import { followPinned } from './pinned.js';

export type LoadedActions = {
  readonly actions: Actions;
  readonly keeping: Keeping;
  /** Keeps a value at the pinned messages of a conversation. */
  readonly follow: (conversation: string, live: LiveValue<readonly Message[]>) => void;
};

/** Everything in `actions/`, made for one client. */
export function loadActions(options: ActionsOptions): LoadedActions {
  const actions = new Actions(options);
  return {
    actions,
    keeping: new Keeping(actions, options),
    follow: (conversation, live) => followPinned(options, actions.fetched, conversation, live),
  };
}
