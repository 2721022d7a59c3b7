/** One socket: says who it is, then asks, sends and listens until it goes. */
import type { ClientFrame, HelloFrame } from '../../../../src/protocol/client-frames.js';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { decodeClientFrame, requestId } from '../../../../src/protocol/decode.js';
import { isUserId } from '../../../../src/protocol/ids.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS, RATES, TELL_RATES, TIMES } from '../../../../src/protocol/limits.js';
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '../../../../src/protocol/version.js';
import { asImError } from '../as-im-error.js';
import { Budget } from './budget.js';
import { closeCodeOf } from './close-code-of.js';
import type { Session, Wire } from '../core.js';
import { byeFrame, errorFrame, frame } from '../frames.js';
import { answer } from './handlers.js';
import type { Outlet } from '../hub.js';
import { RequestLine } from './request-line.js';
import type { Services } from './services.js';
import { SWEEP_MS, type Sessions } from './sessions.js';
import { isTold } from './told.js';

const HELLO_SWEEPS = TIMES.helloDeadlineMs / SWEEP_MS;
const SLOW_SWEEPS = TIMES.slowReaderMs / SWEEP_MS;

type Stage = 'new' | 'greeting' | 'ready' | 'closed';

export class CoreSession implements Session, Outlet {
  /** Who this is; empty until hello. */
  user = '';
  device = '';
  /** The protocol version that is spoken here. */
  version: number = OLDEST_PROTOCOL_VERSION;
  /** Where requests with long answers queue. */
  readonly line: RequestLine;
  /** Sends that had to wait for the store; later ones queue behind them. */
  sending: Promise<void> | undefined;
  readonly #wire: Wire;
  readonly #services: Services;
  readonly #sessions: Sessions;
  readonly #number: number;
  /** For what is answered, and for what is not. */
  readonly #budget: Budget;
  readonly #tells: Budget;
  readonly #heartbeatMs: number;
  #stage: Stage = 'new';
  /** Sweeps since the last frame; before hello, since the beginning. */
  #quietSweeps = 0;
  /** Conversations that have moved without a word of it, because too much was waiting. */
  readonly #behind = new Set<string>();
  /** What the last sweep found waiting. */
  #waitingBytes = 0;
  /** Sweeps in a row that found too much waiting, and nothing of it taken in. */
  #stuckSweeps = 0;
  #expiresAt: number = Number.POSITIVE_INFINITY;
  #badFrames = 0;
  #inFlight = 0;

