/** Sockets whose frames a test reads, holds back or drops. */
import type { SocketLike } from '../../src/client/public.js';

type Frame = { readonly type: string; readonly [field: string]: unknown };

/** What passes between a client and its socket. */
export class Gate {
  /** Frames of the client, in order, over all sockets. */
  readonly sent: Frame[] = [];
  /** Whether a frame of the server passes; by default all do. */
  fromServer: (frame: Frame) => boolean = () => true;
  /** Whether a frame of the server that passes is kept back among those held; by default none is. */
  keeps: (frame: Frame) => boolean = () => false;
  /** Each lets a frame go that has been kept back. */
  readonly held: (() => void)[] = [];
  /** What becomes of a frame of the server on its way. */
  alter: ((frame: Frame) => object) | undefined;
  /** Whether a frame of the client passes; by default all do. */
  fromClient: (frame: Frame) => boolean = () => true;

  /** The frames of one type that the client has sent. */
  ofType(type: string): readonly Frame[] {
    return this.sent.filter((frame) => frame.type === type);
  }

  /** Puts the gate before a socket. */
  guard(socket: SocketLike): SocketLike {
    const read = (text: string): Frame => JSON.parse(text) as Frame;
    const { sent, held } = this;
    const passes = {
      late: (frame: Frame) => this.keeps(frame),
      in: (frame: Frame) => this.fromServer(frame),
      out: (frame: Frame) => this.fromClient(frame),
      altered: (text: string) => (this.alter ? JSON.stringify(this.alter(read(text))) : text),
    };
    return new Proxy(socket, {
      get(target, name) {
        if (name === 'send') {
          return (text: string) => {
            const frame = read(text);
            sent.push(frame);
            if (passes.out(frame)) target.send(text);
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      set(target, name, value: unknown) {
        if (name === 'onmessage' && typeof value === 'function') {
          const listener = value as (event: { data: unknown }) => void;
          target.onmessage = (event: { data: string }) => {
            const frame = read(event.data);
            if (!passes.in(frame)) return;
            const deliver = (): void => listener({ data: passes.altered(event.data) });
            if (passes.late(frame)) held.push(deliver);
            else deliver();
          };
          return true;
        }
        return Reflect.set(target, name, value, target);
      },
    });
  }
}
