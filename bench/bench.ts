import type { Line } from './line.js';

export type BenchOptions = {
  /** Fewer and shorter rounds: to see that it works, not to publish. */
  readonly quick: boolean;
};

export type Bench = {
  readonly name: string;
  /** What it measures, in a sentence. */
  readonly summary: string;
  run(options: BenchOptions): Promise<readonly Line[]>;
};

/** Runs `round` so many times, one after the other. */
export async function rounds<T>(count: number, round: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < count; index++) results.push(await round(index));
  return results;
}
