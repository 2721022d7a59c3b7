/**
 * What the kit needs of a browser and cannot do without: where one of these is missing, colours, layout
 * or whole elements fail. Everything else has a fallback.
 */
const NEEDS: Readonly<Record<string, () => boolean>> = {
  'light-dark()': () => CSS.supports('color', 'light-dark(#fff, #000)'),
  'relative colours': () => CSS.supports('color', 'oklch(from red l c h)'),
  'color-mix()': () => CSS.supports('color', 'color-mix(in oklab, red, blue)'),
  'container queries': () => CSS.supports('container-type', 'inline-size'),
  'custom states': () => typeof CustomStateSet === 'function',
  WebSocket: () => typeof WebSocket === 'function',
};

let missing: readonly string[] | undefined;

/** The names of what this browser lacks. It is looked at once. */
export function missingNeeds(): readonly string[] {
  missing ??= Object.entries(NEEDS).flatMap(([name, has]) => (has() ? [] : [name]));
  return missing;
}
