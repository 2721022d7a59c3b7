import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CoreEvent } from '../core/core.js';

export interface Metrics {
  readonly contentType: string;
  observe(event: CoreEvent): void;
  /** A request or a socket that this server refused before the core saw it. */
  readonly refused: (code: string) => void;
  text(): Promise<string>;
}

/** Figures in the format of Prometheus. `sockets` is asked when they are read. */
export function createMetrics(sockets: () => number): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  new Gauge({
    name: 'im_sockets',
    help: 'Open sockets.',
    registers,
    collect() {
      this.set(sockets());
    },
  });
  const sessions = new Gauge({
    name: 'im_sessions',
    help: 'Sockets with a good token.',
    registers,
  });
  const messages = new Counter({
    name: 'im_messages_total',
    help: 'Events made durable.',
    registers,
  });
  const commits = new Counter({
    name: 'im_commits_total',
    help: 'Durable transactions.',
    registers,
  });
  const delivered = new Counter({
    name: 'im_frames_delivered_total',
    help: 'Frames fanned out.',
    registers,
  });
  const trimmed = new Counter({
    name: 'im_events_trimmed_total',
    help: 'Events removed because of their age.',
    registers,
  });
  const failures = new Counter({
    name: 'im_store_failures_total',
    help: 'Refused by the disk.',
    registers,
  });
  const refusals = new Counter({
    name: 'im_refusals_total',
    help: 'Requests and frames refused, by error code.',
    labelNames: ['code'] as const,
    registers,
  });

  function observe(event: CoreEvent): void {
    switch (event.type) {
      case 'session-open':
        sessions.inc();
        return;
      case 'session-close':
        if (event.user !== undefined) sessions.dec();
        return;
      case 'committed':
        messages.inc(event.events);
        commits.inc(event.commits);
        return;
      case 'delivered':
        delivered.inc(event.frames);
        return;
      case 'trimmed':
        trimmed.inc(event.events);
        return;
      case 'refused':
        refusals.inc({ code: event.code });
        return;
      case 'store-failed':
        failures.inc();
        return;
    }
  }

  return {
    contentType: register.contentType,
    observe,
    refused: (code) => {
      refusals.inc({ code });
    },
    text: () => register.metrics(),
  };
}
