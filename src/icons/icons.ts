/** The kit's own drawings on a 24 px grid. They are functions so that unused ones drop out. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;
}

/** A pencil over a line: write to somebody new. */
export function composeIcon(): TemplateResult {
  return icon(svg`<path d="M12.5 20H20M15.8 4.7a2.1 2.1 0 0 1 3 3L8 18.5l-4 1 1-4Z" />`);
}

/** A magnifying glass. */
export function searchIcon(): TemplateResult {
  return icon(svg`<circle cx="11" cy="11" r="6.5" /><path d="m20 20-4.2-4.2" />`);
}

/** An arrow to where one came from; styles mirror it in right-to-left text. */
export function backIcon(): TemplateResult {
  return icon(svg`<path class="mirror" d="m14.5 18-6-6 6-6" />`);
}

/** An arrow to what is further down. */
export function downIcon(): TemplateResult {
  return icon(svg`<path d="m6 9.5 6 6 6-6" />`);
}

/** A filled paper plane; styles mirror it in right-to-left text. */
export function sendIcon(): TemplateResult {
  return icon(
    svg`<path class="solid mirror" d="M4.3 4.2 20.4 11.3a.8.8 0 0 1 0 1.4L4.3 19.8a.6.6 0 0 1-.8-.7L5.2 13l8-1-8-1L3.5 4.9a.6.6 0 0 1 .8-.7Z" />`,
  );
}

/** A laptop and a phone: devices. */
export function devicesIcon(): TemplateResult {
  return icon(
    svg`<path d="M4.5 15.5V7A1.5 1.5 0 0 1 6 5.5h11M2.5 18.5h10" /><rect x="15" y="9.5" width="6" height="10" rx="1.5" />`,
  );
}

/** A cross: close, clear. */
export function closeIcon(): TemplateResult {
  return icon(svg`<path d="m6.5 6.5 11 11m0-11-11 11" />`);
}

/** Two speech bubbles: conversations. */
export function chatIcon(): TemplateResult {
  return icon(
    svg`<path d="M4 5.5A2.5 2.5 0 0 1 6.5 3h8A2.5 2.5 0 0 1 17 5.5v5a2.5 2.5 0 0 1-2.5 2.5H9l-5 4Z" /><path d="M20.5 9v11l-4-3H11" />`,
  );
}

/** A waving hand's rays around a smile: the beginning of a conversation. */
export function helloIcon(): TemplateResult {
  return icon(
    svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 14a4.3 4.3 0 0 0 7 0M9 9.7h.01M15 9.7h.01" />`,
  );
}

/** A circled exclamation mark: something failed. */
export function alertIcon(): TemplateResult {
  return icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.8v5M12 16h.01" />`);
}

/** A tick in a circle: nothing is left to do. */
export function doneIcon(): TemplateResult {
  return icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="m8.3 12.3 2.6 2.6 4.8-5.4" />`);
}

/** A cloud crossed out: no connection. */
export function offlineIcon(): TemplateResult {
  return icon(
    svg`<path d="m4 4 16 16M9.3 6.1A6 6 0 0 1 17.8 11 4 4 0 0 1 20 17.2M16 18.5H7a4.5 4.5 0 0 1-.6-9" />`,
  );
}

/** Three people's heads and shoulders: a group. */
export function groupIcon(): TemplateResult {
  return icon(
    svg`<circle cx="9.5" cy="8.5" r="3.5" /><path d="M3.5 19.5a6 6 0 0 1 12 0M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.4a6 6 0 0 1 2.5 5.1" />`,
  );
}

/** A clock: waiting to be sent. */
export function clockMark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 16 12" aria-hidden="true">
    <circle cx="9" cy="6" r="4.6" />
    <path d="M9 3.4V6l1.6 1.2" />
  </svg>`;
}

/** One tick: on the server. */
export function tickMark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 16 12" aria-hidden="true">
    <path d="m4 6.6 3 3.2L13 2.6" />
  </svg>`;
}

/** Two ticks: on the other side. */
export function ticksMark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 16 12" aria-hidden="true">
    <path d="m1 6.6 3 3.2L10 2.6M7.6 9.2l.6.6L14.5 2.6" />
  </svg>`;
}

/** An exclamation mark in a filled circle: not sent. */
export function failedMark(): TemplateResult {
  return html`<svg class="mark failed" viewBox="0 0 16 12" aria-hidden="true">
    <circle cx="9" cy="6" r="5" />
    <path d="M9 3.4v3M9 8.6h.01" />
  </svg>`;
}

/** A drawing pin: stands on top. */
export function pinIcon(): TemplateResult {
  return icon(svg`<path d="M9 4h6l-.7 6.2L17.5 14h-11l3.2-3.8ZM12 14v6" />`);
}

/** A bell crossed out: nothing is told. */
export function bellOffIcon(): TemplateResult {
  return icon(
    svg`<path d="m4 4 16 16M8.2 6.2A5 5 0 0 1 17 9.5c0 2 .4 3.6 1 4.8M15 17H5c1.3-1.7 2-3.8 2-7.5M10 20h4" />`,
  );
}

/** Three dots: more can be done. Every row has them, so they are one template and not two. */
export function moreIcon(): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path
      class="solid"
      d="M5.5 10.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Zm6.5 0a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Zm6.5 0a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Z"
    />
  </svg>`;
}
