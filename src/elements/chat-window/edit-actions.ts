import type { ImClient } from '../../client/public.js';
import type { ImMessageActionEvent } from '../events/message-action.js';
import { takeRecalled } from '../message-list/recalled-texts.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import type { DraftKeeper } from './draft-keeper.js';
import type { EditKeeper } from './edit-keeper.js';

export type EditActions = {
  readonly client: ImClient | undefined;
  readonly edit: EditKeeper;
  readonly draft: DraftKeeper;
  /** The composer has other words now. */
  readonly begun: () => void;
};

/** What is done with a message in the composer: it is edited, or written anew where it is gone. */
export function performEditAction(
  event: ImMessageActionEvent,
  { client, edit, draft, begun }: EditActions,
): void {
  const { action, message } = event;
  if (action === 'edit') afterDispatch(event, () => edit.start(message) && begun());
  if (action !== 'edit-again') return;
  afterDispatch(event, () => {
    const text = takeRecalled(client, message);
    if (text === undefined) return;
    edit.stop();
    draft.restore(message.conversationId, text);
    begun();
  });
}
