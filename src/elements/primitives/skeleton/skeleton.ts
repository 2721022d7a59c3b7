import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { visuallyHidden } from '../../shared/styles/visually-hidden.styles.js';
import { styles } from './skeleton.styles.js';

const ROWS = [0, 1, 2, 3, 4, 5, 6];
/** Most loads are over before this; nothing is drawn for them. */
const DELAY_MS = 200;

/**
 * The outline of what is still being loaded. It shows after 200 ms, so that quick loads do not flicker.
 *
 * @customElement im-skeleton
 *
 * @csspart base - The block of outlines.
 */
export class ImSkeleton extends LitElement {
  static override styles: CSSResultGroup = [tokens, visuallyHidden, styles];

  /** What is on its way: rows of conversations or bubbles of messages. */
  @property({ reflect: true }) shape: 'conversations' | 'messages' = 'conversations';

  /** What screen readers are told. */
  @property() label = '';

  @state() private shown = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setTimeout(() => (this.shown = true), DELAY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.shown = false;
  }

  protected override render(): TemplateResult {
    return html`<span class="visually-hidden" role="status">${this.shown ? this.label : ''}</span>
      ${this.shown ? this.#renderOutlines() : nothing}`;
  }

  #renderOutlines(): TemplateResult {
    return html`<div class="base" part="base" aria-hidden="true">
      ${ROWS.map(() => (this.shape === 'messages' ? renderMessage() : renderRow()))}
    </div>`;
  }
}

function renderRow(): TemplateResult {
  return html`<div class="row">
    <div class="round"></div>
    <div class="lines">
      <div class="line"></div>
      <div class="line"></div>
    </div>
  </div>`;
}

function renderMessage(): TemplateResult {
  return html`<div class="message"><div class="bubble"></div></div>`;
}
