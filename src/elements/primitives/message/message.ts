import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { Message } from '../../../client/public.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { controls } from '../../shared/styles/controls.styles.js';
import { tokens } from '../../shared/styles/tokens.styles.js';
import { avatarLook } from '../avatar/avatar-look.styles.js';
import { messageLook } from './message-look.styles.js';
import { handleMessageClick, messageTemplate } from './message-template.js';
import { isNotice } from './message-text.js';
import { styles } from './message.styles.js';
import { senderTones } from './sender-tones.styles.js';

/**
 * One message outside a list, as in a search result. `<im-message-list>` draws the same bubbles itself.
 *
 * @customElement im-message
 *
 * @fires {ImOpenLinkEvent} im-open-link - A link was followed. Cancel it to open the address yourself.
 * @fires {ImRetryEvent} im-retry - A failed message should be sent again.
 * @fires {ImDiscardEvent} im-discard - A failed message should be forgotten.
 * @fires {ImMessageActionEvent} im-message-action - A reaction was tapped, or "Edited".
 *
 * @csspart bubble - The bubble; `own` as well when this user wrote it.
 * @csspart avatar - The sender's picture, in groups.
 * @csspart name - The sender's name, in groups.
 * @csspart text - What the message says.
 * @csspart link - A link in the text.
 * @csspart meta - Time and status together.
 * @csspart time - The time.
 * @csspart status - The clock, ticks or failure mark.
 * @csspart edited - "Edited", which leads to the earlier texts.
 * @csspart failure - The reason and the buttons below a failed message.
 * @csspart reactions - The reactions below the bubble.
 * @csspart reaction - One emoji with its number; `own` as well when this user is among them.
 * @csspart notice - A notice that nobody wrote, such as that the group was created.
 */
export class ImMessage extends LitElement {
  static override styles: CSSResultGroup = [
    tokens,
    controls,
    avatarLook,
    messageLook,
    senderTones,
    styles,
  ];

  /** The message to show. */
  @property({ attribute: false }) message: Message | undefined;

  /** Whether it continues the bubble above. */
  @property({ type: Boolean, reflect: true }) continued = false;

  /** Whether it belongs to a group, where senders have names and pictures. */
  @property({ type: Boolean, reflect: true }) group = false;

  /** Who looks at it, so that their own reactions are called theirs. */
  @property({ attribute: 'user-id' }) userId = '';

  readonly #localize = new LocalizeController(this);

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('click', (event) => {
      if (this.message) handleMessageClick(event, this.message, this);
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message, group } = this;
    if (!message) return nothing;
    const self = this.userId || undefined;
    const look = { first: !this.continued, last: true, group, reachable: true, self };
    const system = isNotice(message.content);
    const classes = { row: true, system, own: message.own, group, first: look.first, last: true };
    return html`<div class=${classMap(classes)}>
      ${messageTemplate(message, look, this.#localize)}
    </div>`;
  }
}
