/** What each frame asks for. The compiler holds the table to the frames of the protocol. */
import type { ClientFrame, SendFrame } from '../../../../src/protocol/client-frames.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { Entry } from '../log/append.js';
import { readersOf } from './readers.js';
import { asImError } from '../as-im-error.js';
import { checkedBodyJson } from '../log/bodies.js';
import { isPlain } from '../conversations/admission.js';
import type { Target } from '../changes/targets.js';
import type { Place } from '../conversations/conversations.js';
import type { Counter } from '../directory.js';
import { frame, headFrame } from '../frames.js';
import type { Services } from './services.js';
import type { CoreSession } from './session.js';
import { isTold } from './told.js';

/** The first protocol version whose clients know of removed events. */
const TRIMS_SINCE = 2;

type Asked = Exclude<ClientFrame, { type: 'hello' }>;
type Frame<T extends Asked['type']> = Extract<Asked, { type: T }>;

type Handlers = {
  readonly [T in Asked['type']]: (
    received: Frame<T>,
    session: CoreSession,
    services: Services,
  ) => Promise<void> | void;
};

const handlers: Handlers = {
  send(received, session, services) {
    const { conversation, kind } = received;
    const bodyJson = checkedBodyJson(conversation, kind, received.body);
    if (!session.sending && isPlain(kind)) {
      const place = services.conversations.resident(conversation, session.user);
      const counter = place?.member.counters?.get(session.device);
      if (place && counter) {
        services.appender.append(entryOf({ received, bodyJson }, session, place, counter));
        return;
      }
    }
    const turn = (session.sending ?? Promise.resolve()).then(() =>
      appendSlowly({ received, bodyJson }, session, services),
    );
    session.sending = turn;
    void turn.then(() => {
      if (session.sending === turn) session.sending = undefined;
    });
  },

  async sync({ id, cursor }, session, { sync }) {
    const page = await sync.heads(session.user, cursor, session.version);
    answerWith(session, frame({ type: 'heads', id, ...page }));
  },

  async range(received, session, { conversations, sync }) {
    if (received.limit < 1) {
      throw new ImError('request/invalid', 'A range has at least one event.', { field: 'limit' });
    }
    const place = await conversations.find(received.conversation, session.user);
    const knowsTrims = session.version >= TRIMS_SINCE;
    answerWith(session, await sync.range({ ...received, ...place, knowsTrims }));
  },

  async open({ id, conversation }, session, { conversations, sync }) {
    const { room, member } = await conversations.open(conversation, session.user);
    answerWith(session, headFrame(await sync.head(room, member), id));
  },

  async messages({ id, conversation, seqs }, session, { conversations, sync }) {
    const { room, member } = await conversations.find(conversation, session.user);
    const messages = await sync.standing(room, member, seqs);
    answerWith(session, frame({ type: 'messages', id, conversation, messages }));
  },

  async readers({ id, conversation, ...question }, session, services) {
    const { room, member } = await services.conversations.find(conversation, session.user);
    const readers = await readersOf(room, member, question, services);
    answerWith(session, frame({ type: 'readers', id, ...readers }));
  },

  async 'look-up'({ id, users }, session, { directory }) {
    const people = await directory.people(new Set(users));
    answerWith(session, frame({ type: 'users', id, users: [...people.values()] }));
  },

  async devices({ id }, session, { devices }) {
    const known = await devices.list(session.user);
    const list = known.map((device) => ({ ...device, current: device.id === session.device }));
    answerWith(session, frame({ type: 'devices', id, devices: list }));
  },

  async 'sign-out'({ id, device }, session, { devices }) {
    await devices.signOut(session.user, device, () => {
      answerWith(session, frame({ type: 'done', id }));
    });
  },

  presence({ state }, session, { presence }) {
    presence.set(session, state);
  },

  watch({ users }, session, { presence }) {
    presence.watch(session, users);
  },

  async ping({ id }, session, { options, sync }) {
    const digest = await sync.digest(session.user, session.version);
    answerWith(session, frame({ type: 'pong', id, now: options.now(), digest }));
  },

  async mark({ marks: raised }, session, { conversations, marks }) {
    for (const mark of raised) {
      const place = await conversations.place(mark.conversation, session.user);
      if (place) marks.raise(place.room, place.member, mark, session);
    }
  },

  typing({ conversation, active }, { user }, { conversations, hub }) {
    const place = conversations.resident(conversation, user);
    if (!place || place.room.members.size > LIMITS.receiptMembers) return;
    const text = frame({ type: 'typing', conversation, user, active });
    for (const other of place.room.members.keys()) if (other !== user) hub.whisper([other], text);
  },
};

const LONG_ANSWERS: ReadonlySet<Asked['type']> = new Set<Asked['type']>([
  'sync',
  'range',
  'messages',
  'open',
  'look-up',
]);

/** Handles one frame; whatever goes wrong is answered, never thrown. */
export function answer(received: Asked, session: CoreSession, services: Services): void {
  // The table's key and the frame's type are the same; the compiler cannot follow the pair.
  const handle = handlers[received.type] as (
    received: Asked,
    session: CoreSession,
    services: Services,
  ) => Promise<void> | void;
  const failed = (error: unknown): void => {
    const known = asImError(error);
    if (known.code.startsWith('server/'))
      services.options.observe?.({ type: 'store-failed', error });
    if (isTold(received)) return;
    session.settle();
    session.refuse(known, received.id, received.type);
  };
  try {
    if (!LONG_ANSWERS.has(received.type)) handle(received, session, services)?.catch(failed);
    else session.line.run(() => handle(received, session, services)).catch(failed);
  } catch (error) {
    failed(error);
  }
}

function answerWith(session: CoreSession, text: string): void {
  session.settle();
  session.send(text);
}

/** A send that has been looked through. */
type Checked = { readonly received: SendFrame; readonly bodyJson: string };

function entryOf(
  { received, bodyJson }: Checked,
  session: CoreSession,
  { room }: Place,
  counter: Counter,
): Entry {
  const { id, clientId, kind, body, n } = received;
  return {
    room,
    sender: session.user,
    clientId,
    kind,
    body,
    bodyJson,
    turn: { device: session.device, n, counter },
    origin: session,
    requestId: id,
    settled: (result) => {
      session.settle();
      if (result instanceof ImError) session.refuse(result, id, 'send');
    },
  };
}

/** A send for which its conversation, its counter or its target has to be found first. */
async function appendSlowly(
  checked: Checked,
  session: CoreSession,
  services: Services,
): Promise<void> {
  const { received } = checked;
  let place: Place | undefined;
  try {
    place = await services.conversations.open(received.conversation, session.user);
    place.room.pins++;
    const { room, member } = place;
    const counter =
      member.counters?.get(session.device) ??
      (await services.directory.counter(room, member, session.device));
    await appendAdmitted(entryOf(checked, session, place, counter), services, place);
  } catch (error) {
    session.settle();
    session.refuse(asImError(error), received.id, 'send');
  } finally {
    if (place) place.room.pins--;
  }
}

/** What a change is about may have gone since its first time: a repeat is answered all the same. */
async function appendAdmitted(
  entry: Entry,
  { admission, appender }: Services,
  place: Place,
): Promise<void> {
  let target: Target | undefined;
  try {
    target = await admission.look(place, entry.kind, entry.body);
  } catch (error) {
    await appender.refuse(entry, asImError(error));
    return;
  }
  appender.append({ ...entry, target });
  if (target) target.pins--;
}
