/** What a menu is made of, and how it looks. */
import { html, nothing, type TemplateResult } from 'lit';
import { chosenIcon, nextIcon } from '../../../icons/menu-icons.js';

/** One thing to choose. */
export type MenuItem = {
  readonly id: string;
  readonly words: string;
  readonly icon?: () => TemplateResult;
  /** It cannot be undone, or is felt by others. */
  readonly isDanger?: boolean;
  /** It leads to another menu. */
  readonly leadsOn?: boolean;
  /** One of several of which one holds, or something that is on or off. */
  readonly choice?: { readonly of: 'one' | 'many'; readonly isOn: boolean };
  /** Stands apart from what is above. */
  readonly isApart?: boolean;
};

/** A single character to choose, in the row on top. */
export type MenuGlyph = {
  readonly id: string;
  readonly glyph: string;
  readonly words: string;
  readonly isOn: boolean;
};

const ROLES = { one: 'menuitemradio', many: 'menuitemcheckbox' } as const;

/** The row of glyphs on top. */
export function glyphsTemplate(glyphs: readonly MenuGlyph[]): TemplateResult | typeof nothing {
  if (!glyphs.length) return nothing;
  return html`<div class="glyphs" role="group">
    ${glyphs.map(
      ({ id, glyph, words, isOn }) =>
        html`<button
          type="button"
          class="glyph"
          part="glyph"
          role="menuitemcheckbox"
          aria-checked=${isOn}
          aria-label=${words}
          title=${words}
          tabindex="-1"
          data-id=${id}
        >
          ${glyph}
        </button>`,
    )}
  </div>`;
}

/** One line of a menu. */
export function itemTemplate(item: MenuItem): TemplateResult {
  const { id, words, icon, isDanger, leadsOn, choice, isApart } = item;
  return html`${isApart ? html`<div class="line" role="separator"></div>` : nothing}<button
      type="button"
      class="item ${isDanger ? 'danger' : ''}"
      part=${isDanger ? 'item danger' : 'item'}
      role=${choice ? ROLES[choice.of] : 'menuitem'}
      aria-checked=${choice ? choice.isOn : nothing}
      aria-haspopup=${leadsOn ? 'menu' : nothing}
      tabindex="-1"
      data-id=${id}
    >
      ${icon ? icon() : nothing}<span dir="auto">${words}</span
      >${choice?.isOn ? chosenIcon() : nothing}${leadsOn ? nextIcon() : nothing}
    </button>`;
}
