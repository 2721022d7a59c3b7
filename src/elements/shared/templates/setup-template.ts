import { html, type TemplateResult } from 'lit';
import type { Strings } from '../../../locales/en.js';
import type { SetupProblem } from '../../context.js';

/** What stands in place of everything while the chat cannot work at all. */
export function setupTemplate(problem: SetupProblem, strings: Strings): TemplateResult {
  switch (problem.reason) {
    case 'no-client':
      return html`<im-state
        kind="offline"
        heading=${strings.noClient}
        text=${strings.noClientHint}
      ></im-state>`;
    case 'bad-server':
      return html`<im-state
        kind="error"
        heading=${strings.badServer}
        text=${strings.badServerHint(problem.server)}
      ></im-state>`;
    case 'unsupported':
      return html`<im-state
        kind="error"
        heading=${strings.unsupported}
        text=${strings.unsupportedHint(problem.missing.join(', '))}
      ></im-state>`;
  }
}
