/**
 * Opens every story of a fresh Storybook, and shows it in light and in dark. Fails on axe findings, errors in the
 * console or the page, plays that throw, tags that nobody defined, and requests that leave the
 * machine. Words of the command line pick stories: `npm run test:stories -- composer`; `--built`
 * takes the Storybook that is there.
 */
import { openStorySite } from './site.js';
import { SCHEMES, visitStory } from './visit.js';

const AT_ONCE = 2;

const args = process.argv.slice(2);
const words = args.filter((word) => !word.startsWith('-'));
const { origin, browser, stories, stop } = await openStorySite(args.includes('--built'));
const visits = stories
  .map(({ id }) => id)
  .filter((id) => words.length === 0 || words.some((word) => id.includes(word)));
const total = visits.length * SCHEMES.length;
const started = Date.now();
let failed = 0;

async function work(): Promise<void> {
  for (let id = visits.shift(); id !== undefined; id = visits.shift()) {
    const found = await visitStory(browser, origin, id);
    for (const scheme of SCHEMES) {
      if (found[scheme].length === 0) continue;
      failed += 1;
      console.error(`${id} [${scheme}]\n  ${[...new Set(found[scheme])].join('\n  ')}`);
    }
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
await stop();
console.log(`${total / SCHEMES.length} stories, ${((Date.now() - started) / 1000).toFixed(1)} s`);
console.log(`${total - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || total === 0 ? 1 : 0;
