import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { avatarLook } from './avatar-look.styles.js';
import { avatarTemplate } from './avatar-template.js';
import { styles } from './avatar.styles.js';

/**
 * A person's or a group's picture. Without one it shows initials, or the first Han character, on a
 * colour that belongs to the id.
 *
 * @customElement im-avatar
 *
 * @csspart avatar - The round or square box.
 */
export class ImAvatar extends LitElement {
  static override styles: CSSResultGroup = [tokens, avatarLook, styles];

  /** Decides the colour; the user id or conversation id. */
  @property({ attribute: 'avatar-id' }) avatarId = '';

  /** The name that the initials come from. */
  @property() name = '';

  /** The address of a picture. */
  @property() src = '';

  /** A rounded square, as for groups. */
  @property({ type: Boolean, reflect: true }) square = false;

  /** 32, 44 or 72 pixels. */
  @property({ reflect: true }) size: 's' | 'm' | 'l' = 'm';

  protected override render(): TemplateResult {
    const { avatarId: id, name, src, square, size } = this;
    return html`<span role="img" aria-label=${name || id}
      >${avatarTemplate({ id, name, src, square, size })}</span
    >`;
  }
}
