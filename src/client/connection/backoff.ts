/** Wide enough that all clients of a server which lost them at once do not return in one heap. */
const FIRST_MS = 1_000;
const SHORT_OUTAGE_MS = 3_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before the next try: full jitter over a bound that doubles with every failure.
 * The bound stays at 3 seconds for the first half minute of an outage, so that a restarted server is
 * found at once, then grows to a minute.
 *
 * @param attempt - Failures in a row so far, from 0.
 * @param outageMs - How long there has been no connection.
 * @param random - At least 0, less than 1.
 */
export function backoffMs(attempt: number, outageMs: number, random: number): number {
  const longest = Math.min(LONGEST_MS, Math.max(SHORT_OUTAGE_MS, outageMs / 10));
  return random * Math.min(longest, FIRST_MS * 2 ** Math.min(attempt, 20));
}
