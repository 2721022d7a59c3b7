import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ImClient } from '../../client/public.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { controls } from '../shared/styles/controls.styles.js';
import { dialogTemplate } from '../shared/templates/dialog-template.js';
import { dialogLook } from '../shared/styles/dialog.styles.js';
import { tokens } from '../shared/styles/tokens.styles.js';

/**
 * `<im-device-list>` in a dialog.
 *
 * @customElement im-device-dialog
 *
 * @csspart dialog - The `<dialog>`.
 */
export class ImDeviceDialog extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, dialogLook];

  /** Whose devices are shown. */
  @property({ attribute: false }) client: ImClient | undefined;

  /** Nothing of the dialog is made before it is wanted, nor kept after. */
  @state() private wanted = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;

  readonly #localize = new LocalizeController(this);

  /** Opens the dialog. */
  async show(): Promise<void> {
    this.wanted = true;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Closes the dialog. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    const { strings } = this.#localize;
    return dialogTemplate({
      heading: strings.devices,
      strings,
      content: this.wanted
        ? html`<im-device-list .client=${this.client}></im-device-list>`
        : undefined,
      close: () => this.close(),
      closed: () => (this.wanted = false),
    });
  }
}
