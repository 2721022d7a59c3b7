import {
  c2cId,
  conversationKind,
  isUserId,
  makeKey,
  SYSTEM_USER,
} from '../../../src/protocol/ids.js';
import { ImError } from '../../../src/protocol/im-error.js';
import { DEFAULT_POLICY, LIMITS, SEND_RATES } from '../../../src/protocol/limits.js';
import { Appender, type Entry } from './log/append.js';
import { checkedBodyJson, checkParts } from './log/bodies.js';
import { Budgets } from './sessions/budget.js';
import { Admission } from './conversations/admission.js';
import { Conversations } from './conversations/conversations.js';
import type { Core, CoreOptions, NewGroup } from './core.js';
import { Devices } from './devices/devices.js';
import { Directory, type Room } from './directory.js';
import { Hub } from './hub.js';
import { Journal, type Work } from './log/journal.js';
import { Marks } from './conversations/marks.js';
import { checkAvatar, checkName, People } from './conversations/people.js';
import { Presence } from './presence/presence.js';
import { Retention } from './log/retention.js';
import type { Services } from './sessions/services.js';
import { CoreSession } from './sessions/session.js';
import { Sessions } from './sessions/sessions.js';
import { Sync } from './log/sync.js';

/** More of one person's devices than this are hardly devices. */
const MOST_DEVICES = 20;

function connectParts(options: CoreOptions): Services {
  const { store, now, turn = () => Promise.resolve(), observe = () => undefined } = options;
  const { maxDevices, presence: isShown = true, sendRate = SEND_RATES } = options;
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const hub = new Hub();
  const directory = new Directory(store);
  const journal = new Journal({
    store,
    now,
    turn,
    observe,
    afterCommit: () => appender.publish(),
  });
  const appender = new Appender({ store, directory, journal, hub, policy, observe });
  const presence = new Presence({ ...options, devices: store.devices, isShown });
  const devices = new Devices({
    ...{ store, now, journal },
    limits: { all: MOST_DEVICES, ...maxDevices },
    isHidden: (seat) => presence.isHidden(seat),
  });
  const conversations = new Conversations({
    ...{ store, directory, journal, hub, policy },
    onMade: (members) => presence.met(members),
  });
  const sync = new Sync({ store, directory, journal, policy });
  return {
    options,
    policy,
    devices,
    presence,
    directory,
    journal,
    hub,
    appender,
    conversations,
    admission: new Admission(store, conversations),
    marks: new Marks(journal, hub, policy),
    sync,
    retention: new Retention({ ...options, directory, journal, hub, sync, observe }),
    people: new People(directory, journal),
    sends: new Budgets(sendRate === 'off' ? undefined : { ...sendRate, prices: { send: 1 } }),
  };
}

/** Makes the server's rules around a store. Nothing runs until somebody connects. */
export function createCore(options: CoreOptions): Core {
  const services = connectParts(options);
  const { admission, appender, conversations, devices, journal, people, retention } = services;
  const sessions = new Sessions(options);
  const key = (): string => makeKey(options.randomBytes);

  return {
    connect(wire) {
      const session = new CoreSession(wire, services, sessions);
      sessions.add(session);
      return session;
    },
    putUser: (user) => people.put(user),
    user: (id) => people.get(id),
    async createGroup(group) {
      const id = group.id ?? `group:${key()}`;
      checkGroup(id, group);
      const members = await people.all(group.members);
      const { name, avatarUrl } = group;
      await conversations.makeNew({
        id,
        kind: 'group',
        name,
        ...(avatarUrl !== undefined && { avatarUrl }),
        people: members,
        first: (room) => created(appender, room, name, key()),
      });
      return { id };
    },
    async createPair(one, other) {
      if (!isUserId(one) || !isUserId(other) || one === other) {
        throw new ImError('request/invalid', 'A pair is two people.', { field: 'members' });
      }
      await people.all([one, other]);
      const { id } = await conversations.pair(c2cId(one, other));
      return { id };
    },
    async post(conversation, sender, kind, body) {
      checkParts(kind, body);
      const bodyJson = checkedBodyJson(conversation, kind, body);
      const place = await conversations.open(conversation, sender);
      const target = await admission.look(place, kind, body);
      const event = { sender, clientId: key(), kind, body, bodyJson, target };
      const appended = new Promise<number>((resolve, reject) => {
        const settled = (result: number | ImError): void =>
          typeof result === 'number' ? resolve(result) : reject(result);
        appender.append(backEndEntry(place.room, { ...event, settled }));
      });
      if (target) target.pins--;
      return { seq: await appended };
    },
    async devices(user) {
      await people.get(user);
      return devices.list(user);
    },
    signOut: (user, device) => devices.signOut(user, device),
    async revokeTokens(user) {
      await people.get(user);
      return devices.revokeTokens(user);
    },
    async drain() {
      sessions.draining = true;
      retention.stop();
      await journal.idle();
      sessions.sayBye();
      // When the devices were last seen.
      await journal.idle();
    },
  };
}

function checkGroup(id: string, { name, avatarUrl, members }: NewGroup): void {
  if (conversationKind(id) !== 'group') {
    throw new ImError('request/invalid', 'The id of a group is group:<id>.', { field: 'id' });
  }
  checkName(name);
  checkAvatar(avatarUrl);
  const areFine = members.length > 0 && members.length <= LIMITS.members && members.every(isUserId);
  if (areFine && new Set(members).size === members.length) return;
  throw new ImError('request/invalid', `A group has 1 to ${LIMITS.members} different members.`, {
    field: 'members',
  });
}

type BackEndEvent = Pick<
  Entry,
  'sender' | 'clientId' | 'kind' | 'body' | 'bodyJson' | 'target' | 'settled'
>;

function backEndEntry(room: Room, event: BackEndEvent): Entry {
  return { ...event, room, turn: undefined, origin: undefined, requestId: 0 };
}

function created(appender: Appender, room: Room, name: string, clientId: string): Work {
  const body = { action: 'created', name };
  return appender.work(
    backEndEntry(room, {
      sender: SYSTEM_USER,
      clientId,
      kind: 'system',
      body,
      bodyJson: JSON.stringify(body),
      settled: () => undefined,
    }),
  );
}
