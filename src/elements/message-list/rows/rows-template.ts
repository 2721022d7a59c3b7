import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { setStyle } from '../../shared/templates/set-style.js';
import type { RowScroller } from './row-scroller.js';
import { rowTemplate, type RowContext } from './row-template.js';
import type { Row } from './rows.js';

/** The rows near the view, in a box as high as all of them. */
export function rowsTemplate(
  rows: readonly Row[],
  scroller: RowScroller,
  context: RowContext,
): TemplateResult {
  const { items } = scroller;
  // A row that is kept for its focus may stand apart; the others follow one another.
  const apart = scroller.apart(items);
  const start = items.find((item) => item !== apart)?.start ?? 0;
  return html`<div class="sizer" ${setStyle({ 'block-size': `${scroller.totalHeight}px` })}>
    <div class="rows" ${setStyle({ transform: `translateY(${start}px)` })}>
      ${repeat(
        items,
        ({ key }) => key,
        (item) => {
          const row = rows[item.index];
          const top = item === apart ? item.start - start : undefined;
          return row ? rowTemplate(row, item.index, top, context) : nothing;
        },
      )}
    </div>
  </div>`;
}
