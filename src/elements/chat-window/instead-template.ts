import { html, type TemplateResult } from 'lit';
import type { ConnectionState, Conversation } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import type { LiveState } from '../controllers/live-controller.js';
import { errorText } from '../shared/text/error-text.js';

/** Why there is no conversation to show. */
type Absence =
  | { readonly reason: 'none-chosen' }
  | { readonly reason: 'loading' }
  | { readonly reason: 'not-found' }
  /** The server would know it, but it cannot be asked now. Why not is told by the connection bar. */
  | { readonly reason: 'not-here' }
  | { readonly reason: 'failed'; readonly error: unknown };

/** Why this device does not know a conversation, as the connection stands. */
function unknownBecause(connection: ConnectionState | undefined): Absence {
  switch (connection?.status) {
    case 'connected':
      return { reason: 'not-found' };
    case 'refused':
    case 'offline':
    case 'stopped':
      return { reason: 'not-here' };
    case 'connecting':
      // Between two attempts nothing has become known; only the first one is worth waiting for.
      return { reason: connection.attempt > 1 ? 'not-here' : 'loading' };
    case 'catching-up':
    case undefined:
      return { reason: 'loading' };
  }
}

/** Why there is no conversation to show. */
export function absenceOf(known: {
  /** Why the conversation with a person could not be found. */
  readonly failure: unknown;
  readonly isChosen: boolean;
  readonly state: LiveState<Conversation | undefined>;
  readonly connection: ConnectionState | undefined;
}): Absence {
  const { failure, isChosen, state, connection } = known;
  if (failure) return { reason: 'failed', error: failure };
  if (!isChosen) return { reason: 'none-chosen' };
  if (state.status === 'failed') return { reason: 'failed', error: state.error };
  if (state.status !== 'ready') return { reason: 'loading' };
  return unknownBecause(connection);
}

/** What stands where the conversation would. */
export function insteadTemplate(absence: Absence, strings: Strings): TemplateResult {
  switch (absence.reason) {
    case 'none-chosen':
      return html`<slot name="empty"
        ><im-state heading=${strings.noSelection} text=${strings.noSelectionHint}></im-state
      ></slot>`;
    case 'loading':
      return html`<im-skeleton shape="messages" label=${strings.loadingMessages}></im-skeleton>`;
    case 'not-found':
      return html`<im-state
        kind="error"
        heading=${strings.conversationNotFound}
        text=${strings.conversationNotFoundHint}
      ></im-state>`;
    case 'not-here':
      return html`<im-state
        kind="offline"
        heading=${strings.conversationNotHere}
        text=${strings.conversationNotHereHint}
      ></im-state>`;
    case 'failed':
      return html`<im-state
        kind="error"
        heading=${strings.historyFailed}
        text=${errorText(strings, absence.error)}
      ></im-state>`;
  }
}
