import type { Bench } from '../bench.js';
import { catchUp } from './catch-up.js';
import { catchUpWide } from './catch-up-wide.js';
import { firstLoad } from './first-load.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { messageList } from './message-list.js';
import { start } from './start.js';
import { sync } from './sync.js';
import { throughput } from './throughput.js';

/** In the order in which they run. */
export const BENCHES: readonly Bench[] = [
  throughput,
  latency,
  start,
  memory,
  firstLoad,
  messageList,
  sync,
  catchUp,
  catchUpWide,
];
