import { expect, fixture, html } from '@open-wc/testing';
import { deepOne, frames } from '../../../../test/helpers/element-fixtures.js';
import type { ImAvatar } from './avatar.js';
import './define.js';

const PICTURE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
)}`;
const BROKEN = 'data:image/png;base64,AAAA';

describe('<im-avatar>', () => {
  let avatar: ImAvatar;

  beforeEach(async () => {
    avatar = await fixture<ImAvatar>(
      html`<im-avatar avatar-id="mara" name="Mara Okafor"></im-avatar>`,
    );
  });

  /** Shows a picture, and waits for what the browser says of it. */
  async function show(src: string): Promise<HTMLElement> {
    avatar.src = src;
    await avatar.updateComplete;
    const image = deepOne(avatar.renderRoot, 'img');
    await new Promise((resolve) => {
      image.addEventListener('load', resolve);
      image.addEventListener('error', resolve);
    });
    await frames(1);
    return image;
  }

  it('shows initials where the picture is broken, and the next picture that is not', async () => {
    expect((await show(BROKEN)).checkVisibility()).to.equal(false);
    expect(deepOne(avatar.renderRoot, '[part=avatar]').textContent).to.equal('MO');
    expect((await show(PICTURE)).checkVisibility()).to.equal(true);
  });
});
