/** What tests of changes do again and again. */
import type {
  HistoryState,
  ImClient,
  ImClientEvents,
  Message,
  MessageHistory,
  SocketLike,
} from '../../src/client/public.js';
import type { Device, World } from './core-world.js';
import { isConnected, until } from './live.js';

/** The message of a window that says `text`, or that has this id. */
export function messageOf(state: HistoryState, wanted: string): Message | undefined {
  return state.messages.find(
    ({ id, content }) => id === wanted || (content.type === 'text' && content.text === wanted),
  );
}

/** Waits until a message of a window fits, and gives it. */
export async function message(
  window: MessageHistory,
  wanted: string,
  fits: (message: Message) => boolean = () => true,
): Promise<Message> {
  const state = await until(
    window.state,
    (now) => {
      const found = messageOf(now, wanted);
      return found !== undefined && fits(found);
    },
    5_000,
  );
  return messageOf(state, wanted)!;
}

/** Sends a text and waits until the server has it; gives its id. */
export async function sent(client: ImClient, conversation: string, text: string): Promise<string> {
  const { id } = await client.sendText(conversation, text);
  const window = client.history(conversation);
  await message(window, id, ({ seq }) => seq !== undefined);
  window.close();
  return id;
}

/** A message's reactions in short: `👍2` for two, with a star when one is the user's own. */
export function reactionsOf({ reactions }: Message): string {
  return reactions.map(({ emoji, count, own }) => `${emoji}${count}${own ? '*' : ''}`).join(' ');
}

/** A client whose line a test cuts without cutting those of others. */
export class Roamer {
  readonly client: ImClient;
  #socket: SocketLike | undefined;
  #isOut = false;

  constructor(world: World, device: Device) {
    const openSocket = (): SocketLike => {
      if (this.#isOut) throw new Error('The network is unreachable.');
      this.#socket = world.open();
      return this.#socket;
    };
    this.client = world.client(device, {}, { openSocket });
  }

  /** Cuts the line, and waits until the client knows. */
  async leave(): Promise<void> {
    this.#isOut = true;
    this.#socket?.close(1006);
    await until(this.client.connection, ({ status }) => status === 'offline');
  }

  async comeBack(): Promise<void> {
    this.#isOut = false;
    this.client.reconnect();
    await until(this.client.connection, isConnected);
  }
}

/** The next event of a kind. */
export function once<E extends keyof ImClientEvents>(
  client: ImClient,
  event: E,
): Promise<ImClientEvents[E]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No ${event} within 5 seconds`)), 5_000);
    const stop = client.on(event, (detail) => {
      clearTimeout(late);
      stop();
      resolve(detail);
    });
  });
}
