import { expect, fixture, html } from '@open-wc/testing';
import { deepAll, deepOne, deepText } from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import './define.js';

describe('A browser that lacks what the kit needs', () => {
  const supports = CSS.supports.bind(CSS);

  before(() => {
    CSS.supports = (...args: [string, string?]) =>
      !/light-dark|container/.test(args.join(' ')) && supports(...(args as [string, string]));
  });

  after(() => {
    CSS.supports = supports;
  });

  it('is told so, with what it lacks, in place of everything', async () => {
    const app = await fixture<HTMLElementTagNameMap['im-app']>(
      html`<im-app .client=${new FakeClient()}></im-app>`,
    );
    expect(deepOne(app.renderRoot, 'im-state').getAttribute('heading')).to.equal(
      'This browser is too old for the chat',
    );
    expect(deepText(app.shadowRoot!)).to.contain('What it lacks: light-dark(), container queries.');
    expect(deepAll(app.renderRoot, 'im-conversation-list')).to.have.length(0);
  });
});
