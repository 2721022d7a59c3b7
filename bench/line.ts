/** One measured figure beside what is asked of it. */

export type Spread = { readonly median: number; readonly min: number; readonly max: number };

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

export type Line = {
  /** Bench and figure: `throughput/messages`. */
  readonly name: string;
  /** What the figures of subject and floor count. */
  readonly unit: string;
  readonly subject: Spread;
  readonly floor: Spread | undefined;
  /** Subject over floor, pair by pair; without a floor the subject itself. */
  readonly measured: Spread;
  /** What a release must hold; a line without it only informs. */
  readonly asked: Goal | undefined;
  /** Where the product is heading. */
  readonly heading: Goal | undefined;
  /** What one must know to read the figure. */
  readonly note: string | undefined;
};

export type LineOptions = {
  readonly asked?: Goal;
  readonly heading?: Goal;
  readonly note?: string;
};

/** One round: subject and floor measured next to each other in time. */
export type Pair = { readonly subject: number; readonly floor: number };

/** Median, least and greatest of `samples`. @throws Error when there is none, or one is no number. */
export function spread(samples: readonly number[]): Spread {
  if (samples.length === 0 || !samples.every(Number.isFinite)) {
    throw new Error(`These are no measurements: ${JSON.stringify(samples)}`);
  }
  const sorted = samples.toSorted((one, other) => one - other);
  return { median: quantile(sorted, 0.5), min: sorted[0]!, max: sorted.at(-1)! };
}

/** The value below which `share` of the rising `sorted` lie. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
}

/** A line that holds a subject to its floor. */
export function ratioLine(
  name: string,
  unit: string,
  pairs: readonly Pair[],
  options: LineOptions = {},
): Line {
  return {
    name,
    unit,
    subject: spread(pairs.map(({ subject }) => subject)),
    floor: spread(pairs.map(({ floor }) => floor)),
    measured: spread(pairs.map(({ subject, floor }) => subject / floor)),
    asked: options.asked,
    heading: options.heading,
    note: options.note,
  };
}

/** A line that holds a subject to a fixed number. */
export function plainLine(
  name: string,
  unit: string,
  samples: readonly number[],
  options: LineOptions = {},
): Line {
  const subject = spread(samples);
  return {
    name,
    unit,
    subject,
    floor: undefined,
    measured: subject,
    asked: options.asked,
    heading: options.heading,
    note: options.note,
  };
}

/** Whether the median holds what is asked; undefined when nothing is. */
export function holds({ asked, measured }: Line): boolean | undefined {
  if (!asked) return;
  return 'atMost' in asked ? measured.median <= asked.atMost : measured.median >= asked.atLeast;
}
