import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { countText } from '../../shared/text/count-text.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { badgeLook } from './badge-look.styles.js';
import { styles } from './badge.styles.js';

/**
 * A number of unread messages; nothing at zero, "99+" above 99.
 *
 * @customElement im-badge
 *
 * @csspart badge - The pill.
 */
export class ImBadge extends LitElement {
  static override styles: CSSResultGroup = [tokens, badgeLook, styles];

  /** How many messages are unread. */
  @property({ type: Number }) count = 0;

  readonly #localize = new LocalizeController(this);

  protected override render(): TemplateResult | typeof nothing {
    if (this.count <= 0) return nothing;
    const text = countText(this.count);
    const label = this.#localize.strings.unreadCount(text);
    return html`<span class="badge" part="badge" role="img" aria-label=${label}>${text}</span>`;
  }
}
