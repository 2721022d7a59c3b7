/**
 * Keeps one socket to the server: opens it, says hello, beats the heart, and comes back after a loss.
 * An open socket is never trusted after the page may have slept: a ping with a short deadline decides.
 */
import type { ClientFrame, HelloFrame } from '../../protocol/client-frames.js';
import { ImError } from '../../protocol/im-error.js';
import { TIMES } from '../../protocol/limits.js';
import type { Reading } from '../../protocol/salvage.js';
import type { ReadyFrame, ServerFrame } from '../../protocol/server-frames.js';
import { SUBPROTOCOL } from '../../protocol/version.js';
import { destroyed } from '../database/storage-errors.js';
import { LiveValue } from '../live-value.js';
import type { ConnectionState, Progress } from '../public.js';
import { backoffMs } from './backoff.js';
import type { ConnectionOptions, Question } from './connection-options.js';
import { Heartbeat } from './heartbeat.js';
import { isDismissal, isRefusal, offline } from './refusals.js';
import { errorOf, Requests } from './requests.js';
import { Socket } from './socket.js';
import { SpokenVersion } from './spoken-version.js';
import { Tokens } from './tokens.js';

/** A connection that lasted this long counts as a success: the next loss starts from the first delay. */
const STABLE_MS = 5_000;

