/**
 * The load generator, in a process of its own so that its work is not counted as the server's.
 * Takes orders over the process channel, one at a time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { cpuMs } from '../machine/process-figures.js';
import { quantile } from '../line.js';
import { pairOf } from './frames.js';
import { Link, openSocket } from './link.js';
import type { Answer, Order, Outcome, Target } from './orders.js';

/** Sockets that are being opened at the same time. */
const OPENING = 50;
const DRAIN_MS = 20_000;
const RUN = process.pid.toString(36);

const links: Link[] = [];
const sentAt = new Map<string, number>();
let latenciesMs: number[] = [];
let timed = false;
let sent = 0;
let acknowledged = 0;
let arrived = 0;
let failure: string | undefined;
let onAcknowledged: (link: Link) => void = () => undefined;

const watcher = {
  acknowledged: (link: Link): void => {
    acknowledged++;
    onAcknowledged(link);
  },
  arrived: (ids: readonly string[]): void => {
    arrived += ids.length;
    if (timed) noteLatencies(ids);
  },
  failed: (reason: string): void => {
    failure ??= reason;
  },
};

function noteLatencies(ids: readonly string[]): void {
  const now = performance.now();
  for (const id of ids) {
    const at = sentAt.get(id);
    if (at === undefined) throw new Error(`Nobody sent ${id}.`);
    sentAt.delete(id);
    latenciesMs.push(now - at);
  }
}

async function connect(target: Target, frameBytes: number): Promise<void> {
  for (let first = 0; first < target.clients; first += OPENING) {
    const indexes = Array.from(
      { length: Math.min(OPENING, target.clients - first) },
      (_, i) => first + i,
    );
    const opened = await Promise.all(indexes.map((index) => openSocket(target, index, RUN)));
    for (const [offset, socket] of opened.entries()) {
      const index = first + offset;
      links.push(new Link(pairOf(index >> 1, RUN, frameBytes)[index & 1]!, socket, watcher));
    }
  }
}

function send(link: Link): void {
  const n = link.send();
  sent++;
  if (timed) sentAt.set(`${link.party.user.slice(5)}-${RUN}-${n}`, performance.now());
}

/** Waits until everything sent has been acknowledged and has arrived, and nothing arrived twice. */
async function drain(): Promise<void> {
  const deadline = performance.now() + DRAIN_MS;
  while ((acknowledged < sent || arrived < sent) && performance.now() < deadline) await pause(10);
  const counts = `${sent} sent, ${acknowledged} acknowledged, ${arrived} arrived`;
  if (failure !== undefined) throw new Error(`${failure} (${counts})`);
  if (acknowledged !== sent || arrived !== sent) throw new Error(counts);
}

/** Counts what is done within the window; the load itself is running already. */
async function measure(warmUpMs: number, measureMs: number, serverPid: number): Promise<Outcome> {
  await pause(warmUpMs);
  latenciesMs = [];
  const before = { acknowledged, arrived, cpu: cpuMs(serverPid), at: performance.now() };
  await pause(measureMs);
  const messages = Math.min(acknowledged - before.acknowledged, arrived - before.arrived);
  const seconds = (performance.now() - before.at) / 1000;
  const serverCpuMs = cpuMs(serverPid) - before.cpu;
  const sorted = latenciesMs.toSorted((one, other) => one - other);
  const [p50Ms, p99Ms] = sorted.length ? [quantile(sorted, 0.5), quantile(sorted, 0.99)] : [0, 0];
  return { messages, seconds, serverCpuMs, p50Ms, p99Ms };
}

async function press(order: Extract<Order, { type: 'press' }>): Promise<Outcome> {
  onAcknowledged = send;
  for (const link of links) for (let i = 0; i < order.inFlight; i++) send(link);
  const outcome = await measure(order.warmUpMs, order.measureMs, order.serverPid);
  onAcknowledged = () => undefined;
  await drain();
  return outcome;
}

async function pace(order: Extract<Order, { type: 'pace' }>): Promise<Outcome> {
  timed = true;
  const started = performance.now();
  let due = 0;
  const timer = setInterval(() => {
    const now = ((performance.now() - started) / 1000) * order.perSecond;
    for (; due < now; due++) send(links[due % links.length]!);
  }, 1);
  const outcome = await measure(order.warmUpMs, order.measureMs, order.serverPid);
  clearInterval(timer);
  await drain();
  timed = false;
  return outcome;
}

async function obey(order: Order): Promise<Answer> {
  switch (order.type) {
    case 'connect':
      await connect(order.target, order.frameBytes);
      return { type: 'connected' };
    case 'press':
      return { type: 'done', outcome: await press(order) };
    case 'pace':
      return { type: 'done', outcome: await pace(order) };
  }
}

process.on('message', (order: Order) => {
  obey(order)
    .catch((error: unknown): Answer => ({ type: 'failed', reason: String(error) }))
    .then((answer) => process.send!(answer))
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(0));
