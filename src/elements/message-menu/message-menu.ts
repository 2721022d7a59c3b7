import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Conversation, ImClient, Message, Policy } from '../../client/public.js';
import { menuStrings, type MenuStrings } from '../../locales/en-menus.js';
import { LiveController } from '../controllers/live-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { MenuRequests } from '../controllers/menu-requests.js';
import type { ImConfirm, Question } from '../dialogs/confirm.js';
import type { ImReaders } from '../dialogs/readers.js';
import type { ImVersions } from '../dialogs/versions.js';
import type { ImMenuSelectEvent } from '../events/menu-select.js';
import { ImMessageActionEvent, type MessageAction } from '../events/message-action.js';
import type { ImMenu } from '../primitives/menu/menu.js';
import type { Anchor } from '../primitives/menu/place.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { messageMenuItems, QUICK_EMOJI, reactionGlyphs } from './message-menu-items.js';

/**
 * What can be done with a message: the menu, what is asked before something is lost, and the lists of
 * readers and of earlier texts. It stands inside a list of messages, whose rows it opens for.
 *
 * @customElement im-message-menu
 *
 * @fires {ImMessageActionEvent} im-message-action - Something was chosen, and confirmed where needed.
 *
 * @csspart menu - The menu.
 * @csspart dialog - A dialog.
 */
export class ImMessageMenu extends LitElement {
  static override styles: CSSResultGroup = tokens;

  /** Where policy, readers and earlier texts come from. */
  @property({ attribute: false }) client: ImClient | undefined;

  /** The conversation of the messages. */
  @property({ attribute: false }) conversation: Conversation | undefined;

  /** Finds the message of a row. */
  @property({ attribute: false }) find: (messageId: string) => Message | undefined = () =>
    undefined;

  @state() private message: Message | undefined;

  @query('im-menu') private readonly menu!: ImMenu;
  @query('im-confirm') private readonly confirm!: ImConfirm;
  @query('im-readers') private readonly readersList!: ImReaders;
  @query('im-versions') private readonly versionsList!: ImVersions;

  readonly #localize = new LocalizeController(this);
  readonly #policy = new LiveController<Policy>(
    this,
    () => [this.client],
    () => this.client?.policy,
  );

  constructor() {
    super();
    new MenuRequests(this, (id, anchor) => {
      const message = this.find(id);
      if (message) void this.show(message, anchor);
    });
  }

  /** Opens the menu for a message; notices of what happened have none. */
  async show(message: Message, anchor: Anchor): Promise<void> {
    if (message.content.type === 'system') return;
    this.message = message;
    await this.updateComplete;
    await this.menu.show(anchor);
  }

  /** Shows who has read a message. */
  async showReaders(message: Message): Promise<void> {
    await this.readersList.show(message);
  }

  /** Shows the earlier texts of a message. */
  async showVersions(message: Message): Promise<void> {
    await this.versionsList.show(message);
  }

  protected override render(): TemplateResult {
    const { message, conversation, client } = this;
    const { strings } = this.#localize;
    const words = menuStrings(strings);
    const circumstances = { conversation, policy: this.#policy.value, now: Date.now() };
    return html`<im-menu
        exportparts="menu"
        label=${strings.moreActions}
        .items=${message ? messageMenuItems(message, circumstances, words) : []}
        .glyphs=${message ? reactionGlyphs(message, words) : []}
        @im-menu-select=${this.#handleSelect}
      ></im-menu>
      <im-confirm exportparts="dialog"></im-confirm>
      <im-readers exportparts="dialog" .client=${client}></im-readers>
      <im-versions exportparts="dialog" .client=${client}></im-versions>`;
  }

  #handleSelect(event: ImMenuSelectEvent): void {
    event.stopPropagation();
    const { message } = this;
    if (!message) return;
    const { itemId } = event;
    if (QUICK_EMOJI.includes(itemId)) this.#fire('react', message, itemId);
    else void this.#choose(itemId as MessageAction, message);
  }

  async #choose(action: MessageAction, message: Message): Promise<void> {
    const question = questionFor(action, menuStrings(this.#localize.strings));
    if (!question || (await this.confirm.ask(question))) this.#fire(action, message);
  }

  #fire(action: MessageAction, message: Message, emoji?: string): void {
    this.dispatchEvent(new ImMessageActionEvent(action, message, emoji));
  }
}

/** What is asked before something that others notice, or that cannot be had back. */
function questionFor(action: MessageAction, words: MenuStrings): Question | undefined {
  switch (action) {
    case 'recall':
      return {
        heading: words.recallTitle,
        text: words.recallText,
        action: words.recall,
        isDanger: true,
      };
    case 'remove':
      return {
        heading: words.removeForMeTitle,
        text: words.removeForMeText,
        action: words.removeForMe,
        isDanger: true,
      };
    case 'remove-for-all':
      return {
        heading: words.removeForAllTitle,
        text: words.removeForAllText,
        action: words.removeForAll,
        isDanger: true,
      };
    case 'unpin':
      return { heading: words.unpinTitle, text: words.unpinText, action: words.unpin };
    case 'copy':
    case 'edit':
    case 'pin':
    case 'react':
    case 'readers':
    case 'star':
    case 'unstar':
    case 'versions':
      return;
  }
}
