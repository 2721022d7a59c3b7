import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { KeyboardInsetController } from './keyboard-inset-controller.js';

/** What a browser tells of the part of the page that is in sight. */
class FakeViewport extends EventTarget {
  height = window.innerHeight;
  offsetTop = 0;
  scale = 1;

  tell(change: Partial<Pick<FakeViewport, 'height' | 'offsetTop' | 'scale'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('resize'));
  }
}

const viewport = new FakeViewport();

customElements.define(
  'keyboard-inset-host',
  class extends LitElement {
    readonly inset = new KeyboardInsetController(this, () => viewport as unknown as VisualViewport);
  },
);

describe('The inset for the soft keyboard', () => {
  let host: HTMLElement;

  beforeEach(async () => {
    viewport.tell({ height: window.innerHeight, offsetTop: 0, scale: 1 });
    host = await fixture<HTMLElement>(html`<keyboard-inset-host></keyboard-inset-host>`);
  });

  /** Where the host stands on the screen; `bottom` counts from the lower edge of the window. */
  function stand(top: number, bottom: number): void {
    host.style.setProperty('position', 'fixed');
    host.style.setProperty('inset', `${top}px 0 ${bottom}px 0`);
  }

  const inset = (): string => host.style.getPropertyValue('--im-keyboard-inset');
  const under = (keyboard: number): { height: number } => ({
    height: window.innerHeight - keyboard,
  });

  it('is as high as the keyboard for a host that fills the window', () => {
    stand(0, 0);
    viewport.tell(under(280));
    expect(inset()).to.equal('280px');
    viewport.tell(under(0));
    expect(inset()).to.equal('');
  });

  it('is what the keyboard covers of a host that ends higher up', () => {
    stand(0, 100);
    viewport.tell(under(280));
    expect(inset()).to.equal('180px');
    stand(0, 300);
    viewport.tell(under(280));
    expect(inset()).to.equal('');
  });

  it('is no more than the keyboard below the fold, and nothing for a host that begins under it', () => {
    stand(0, -900);
    viewport.tell(under(20));
    expect(inset()).to.equal('');
    viewport.tell(under(280));
    expect(inset()).to.equal('280px');
    stand(window.innerHeight - 100, -900);
    viewport.tell(under(280));
    expect(inset()).to.equal('');
  });

  it('takes into account how far the browser has moved the page up', () => {
    stand(0, 0);
    viewport.tell({ ...under(280), offsetTop: 100 });
    expect(inset()).to.equal('180px');
  });

  it('is none under pinch zoom', () => {
    stand(0, 0);
    viewport.tell({ ...under(280), scale: 2 });
    expect(inset()).to.equal('');
  });
});
