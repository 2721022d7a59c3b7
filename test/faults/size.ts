/**
 * How much the tests of real faults do: a short form that every change can wait for, and a long one
 * (`npm run faults -- --long`) that runs before a release.
 */
export const IS_LONG: boolean = process.env['FAULTS'] === 'long';

/** The figure of the present form, unless a variable names another: `FAULTS_CHAOS_ROUNDS=3`. */
export function size(name: string, short: number, long: number): number {
  const given = process.env[`FAULTS_${name}`];
  return given === undefined ? (IS_LONG ? long : short) : Number(given);
}

/** Like 36,000. */
export function figure(value: number): string {
  return Math.round(value).toLocaleString('en');
}
