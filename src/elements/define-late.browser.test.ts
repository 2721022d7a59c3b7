import { expect } from '@open-wc/testing';
import { arrived, defineLate } from './define-late.js';

describe('An element that arrives late', () => {
  it('is asked for again with the next connection when its file could not be had', async () => {
    let asked = 0;
    const load = async (): Promise<void> => {
      asked += 1;
      await Promise.resolve();
      if (asked < 3) throw new TypeError('Failed to fetch dynamically imported module');
    };
    const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
    defineLate(load);
    await settle();
    expect(asked).to.equal(1);
    window.dispatchEvent(new Event('online'));
    await settle();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(asked).to.equal(3);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(asked).to.equal(3);
  });

  it('is waited for by whoever needs its methods', async () => {
    const tag = `im-late-${Math.random().toString(36).slice(2)}`;
    const element = document.createElement(tag);
    document.body.append(element);
    const waiting = arrived(element);
    customElements.define(
      tag,
      class extends HTMLElement {
        greet = (): string => 'hello';
      },
    );
    const there = await waiting;
    expect('greet' in there).to.equal(true);
    element.remove();
  });
});