export class Connection {
  readonly state: LiveValue<ConnectionState> = new LiveValue<ConnectionState>({
    status: 'stopped',
  });
  readonly requests: Requests;
  readonly #options: ConnectionOptions;
  readonly #tokens: Tokens;
  readonly #version: SpokenVersion = new SpokenVersion();
  #socket: Socket | undefined;
  #heartbeat: Heartbeat | undefined;
  #ready = false;
  #goOn: (isWanted?: boolean) => void = () => undefined;
  /** Refusals in a row of tokens that were revoked. */
  #revoked = 0;
  #failures = 0;
  #lastReadyAt: number;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#tokens = new Tokens(options);
    this.#lastReadyAt = options.environment.now();
    this.requests = new Requests(options.environment.schedule);
  }

  /** Whether frames can be sent now. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Connects, and stays connected until the signal aborts. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    signal.addEventListener('abort', () => {
      this.restart(destroyed());
      this.#goOn();
    });
    while (!signal.aborted) {
      this.state.set({ status: 'connecting', attempt: this.#failures + 1 });
      await this.#pause(await this.#session());
    }
    this.state.set({ status: 'stopped' });
  }

  /** Sends a frame that needs no answer; drops it when there is no connection. */
  tell(frame: ClientFrame): void {
    if (this.#ready) this.#socket?.send(frame);
  }

  /** Sends a frame that is text already, and that its sender has numbered. */
  tellText(text: string): void {
    if (this.#ready) this.#socket?.sendText(text);
  }

  /** Sends a request and resolves with its answer. @throws ImError */
  ask(question: Question, deadlineMs: number = TIMES.requestTimeoutMs): Promise<ServerFrame> {
    if (!this.#ready) return Promise.reject(offline());
    const id = this.requests.nextId();
    const answer = this.requests.wait(id, deadlineMs);
    this.tell({ ...question, id });
    return answer;
  }

  /** How far this device has been brought up to date. */
  progress(progress: Progress): void {
    if (!this.#ready) return;
    const { remaining, done, total } = progress;
    const before = this.state.value;
    if (remaining === 0) {
      if (before?.status !== 'connected') this.state.set({ status: 'connected' });
      return;
    }
    const isSame =
      before?.status === 'catching-up' &&
      before.remaining === remaining &&
      before.done === done &&
      before.total === total;
    if (!isSame) this.state.set({ status: 'catching-up', ...progress });
  }

  /** Gives up the present socket, if any, for a new one. */
  restart(error: ImError): void {
    this.#socket?.end(error);
  }

  /** Tries again now: ends a wait, or has an open socket prove itself. */
  wake(): void {
    this.#heartbeat?.check();
    this.#goOn();
  }

  /** Like `wake`, and does not wait for a token that will not come. */
  reconnect(): void {
    this.#tokens.askAgain();
    this.wake();
    this.#goOn(true);
  }

  /** One socket from its opening to its end; resolves with the reason. */
  async #session(): Promise<ImError> {
    const { identity, device, about, openSocket, url, signal, environment, log, turn } =
      this.#options;
    let token: string;
    try {
      // Until a token tells whose tabs they are, there is nothing to wait for.
      if (identity.userId) await turn();
      token = await this.#tokens.fetch();
    } catch (cause) {
      if (!signal.aborted) log.error('token-failed', cause);
      return new ImError('connection/offline', 'The token provider failed.', { cause });
    }
    if (!identity.userId) return new ImError('auth/token-invalid', 'The token names no user.');
    try {
      const hello = { token, device: await device(), ...(await about()) };
      if (signal.aborted) return offline();
      const raw = openSocket(url, SUBPROTOCOL);
      return await new Promise<ImError>((resolve) => {
        const cancel = environment.schedule(TIMES.helloDeadlineMs, () => {
          if (!this.#ready) this.restart(new ImError('connection/timeout', 'No answer to hello.'));
        });
        this.#socket = new Socket(raw, {
          open: () => this.#hello(hello),
          frame: (reading) => this.#read(reading),
          end: (error) => {
            cancel();
            resolve(this.#end(error));
          },
        });
      });
    } catch (cause) {
      if (!signal.aborted) log.error('socket-failed', cause);
      return new ImError('connection/offline', 'No socket could be opened.', { cause });
    }
  }

  #hello(hello: Pick<HelloFrame, 'token' | 'device'>): void {
    const id = this.requests.nextId();
    this.#socket?.send({ type: 'hello', id, version: this.#version.value, ...hello });
  }

  #read(reading: Reading): void {
    const { log } = this.#options;
    if (reading.status !== 'unreadable') {
      if (reading.status === 'partial') {
        log.warn('frame-partly-unreadable', { type: reading.frame.type, field: reading.lost[0] });
      }
      this.#receive(reading.frame, reading.status === 'whole');
      return;
    }
    const { id, error } = reading;
    log.warn('frame-unreadable', { field: error.field });
    // What nobody has asked for is missed like a frame that was lost; whoever has asked may ask again.
    if (!this.#ready) this.restart(error);
    else if (id !== undefined) {
      this.requests.settle({ type: 'error', id, code: 'server/internal', message: error.message });
    }
  }

  #receive(frame: ServerFrame, isWhole: boolean): void {
    const { onFrame, onPong } = this.#options;
    if (frame.type === 'bye' || (frame.type === 'error' && !this.#ready)) {
      this.restart(errorOf(frame));
    } else if (frame.type === 'ready') {
      this.#start(frame);
    } else if (frame.type === 'pong') {
      this.requests.settle(frame);
      onPong(frame);
    } else {
      onFrame(frame, isWhole);
    }
  }

  #start(frame: ReadyFrame): void {
    const { identity, environment, log, onReady, onPing } = this.#options;
    if (frame.user.id !== identity.userId) {
      this.restart(new ImError('auth/token-invalid', 'The token is for another user.'));
      return;
    }
    this.#ready = true;
    this.#revoked = 0;
    this.#lastReadyAt = environment.now();
    this.#heartbeat = new Heartbeat({
      environment,
      everyMs: frame.heartbeatMs,
      ping: async (deadlineMs) => {
        onPing();
        await this.ask({ type: 'ping' }, deadlineMs);
      },
      dead: (error) => this.restart(error),
    });
    log.info('connected', { attempt: this.#failures + 1 });
    onReady(frame);
  }

  #end(error: ImError): ImError {
    const { environment, log, onLost } = this.#options;
    const wasReady = this.#ready;
    this.#ready = false;
    this.#socket = undefined;
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    if (wasReady && environment.now() - this.#lastReadyAt >= STABLE_MS) this.#failures = 0;
    if (wasReady) this.#lastReadyAt = environment.now();
    log.info('disconnected', { code: error.code });
    this.requests.abandon(offline(error));
    if (wasReady) {
      this.#version.reset();
      onLost(error);
    }
    return error;
  }

  /** Waits as long as the reason of the loss demands. */
  async #pause(error: ImError): Promise<void> {
    const { environment, onTokenExpired, signal } = this.#options;
    const tokens = this.#tokens;
    // Whatever became of the token before, the page has given another one meanwhile.
    if (signal.aborted || tokens.isReplaced()) return;
    if (error.code === 'protocol/unsupported-version' && this.#version.lower()) return;
    // Another tab has taken over; there is no next try before this one leads again.
    if (error.code === 'device/replaced' && !this.#options.leads()) return;
    const expired = error.code === 'auth/token-expired';
    const revoked = error.code === 'auth/token-revoked';
    if (expired || revoked) onTokenExpired(error);
    // A provider that gives revoked tokens is asked for another one once.
    const mayRenew = expired || (revoked && this.#revoked++ === 0);
    const isFresh = tokens.isReplaced() || (mayRenew && tokens.isRenewable);
    if (isRefusal(error) && !isFresh) {
      this.state.set({ status: 'refused', error });
      await this.#permission(error);
      return;
    }
    // A fresh token deserves one try at once; a provider that gives stale ones must not be stormed.
    const attempt = this.#failures++;
    if (isFresh && attempt === 0 && !error.retryAfterMs) return;
    const outageMs = environment.now() - this.#lastReadyAt;
    const delayMs = backoffMs(attempt, outageMs, environment.random()) + (error.retryAfterMs ?? 0);
    this.state.set({ status: 'offline', retryAt: environment.now() + delayMs, error });
    await new Promise<void>((resolve) => {
      const cancel = environment.schedule(delayMs, resolve);
      this.#goOn = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Waits for whoever may bring this device back. */
  #permission(error: ImError): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      this.#goOn = (isWanted = false) => {
        if (signal.aborted || this.#tokens.isReplaced() || !isDismissal(error)) resolve();
        else if (isWanted && error.code !== 'device/signed-out') resolve();
      };
    });
  }
}
