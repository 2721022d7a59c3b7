import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  settled,
  still,
} from '../../../../test/helpers/element-fixtures.js';
import type { ImMenu } from './menu.js';
import type { MenuItem } from './menu-item.js';
import './define.js';

const ITEMS: readonly MenuItem[] = [
  { id: 'copy', words: 'Copy text' },
  { id: 'edit', words: 'Edit' },
  { id: 'remove', words: 'Delete for me', isDanger: true, isApart: true },
];
const GLYPHS = ['👍', '🎉'].map((glyph) => ({
  id: glyph,
  glyph,
  words: `React with ${glyph}`,
  isOn: glyph === '🎉',
}));

describe('<im-menu>', () => {
  let button: HTMLButtonElement;
  let menu: ImMenu;
  let chosen: string[];

  beforeEach(async () => {
    const box = await fixture(
      html`<div>
        <button>Open</button><im-menu label="More actions" .items=${ITEMS}></im-menu>
      </div>`,
    );
    button = box.querySelector('button')!;
    menu = box.querySelector('im-menu')!;
    chosen = [];
    menu.addEventListener('im-menu-select', ({ itemId }) => chosen.push(itemId));
    button.focus();
  });

  const now = (): string | undefined => (deepActive() as HTMLElement).dataset.id;
  const isOpen = (): boolean => deepOne(menu.renderRoot, '[role=menu]').checkVisibility();

  async function visit(...keys: string[]): Promise<(string | undefined)[]> {
    const visited = [];
    for (const press of keys) {
      await sendKeys({ press });
      visited.push(now());
    }
    return visited;
  }

  it('opens with the focus on the first line, and moves by arrows, Home, End and letters', async () => {
    await menu.show(button);
    expect(now()).to.equal('copy');
    expect(await visit('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp')).to.deep.equal([
      'edit',
      'remove',
      'copy',
      'remove',
    ]);
    expect(await visit('Home', 'End', 'e')).to.deep.equal(['copy', 'remove', 'edit']);
  });

  it('moves within the row of glyphs by the other arrows, and past it as past one line', async () => {
    menu.glyphs = GLYPHS;
    await menu.show(button);
    expect(now()).to.equal('👍');
    expect(
      await visit('ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'ArrowUp'),
    ).to.deep.equal(['🎉', '👍', '🎉', 'copy', '👍', 'remove']);
  });

  it('chooses with Enter, says so once it has closed, and gives the focus back', async () => {
    await menu.show(button);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await settled(menu);
    expect(chosen).to.deep.equal(['edit']);
    expect(isOpen()).to.equal(false);
    expect(deepActive()).to.equal(button);
  });

  it('closes with Escape and with Tab, keeps the key for itself, and gives the focus back', async () => {
    const heard: string[] = [];
    menu.parentElement!.addEventListener('keydown', ({ key }) => heard.push(key));
    for (const press of ['Escape', 'Tab']) {
      await menu.show(button);
      await sendKeys({ press });
      await settled(menu);
      expect(isOpen(), press).to.equal(false);
      expect(deepActive(), press).to.equal(button);
    }
    expect(chosen).to.deep.equal([]);
    expect(heard).to.deep.equal([]);
  });

  it('closes with a press elsewhere and when the window changes', async () => {
    await menu.show(button);
    await sendMouse({ type: 'click', position: [window.innerWidth - 4, window.innerHeight - 4] });
    await settled(menu);
    expect(isOpen()).to.equal(false);
    await menu.show(button);
    window.dispatchEvent(new Event('resize'));
    await settled(menu);
    expect(isOpen()).to.equal(false);
  });

  it('stands whole within the window, whichever corner it opens at', async () => {
    const { innerWidth, innerHeight } = window;
    for (const [x, y] of [
      [0, 0],
      [innerWidth, 0],
      [0, innerHeight],
      [innerWidth, innerHeight],
    ] as const) {
      await menu.show({ x, y });
      await still();
      const box = deepOne(menu.renderRoot, '[role=menu]').getBoundingClientRect();
      const name = `${x} ${y}`;
      expect(box.left, name).to.be.at.least(8);
      expect(box.top, name).to.be.at.least(8);
      expect(box.right, name).to.be.at.most(innerWidth - 8);
      expect(box.bottom, name).to.be.at.most(innerHeight - 8);
      menu.close();
    }
  });

  it('says what is chosen among several, and begins there', async () => {
    menu.items = [
      { id: 'all', words: 'All messages', choice: { of: 'one', isOn: false } },
      { id: 'none', words: 'None', choice: { of: 'one', isOn: true } },
    ];
    await menu.show(button);
    expect(now()).to.equal('none');
    expect(
      deepAll(menu.renderRoot, '[role=menuitemradio]').map((one) => one.ariaChecked),
    ).to.deep.equal(['false', 'true']);
  });

  it('has no accessibility finding in light and in dark', async () => {
    menu.glyphs = GLYPHS;
    for (const scheme of ['light', 'dark']) {
      menu.style.setProperty('color-scheme', scheme);
      await menu.show(button);
      await still();
      await frames();
      await expect(menu).to.be.accessible();
      menu.close();
    }
  });
});
