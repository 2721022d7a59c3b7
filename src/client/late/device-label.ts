/** What people know a device by. */
const BROWSERS =
  /(Edg|OPR|Firefox|FxiOS|SamsungBrowser|CriOS|Chrome|Safari)(?=[a-zA-Z]*\/)(?!.*(Edg|OPR|SamsungBrowser)[a-zA-Z]*\/)/;
const NAMES: Readonly<Record<string, string>> = {
  Edg: 'Edge',
  OPR: 'Opera',
  FxiOS: 'Firefox',
  SamsungBrowser: 'Samsung Internet',
  CriOS: 'Chrome',
};
const SYSTEMS = /iPhone|iPad|Android|Windows|Mac|CrOS|Linux(?!.*Android)/;

/** Such as "Chrome on macOS", or undefined when the runtime does not tell. */
export function labelOf(userAgent: string): string | undefined {
  const [browser] = BROWSERS.exec(userAgent) ?? [];
  const [system] = SYSTEMS.exec(userAgent) ?? [];
  const on = system === 'Mac' ? 'macOS' : system === 'CrOS' ? 'ChromeOS' : system;
  return browser && on && `${NAMES[browser] ?? browser} on ${on}`;
}
