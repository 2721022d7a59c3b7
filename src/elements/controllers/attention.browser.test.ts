import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { AttentionController } from './attention-controller.js';

class AttentiveHost extends LitElement {
  changes = 0;
  readonly attention: AttentionController = new AttentionController(this, () => this.changes++);
}

customElements.define('attentive-host', AttentiveHost);

describe('The attention of the user', () => {
  const Real = window.IntersectionObserver;
  let report: (...states: boolean[]) => void;

  before(() => {
    document.hasFocus = () => true;
    window.IntersectionObserver = class extends Real {
      constructor(callback: IntersectionObserverCallback) {
        super(() => undefined);
        report = (...states) =>
          callback(
            states.map((isIntersecting) => ({ isIntersecting }) as IntersectionObserverEntry),
            this,
          );
      }
    };
  });

  after(() => {
    window.IntersectionObserver = Real;
    Reflect.deleteProperty(document, 'hasFocus');
  });

  it('follows the last of several changes that are told together', async () => {
    const host = await fixture<AttentiveHost>(html`<attentive-host></attentive-host>`);
    report(false, true);
    expect([host.attention.looking, host.changes]).to.deep.equal([true, 1]);
    report(true, false);
    expect([host.attention.looking, host.changes]).to.deep.equal([false, 2]);
  });
});
