/** Whether the Command key does here what the Control key does elsewhere. */
export function isApple(): boolean {
  return /Mac|iP(?:hone|ad|od)/.test(navigator.userAgent);
}

/** How the key of shortcuts is written here, before another key. */
export function modifierText(key: string): string {
  return isApple() ? `⌘${key}` : `Ctrl ${key}`;
}
