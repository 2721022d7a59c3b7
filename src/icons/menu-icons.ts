/** Drawings of menus, on the grid of `icons.ts`; they load with the menus. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;
}

/** Two sheets: copy. */
export function copyIcon(): TemplateResult {
  return icon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5" /><path d="M5.5 15.5a2 2 0 0 1-1-1.7V7a2.5 2.5 0 0 1 2.5-2.5h6.8a2 2 0 0 1 1.7 1" />`,
  );
}

/** A pencil: edit. */
export function editIcon(): TemplateResult {
  return icon(svg`<path d="M15.8 4.7a2.1 2.1 0 0 1 3 3L8 18.5l-4 1 1-4Z" />`);
}

/** An arrow that turns back: take back. */
export function recallIcon(): TemplateResult {
  return icon(
    svg`<g class="mirror"><path d="M8.5 5 4.5 9l4 4" /><path d="M4.5 9h9.2a5 5 0 0 1 0 10H8" /></g>`,
  );
}

/** A bin: delete. */
export function removeIcon(): TemplateResult {
  return icon(
    svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 11a1.6 1.6 0 0 0 1.6 1.5h6.2a1.6 1.6 0 0 0 1.6-1.5l.8-11M10.2 10.8v5M13.8 10.8v5" />`,
  );
}

/** A star. */
export function starIcon(): TemplateResult {
  return icon(
    svg`<path d="m12 4.2 2.4 4.9 5.4.8-3.9 3.8.9 5.4-4.8-2.6-4.8 2.6.9-5.4-3.9-3.8 5.4-.8Z" />`,
  );
}

/** Two ticks: read. */
export function readIcon(): TemplateResult {
  return icon(svg`<path d="m3 12.8 4.2 4.2L15.5 8M12 16.4l.7.6L21 8" />`);
}

/** A bell: what is told. */
export function bellIcon(): TemplateResult {
  return icon(
    svg`<path d="M12 4.5a5 5 0 0 0-5 5c0 3.7-.7 5.8-2 7.5h14c-1.3-1.7-2-3.8-2-7.5a5 5 0 0 0-5-5ZM10 20h4" />`,
  );
}

/** A bubble with a dot: unread. */
export function unreadIcon(): TemplateResult {
  return icon(
    svg`<path d="M13 4.5H7A2.5 2.5 0 0 0 4.5 7v12.5l4-3H17a2.5 2.5 0 0 0 2.5-2.5v-3" /><circle class="solid" cx="18" cy="6" r="3" />`,
  );
}

/** An eye crossed out: hide. */
export function hideIcon(): TemplateResult {
  return icon(
    svg`<path d="m4 4 16 16M9.6 6.3A9 9 0 0 1 12 6c5.5 0 8.5 6 8.5 6a15 15 0 0 1-2.4 3.1M6.3 7.8A14 14 0 0 0 3.5 12s3 6 8.5 6c1.4 0 2.7-.4 3.8-1M10 10a2.9 2.9 0 0 0 4 4" />`,
  );
}

/** A folder. */
export function folderIcon(): TemplateResult {
  return icon(
    svg`<path d="M3.5 7.500A2 2 0 0 1 5.5 5.500h3.600l2.2 2.500h7.200a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2Z" />`,
  );
}

/** A plus: something new. */
export function plusIcon(): TemplateResult {
  return icon(svg`<path d="M12 5.500v13M5.5 12h13" />`);
}

/** An arrow to what comes next; styles mirror it in right-to-left text. */
export function nextIcon(): TemplateResult {
  return icon(svg`<path class="mirror" d="m9.5 6 6 6-6 6" />`);
}

/** A tick: chosen. */
export function chosenIcon(): TemplateResult {
  return icon(svg`<path d="m5 12.5 4.7 4.700L19 7.5" />`);
}
