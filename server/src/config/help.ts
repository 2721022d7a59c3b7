import { SETTINGS, type Setting } from './settings.js';

function rows(setting: Setting): string[] {
  const { flag, variable, value, help, fallback } = setting;
  const usage = flag ? `${flag}${value ? ` <${value}>` : ''}` : variable;
  const also = flag ? `${variable}${fallback ? `, default ${fallback}` : ''}` : 'environment only';
  return [`  ${usage.padEnd(22)} ${help}`, `  ${''.padEnd(22)} (${also})`];
}

/** What `--help` prints. */
export function helpText(): string {
  return [
    'im-kit-server: the self-hosted server of im-kit. One process, one folder, one command.',
    '',
    'Usage: im-kit-server [settings]',
    '',
    ...Object.values(SETTINGS).flatMap(rows),
    `  ${'--help'.padEnd(22)} Prints this.`,
    `  ${'--version'.padEnd(22)} Prints the version.`,
    '',
    'A flag wins over its variable. Addresses are printed on stdout, the log on stderr.',
    '',
    'Exit codes:',
    '  0  stopped by SIGINT or SIGTERM; everything acknowledged is on disk',
    '  1  cannot run: the port is taken, another server uses the data folder, or a fault',
    '  2  a setting is wrong, or the data folder cannot be used',
    '  130  stopped at once by another signal, half a second after the first or later',
    '',
    'Examples:',
    '  im-kit-server --dev',
    '  im-kit-server --host 0.0.0.0 --port 80 --data /var/lib/im-kit --origin https://shop.example',
    '',
  ].join('\n');
}
