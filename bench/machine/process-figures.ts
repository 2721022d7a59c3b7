/** What the kernel says about a process: its time on the processor and its memory. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Time that all threads of a process have run, in milliseconds, counted by the scheduler in ns. */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(
      readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0],
    );
  }
  return nanoseconds / 1e6;
}

/** Memory of a process that no other shares, in kB. */
export function privateKb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const clean = /^Private_Clean:\s+(\d+)/m.exec(rollup)?.[1];
  const dirty = /^Private_Dirty:\s+(\d+)/m.exec(rollup)?.[1];
  if (clean === undefined || dirty === undefined) throw new Error('This kernel hides memory maps.');
  return Number(clean) + Number(dirty);
}
