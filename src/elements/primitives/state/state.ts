import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import {
  alertIcon,
  chatIcon,
  doneIcon,
  groupIcon,
  helloIcon,
  offlineIcon,
  searchIcon,
} from '../../../icons/icons.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { styles } from './state.styles.js';

type Kind = 'chat' | 'done' | 'error' | 'group' | 'hello' | 'offline' | 'search';

const FIGURES: Readonly<Record<Kind, () => TemplateResult>> = {
  chat: chatIcon,
  done: doneIcon,
  error: alertIcon,
  group: groupIcon,
  hello: helloIcon,
  offline: offlineIcon,
  search: searchIcon,
};

/**
 * What stands where there is nothing else to show: an empty list, nothing found, something failed.
 *
 * @customElement im-state
 *
 * @slot figure - A drawing in place of the icon.
 * @slot action - What can be done about it.
 *
 * @csspart base - The block of icon, heading and words.
 * @csspart heading - The heading.
 * @csspart text - The words below it.
 */
export class ImState extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, styles];

  /** Which icon stands above; `error` is also announced. */
  @property({ reflect: true }) kind: Kind = 'chat';

  /** What is the case. */
  @property() heading = '';

  /** What it means, or what to do. */
  @property() text = '';

  protected override render(): TemplateResult {
    return html`<div class="base" part="base" role=${this.kind === 'error' ? 'alert' : nothing}>
      <div class="figure"><slot name="figure">${FIGURES[this.kind]()}</slot></div>
      <h3 part="heading">${this.heading}</h3>
      ${this.text ? html`<p part="text">${this.text}</p>` : nothing}
      <slot name="action"></slot>
    </div>`;
  }
}
