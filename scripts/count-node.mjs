/** A reporter of node:test that writes nothing but counts: `<passed> <failed> <skipped>`. */

/**
 * @param {AsyncIterable<{ type: string; data: { nesting?: number; message?: string } }>} events
 * @returns {AsyncGenerator<string>}
 */
export default async function* countNode(events) {
  /** @type {Record<string, number>} */
  const counts = {};
  for await (const { type, data } of events) {
    if (type !== 'test:diagnostic' || data.nesting !== 0) continue;
    const [, name, count] = /^(\w+) (\d+)$/.exec(data.message ?? '') ?? [];
    if (name) counts[name] = Number(count);
  }
  const { pass = 0, fail = 0, cancelled = 0, skipped = 0, todo = 0 } = counts;
  yield `${pass} ${fail + cancelled} ${skipped + todo}\n`;
}
