import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Attention, Conversation, ConversationFolder, ImClient } from '../../client/public.js';
import { menuStrings } from '../../locales/en-menus.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { MenuRequests } from '../controllers/menu-requests.js';
import type { ImConfirm } from '../dialogs/confirm.js';
import type { ImFolder } from '../dialogs/folder.js';
import { ImActionFailedEvent } from '../events/action-failed.js';
import {
  ImConversationActionEvent,
  type ConversationAction,
} from '../events/conversation-action.js';
import type { ImMenuSelectEvent } from '../events/menu-select.js';
import type { ImMenu } from '../primitives/menu/menu.js';
import type { Anchor } from '../primitives/menu/place.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import { tokens } from '../shared/styles/tokens.styles.js';
import { pageItems, pageLabel, type MenuPage } from './conversation-menu-items.js';

/**
 * What can be done with a conversation, and with the folders: the menus, and what is asked on the way.
 * It stands inside a list of conversations, whose rows it opens for.
 *
 * @customElement im-conversation-menu
 *
 * @fires {ImConversationActionEvent} im-conversation-action - Something is about to be done with a
 *  conversation. Cancelable.
 * @fires {ImActionFailedEvent} im-action-failed - What the user asked for could not be done.
 *
 * @csspart menu - The menu.
 * @csspart dialog - A dialog.
 */
export class ImConversationMenu extends LitElement {
  static override styles: CSSResultGroup = tokens;

  /** Who does it. */
  @property({ attribute: false }) client: ImClient | undefined;

  /** The conversations of the list. */
  @property({ attribute: false }) conversations: readonly Conversation[] = [];

  /** The folders of the user. */
  @property({ attribute: false }) folders: readonly ConversationFolder[] = [];

  @state() private page: MenuPage | undefined;

  @query('im-menu') private readonly menu!: ImMenu;
  @query('im-confirm') private readonly confirm!: ImConfirm;
  @query('im-folder') private readonly folderDialog!: ImFolder;

  readonly #localize = new LocalizeController(this);
  #anchor: Anchor = { x: 0, y: 0 };

  constructor() {
    super();
    new MenuRequests(this, (id, anchor) => this.#open(id, anchor));
    this.addEventListener('im-conversation-action', (event) =>
      afterDispatch(event, () => this.#try(() => this.#perform(event))),
    );
  }

  /** Asks for a new folder. */
  async createFolder(): Promise<string | undefined> {
    const wish = await this.folderDialog.ask();
    if (wish === undefined || wish === 'remove') return;
    return this.client?.saveFolder(wish);
  }

  protected override render(): TemplateResult {
    const { folders } = this;
    const page = this.#freshPage();
    const words = menuStrings(this.#localize.strings);
    return html`<im-menu
        exportparts="menu"
        label=${page ? pageLabel(page, words) : ''}
        .items=${page ? pageItems(page, folders, words) : []}
        @im-menu-select=${this.#handleSelect}
      ></im-menu>
      <im-confirm exportparts="dialog"></im-confirm>
      <im-folder exportparts="dialog"></im-folder>`;
  }

  /** What the menu is about as it is now; it may change while the menu is open. */
  #freshPage(): MenuPage | undefined {
    const { page } = this;
    if (!page || page.kind === 'folder') return page;
    const { id } = page.conversation;
    const conversation = this.conversations.find((one) => one.id === id) ?? page.conversation;
    return { ...page, conversation };
  }

  /** Opens for a row of the list, or for a folder among its filters. */
  #open(id: string, anchor: Anchor): void {
    const conversation = this.conversations.find((one) => one.id === id);
    const folder = this.folders.find((one) => `folder ${one.id}` === id);
    if (conversation) void this.#show({ kind: 'conversation', conversation }, anchor);
    else if (folder) void this.#show({ kind: 'folder', folder }, anchor);
  }

  async #show(page: MenuPage, anchor: Anchor): Promise<void> {
    this.page = page;
    this.#anchor = anchor;
    await this.updateComplete;
    await this.menu.show(anchor);
  }

  #handleSelect(event: ImMenuSelectEvent): void {
    event.stopPropagation();
    const page = this.#freshPage();
    const { itemId } = event;
    if (!page) return;
    switch (page.kind) {
      case 'conversation':
        this.#choose(itemId, page.conversation);
        return;
      case 'attention':
        this.#fire({ type: 'attention', attention: itemId as Attention }, page.conversation);
        return;
      case 'folders':
        this.#try(() => this.#file(itemId, page.conversation));
        return;
      case 'folder':
        this.#try(() => this.#changeFolder(itemId, page.folder));
    }
  }

  #choose(itemId: string, conversation: Conversation): void {
    switch (itemId) {
      case 'attention':
      case 'folders':
        void this.#show({ kind: itemId, conversation }, this.#anchor);
        return;
      case 'pin':
        this.#fire({ type: 'pin', on: conversation.pinned === undefined }, conversation);
        return;
      case 'hide':
        this.#fire({ type: 'hide' }, conversation);
        return;
      case 'read':
      case 'unread':
        this.#fire({ type: 'unread', on: itemId === 'unread' }, conversation);
    }
  }

  #fire(action: ConversationAction, conversation: Conversation): void {
    this.dispatchEvent(new ImConversationActionEvent(action, conversation));
  }

  async #perform({ action, conversation }: ImConversationActionEvent): Promise<void> {
    const { client } = this;
    const { id, lastSeq } = conversation;
    switch (action.type) {
      case 'pin':
        return client?.pinConversation(id, action.on);
      case 'attention':
        return client?.setAttention(id, action.attention);
      case 'unread':
        return action.on ? client?.markUnread(id) : client?.markRead(id, lastSeq);
      case 'hide':
        return client?.hideConversation(id);
      case 'file':
        return client?.file(action.folderId, id, action.on);
    }
  }

  async #file(itemId: string, conversation: Conversation): Promise<void> {
    const isNew = itemId === 'new';
    const folderId = isNew ? await this.createFolder() : itemId.replace(/^folder /, '');
    if (folderId === undefined) return;
    const on = isNew || !conversation.folders.includes(folderId);
    this.#fire({ type: 'file', folderId, on }, conversation);
  }

  async #changeFolder(itemId: string, folder: ConversationFolder): Promise<void> {
    if (itemId === 'new') {
      await this.createFolder();
      return;
    }
    const wish = itemId === 'remove' ? 'remove' : await this.folderDialog.ask(folder);
    if (wish === undefined) return;
    if (wish !== 'remove') {
      await this.client?.saveFolder({ ...folder, ...wish });
      return;
    }
    const words = menuStrings(this.#localize.strings);
    const isSure = await this.confirm.ask({
      heading: words.folderRemoveTitle(folder.name),
      text: words.folderRemoveText,
      action: words.folderRemove,
      isDanger: true,
    });
    if (isSure) await this.client?.removeFolder(folder.id);
  }

  #try(action: () => Promise<unknown>): void {
    action().catch((error: unknown) => this.dispatchEvent(new ImActionFailedEvent('', error)));
  }
}
