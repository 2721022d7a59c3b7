import { html, type TemplateResult } from 'lit';
import type { ConnectionState, StorageState } from '../../../client/public.js';
import { afterDispatch } from '../after-dispatch.js';

export type Standing = {
  readonly connection: ConnectionState | undefined;
  readonly storage: StorageState | undefined;
};

/**
 * The bar that says how the client stands with the server.
 *
 * @param reconnect - Tries again; the button that asked for it is gone then, and had the focus when
 *  `focused` says so.
 */
export function connectionBarTemplate(
  { connection, storage }: Standing,
  reconnect: (focused: boolean) => void,
): TemplateResult {
  return html`<im-connection-bar
    exportparts="bar,button:bar-button"
    .connection=${connection}
    .storage=${storage}
    @im-reconnect=${(event: Event) => {
      const bar = event.currentTarget as Element;
      afterDispatch(event, () => reconnect(bar.matches(':focus-within')));
    }}
  ></im-connection-bar>`;
}