  constructor(wire: Wire, services: Services, sessions: Sessions) {
    this.#wire = wire;
    this.#services = services;
    this.#sessions = sessions;
    const { now, schedule, turn = () => Promise.resolve() } = services.options;
    this.#number = sessions.nextNumber();
    this.#budget = new Budget(RATES, now());
    this.#tells = new Budget(TELL_RATES, now());
    this.#heartbeatMs = services.options.heartbeatMs ?? TIMES.heartbeatMs;
    this.line = new RequestLine({ turn, schedule, state: () => this.#room });
  }

  get #room(): 'free' | 'full' | 'closed' {
    if (this.#stage === 'closed') return 'closed';
    return this.#wire.bufferedBytes > LIMITS.bufferedBytes ? 'full' : 'free';
  }

  get isReady(): boolean {
    return this.#stage === 'ready';
  }

  receive(text: string): void {
    if (this.#stage === 'closed') return;
    // Before hello the time runs from the beginning, whatever is said.
    if (this.#stage === 'ready') this.#quietSweeps = 0;
    let received: ClientFrame;
    try {
      received = decodeClientFrame(text);
    } catch (error) {
      this.#refuseBad(asImError(error), requestId(text));
      return;
    }
    if (received.type === 'hello') this.#hello(received);
    else if (this.#stage === 'ready') this.#handle(received);
    else {
      const id = 'id' in received ? received.id : undefined;
      this.#refuseBad(new ImError('auth/required', 'Say hello first.'), id, received.type);
    }
  }

  closed(): void {
    if (this.#stage === 'closed') return;
    const user = this.#stage === 'ready' ? this.user : undefined;
    const { hub, devices, presence } = this.#services;
    if (user !== undefined) hub.remove(user, this);
    devices.leave(this);
    presence.leave(this);
    this.#stage = 'closed';
    this.#sessions.remove(this);
    this.#services.options.observe?.({ type: 'session-close', user });
  }

  send(text: string): void {
    if (this.#stage === 'closed') return;
    if (this.#wire.bufferedBytes > LIMITS.bufferedMostBytes) this.#endSlow();
    else this.#wire.send(text);
  }

  tell(conversation: string, text: string): void {
    if (this.#wire.bufferedBytes > LIMITS.bufferedBytes) this.#fallBehind(conversation);
    else if (this.#stage !== 'closed') this.#wire.send(text);
  }

  whisper(text: string): boolean {
    if (this.#wire.bufferedBytes > LIMITS.bufferedBytes) return false;
    this.send(text);
    return true;
  }

  /** An answer to a request has gone out; another may come. */
  settle(): void {
    this.#inFlight--;
  }

  refuse(error: ImError, id: number | undefined, type?: string): void {
    this.#refused(error.code, type);
    this.send(errorFrame(error, id));
  }

  #refused(code: string, type: string | undefined): void {
    const user = this.user === '' ? undefined : this.user;
    const { observe } = this.#services.options;
    observe?.({ type: 'refused', code, frame: type, user, socket: this.#number });
  }

  /** One sweep more has passed. */
  age(now: number): void {
    this.#quietSweeps++;
    const silentSweeps = (LIMITS.silentHeartbeats * this.#heartbeatMs) / SWEEP_MS;
    const waiting = this.#wire.bufferedBytes;
    const isStuck = waiting > LIMITS.bufferedBytes && waiting >= this.#waitingBytes;
    this.#stuckSweeps = isStuck ? this.#stuckSweeps + 1 : 0;
    this.#waitingBytes = waiting;
    if (this.#expiresAt <= now) {
      this.end(new ImError('auth/token-expired', 'The token has run out.'), CLOSE.unauthorized);
    } else if (this.#quietSweeps > (this.isReady ? silentSweeps : HELLO_SWEEPS)) {
      const error = new ImError('connection/timeout', 'Nothing was heard for too long.');
      this.end(error, CLOSE.silent);
    } else if (this.#stuckSweeps > SLOW_SWEEPS) {
      this.#endSlow();
    }
  }

  replace(): void {
    const error = new ImError('device/replaced', 'Another socket speaks for this device now.');
    this.end(error, CLOSE.replaced);
  }

  /** Says why, and closes. */
  end(error: ImError, code: number): void {
    if (this.#stage === 'closed') return;
    this.#wire.send(byeFrame(error.code, error.message, error.retryAfterMs));
    this.#wire.close(code, error.code);
    this.closed();
  }

  /** Leaves a conversation to be asked for once there is room: what it costs until then is its name. */
  #fallBehind(conversation: string): void {
    if (this.#stage === 'closed') return;
    const isFirst = this.#behind.size === 0;
    this.#behind.add(conversation);
    // What cannot be read now is healed like a frame that was lost: by the digest of the heartbeat.
    if (isFirst) this.line.run(() => this.#tellNewest()).catch(() => undefined);
  }

  /** The newest event of each such conversation: the hole before it makes the reader ask. */
  async #tellNewest(): Promise<void> {
    const { conversations, sync } = this.#services;
    const moved = [...this.#behind];
    this.#behind.clear();
    for (const id of moved) {
      const place = await conversations.place(id, this.user);
      const text = place && (await sync.newest(place.room));
      if (text !== undefined) this.tell(id, text);
    }
  }

  #endSlow(): void {
    const slow = new ImError('server/slow-reader', 'Too much waits for this reader.');
    this.end(slow, CLOSE.tryAgainLater);
  }

  /** A frame that cannot be read, or that has no place here: a few are borne. */
  #refuseBad(error: ImError, id: number | undefined, type?: string): void {
    this.refuse(error, id, type);
    if (++this.#badFrames > LIMITS.badFrames) this.end(error, CLOSE.badFrames);
  }

  #handle(received: Exclude<ClientFrame, HelloFrame>): void {
    if (isTold(received)) {
      // Nobody waits for an answer, and a lost one is healed by the next.
      const tooEarlyMs = this.#tells.pay(received.type, this.#services.options.now());
      if (tooEarlyMs > 0) this.#refused('request/rate-limited', received.type);
      else answer(received, this, this.#services);
      return;
    }
    if (this.#sessions.draining) {
      const error = new ImError('server/shutting-down', 'The server is stopping.');
      this.refuse(error, received.id, received.type);
      return;
    }
    if (this.#inFlight >= LIMITS.requestsInFlight) {
      const error = new ImError('protocol/too-many-requests', 'Too many requests wait already.');
      this.refuse(error, received.id, received.type);
      return;
    }
    const retryAfterMs = this.#tooEarlyMs(received.type);
    if (retryAfterMs > 0) {
      const message = 'Too much in a short time.';
      const error = new ImError('request/rate-limited', message, { retryAfterMs });
      this.refuse(error, received.id, received.type);
      return;
    }
    this.#inFlight++;
    answer(received, this, this.#services);
  }

  /** How long a request has to wait, by what this socket and its person have asked for before. */
  #tooEarlyMs(type: ClientFrame['type']): number {
    const { sends, options } = this.#services;
    const now = options.now();
    return type === 'send' ? sends.pay(this.user, type, now) : this.#budget.pay(type, now);
  }

  #hello(hello: HelloFrame): void {
    if (this.#stage !== 'new') {
      const error = new ImError('protocol/unexpected-frame', 'Hello has been said.');
      this.#refuseBad(error, hello.id, 'hello');
      return;
    }
    this.#stage = 'greeting';
    this.#greet(hello).catch((error: unknown) => this.#turnAway(asImError(error), hello.id));
  }

  async #greet(hello: HelloFrame): Promise<void> {
    if (hello.version < OLDEST_PROTOCOL_VERSION || hello.version > PROTOCOL_VERSION) {
      throw new ImError(
        'protocol/unsupported-version',
        `Versions ${OLDEST_PROTOCOL_VERSION} to ${PROTOCOL_VERSION} are spoken here.`,
      );
    }
    const { options, people, hub, policy, devices, presence } = this.#services;
    const identity = await options.authenticate(hello.token);
    const { userId } = identity;
    if (!isUserId(userId)) {
      throw new ImError('auth/token-invalid', 'The token names no possible person.');
    }
    const user = await people.ensure(userId);
    const admission = await devices.admit(identity, hello);
    if (this.#stage === 'closed') return;
    // Before this one is ready: of a device there is never more than one.
    hub.ofDevice(user.id, hello.device)?.replace();
    this.user = user.id;
    this.device = hello.device;
    this.version = hello.version;
    devices.arrive(this, admission);
    this.#stage = 'ready';
    this.#quietSweeps = 0;
    this.#expiresAt = identity.expiresAt;
    this.send(
      frame({
        type: 'ready',
        id: hello.id,
        version: hello.version,
        user,
        now: options.now(),
        heartbeatMs: this.#heartbeatMs,
        policy,
      }),
    );
    // After `ready`, so that nothing comes before it; whatever came earlier is found by `sync`.
    hub.add(user.id, this);
    presence.set(this, hello.presence);
    options.observe?.({ type: 'session-open', user: user.id, device: hello.device });
  }

  #turnAway(error: ImError, id: number): void {
    if (this.#stage === 'closed') return;
    this.refuse(error, id, 'hello');
    this.#wire.close(closeCodeOf(error), error.code);
    this.closed();
  }
}
