/** What a child process is asked for, and what it answers. */
import type { Plan } from './plan.js';
import type { Result } from './run-plan.js';

export type Job =
  | { readonly type: 'seed'; readonly seed: number; readonly isTraced?: boolean }
  | { readonly type: 'plan'; readonly plan: Plan; readonly isTraced?: boolean }
  /** Makes a failing plan as short as it gets. */
  | { readonly type: 'shrink'; readonly plan: Plan };

export type Answer = { readonly result: Result; readonly plan: Plan };
