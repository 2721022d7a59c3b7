/** Where something that floats finds room: at an element or at a point, and whole within the window. */

/** A point of the window, as of a pointer. */
export type Point = { readonly x: number; readonly y: number };

/** What a menu opens at. */
export type Anchor = Element | Point;

/** How close to the edge of the window something may stand. */
const EDGE = 8;
const GAP = 4;

/** The corner for a box of a size: below its anchor where there is room, else above. */
export function place(
  anchor: Anchor,
  size: { readonly width: number; readonly height: number },
  isRtl: boolean,
): Point {
  const { left, right, top, bottom } = edgesOf(anchor);
  const { innerWidth, innerHeight } = window;
  const fitsBelow = bottom + GAP + size.height <= innerHeight - EDGE;
  const y = fitsBelow ? bottom + GAP : top - GAP - size.height;
  // Starts where the anchor starts, or ends where it ends when that leaves no room.
  const start = isRtl ? right - size.width : left;
  const end = isRtl ? left : right - size.width;
  const fits = start >= EDGE && start + size.width <= innerWidth - EDGE;
  return {
    x: within(fits ? start : end, innerWidth - size.width),
    y: within(y, innerHeight - size.height),
  };
}

function edgesOf(anchor: Anchor): Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'> {
  if (anchor instanceof Element) return anchor.getBoundingClientRect();
  return { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
}

function within(value: number, room: number): number {
  return Math.max(Math.min(value, room - EDGE), EDGE);
}
