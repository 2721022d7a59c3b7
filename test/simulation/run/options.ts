import { parseArgs } from 'node:util';

export type Options = {
  readonly from: number;
  readonly seeds: number;
  readonly workers: number | undefined;
  /** A file with a plan to run instead of seeds. */
  readonly script: string | undefined;
  readonly isTraced: boolean;
  readonly mutant: string | undefined;
};

export const HELP = `npm run simulate -- [options]
  --seeds N      how many seeds to run (default 1000)
  --from N       the first of them (default 1)
  --script FILE  runs a script that a failure has left, instead of seeds
  --trace        writes down everything that happens
  --workers N    processes at once (default: one a processor)
  --mutant NAME  with a fault of test/simulation/mutants.ts in the product
`;

/** @throws Error for what is no option, and for what is no number. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean' },
      from: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1000' },
      workers: { type: 'string' },
      script: { type: 'string' },
      trace: { type: 'boolean', default: false },
      mutant: { type: 'string' },
    },
  });
  if (values.help) return 'help';
  return {
    from: countOf('from', values.from),
    seeds: countOf('seeds', values.seeds),
    workers: values.workers === undefined ? undefined : countOf('workers', values.workers),
    script: values.script,
    isTraced: values.trace,
    mutant: values.mutant,
  };
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new Error(`--${name} is a number from 1 on.`);
  return count;
}
