/** What has the focus, at whatever depth; undefined when nothing on the page has. */
export function deepFocus(page: Document): HTMLElement | undefined {
  let active = page.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement && active !== page.body ? active : undefined;
}
