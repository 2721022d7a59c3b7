import type { Policy } from '../../../../src/protocol/entities.js';
import type { Appender } from '../log/append.js';
import type { Budgets } from './budget.js';
import type { Admission } from '../conversations/admission.js';
import type { Conversations } from '../conversations/conversations.js';
import type { CoreOptions } from '../core.js';
import type { Devices } from '../devices/devices.js';
import type { Directory } from '../directory.js';
import type { Hub } from '../hub.js';
import type { Journal } from '../log/journal.js';
import type { Marks } from '../conversations/marks.js';
import type { People } from '../conversations/people.js';
import type { Presence } from '../presence/presence.js';
import type { Retention } from '../log/retention.js';
import type { Sync } from '../log/sync.js';

/** The parts of one core, as its sessions see them. */
export type Services = {
  readonly options: CoreOptions;
  readonly policy: Policy;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly hub: Hub;
  readonly conversations: Conversations;
  readonly admission: Admission;
  readonly appender: Appender;
  readonly marks: Marks;
  readonly sync: Sync;
  readonly retention: Retention;
  readonly people: People;
  /** What each person may send. */
  readonly sends: Budgets;
  readonly devices: Devices;
  readonly presence: Presence;
};
