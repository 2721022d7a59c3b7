/** What must hold once all faults are over: every device and the server tell the same story. */
import type { ChaosWorld } from './chaos-world.js';

export type Verdict = {
  lost: number;
  doubled: number;
  /** Places where the log of a device is not the server's. */
  outOfOrder: number;
  /** Messages of one sender that stand after a later one of theirs. */
  inversions: number;
  /** The first of each that was found. */
  examples: string[];
};

const PAGE = 50;

export async function compareLogs(world: ChaosWorld): Promise<Verdict> {
  const verdict: Verdict = { lost: 0, doubled: 0, outOfOrder: 0, inversions: 0, examples: [] };
  for (const conversation of world.conversations) {
    const log = await world.serverLog(conversation);
    checkServer(world, conversation, log, verdict);
    for (const { device, conversations } of world.seats) {
      if (!conversations.includes(conversation)) continue;
      const stored = (await device.stored(conversation)).log;
      // A device that hears of a long conversation keeps its newest page, and history comes when asked.
      const first = Math.min(stored[0]?.seq ?? 1, Math.max(1, log.length - PAGE + 1));
      const found = stored.map(({ seq, text }) => `${seq} ${text}`);
      const wanted = log.slice(first - 1).map(({ seq, text }) => `${seq} ${text}`);
      const differing = wanted.filter((line, at) => line !== found[at]);
      const extra = Math.max(0, found.length - wanted.length);
      note(verdict, 'outOfOrder', differing.length + extra, `${device.user}: ${differing[0]}`);
    }
  }
  return verdict;
}

type Line = { readonly seq: number; readonly text: string };

function checkServer(
  world: ChaosWorld,
  conversation: string,
  log: readonly Line[],
  verdict: Verdict,
): void {
  const texts = log.map(({ text }) => text).filter((text) => text !== '');
  const there = new Set(texts);
  note(verdict, 'doubled', texts.length - there.size, `in ${conversation}`);
  for (const { promised } of world.seats) {
    const lost = (promised.get(conversation) ?? []).filter((text) => !there.has(text));
    note(verdict, 'lost', lost.length, `${lost[0]}`);
  }
  const holes = log.filter(({ seq }, at) => seq !== at + 1);
  note(verdict, 'outOfOrder', holes.length, `a hole in ${conversation} before ${holes[0]?.seq}`);
  const counts = new Map<string, number>();
  for (const text of texts) {
    const [, sender = '', count = '0'] = /^(\S+) (\d+)/.exec(text) ?? [];
    if (Number(count) < (counts.get(sender) ?? 0)) note(verdict, 'inversions', 1, text);
    counts.set(sender, Math.max(Number(count), counts.get(sender) ?? 0));
  }
}

function note(
  verdict: Verdict,
  what: 'lost' | 'doubled' | 'outOfOrder' | 'inversions',
  count: number,
  example: string,
): void {
  if (count <= 0) return;
  verdict[what] += count;
  if (verdict.examples.length < 8) verdict.examples.push(`${what}: ${example}`);
}
