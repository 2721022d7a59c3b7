/**
 * The whole app as a site embeds it, by the kit's script tag, on what the device holds: `?server=&messages=`, and `?open` for
 * a conversation that is open from the start. It says when the last message that it should show is there,
 * and with `?complete` once more when everything that was missed is stored.
 */
import type {} from '../../src/elements/app/define.js';
import { conversationWith, READER } from './content.js';
import { sayPainted } from './painted.js';
import { longestTaskMs } from './watch-tasks.js';

const ROOMS_IN_VIEW = 5;

const params = new URLSearchParams(location.search);
const lastSeq = Number(params.get('messages'));

document.body.style.cssText = 'margin:0;height:100vh';
const provider = document.createElement('im-client');
provider.setAttribute('server', params.get('server')!);
provider.setAttribute('user-id', READER.id);
provider.setAttribute('token', params.get('token') ?? 'none');
const app = document.createElement('im-app');
app.style.height = '100%';
if (params.has('open')) app.conversationId = conversationWith(0);
provider.append(app);
document.body.append(provider);

/** The shadow root at the end of a path of elements; waits for each, without work in the frames between. */
async function inside(...path: readonly string[]): Promise<ShadowRoot> {
  let root = await rootOf(app);
  for (const tag of path) {
    await changesUntil(root, () => root.querySelector(tag) !== null);
    root = await rootOf(root.querySelector(tag)!);
  }
  return root;
}

async function rootOf(element: Element): Promise<ShadowRoot> {
  await customElements.whenDefined(element.localName);
  const { shadowRoot } = element;
  if (!shadowRoot) throw new Error(`<${element.localName}> draws nothing.`);
  return shadowRoot;
}

function changesUntil(root: ShadowRoot, isThere: () => boolean): Promise<void> {
  if (isThere()) return Promise.resolve();
  return new Promise((there) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      there();
    });
    observer.observe(root, { childList: true, subtree: true });
  });
}

async function showsRooms(): Promise<void> {
  const root = await inside('im-conversation-list');
  await changesUntil(root, () => root.querySelectorAll('[data-id]').length >= ROOMS_IN_VIEW);
}

async function showsMessage(seq: number): Promise<void> {
  const root = await inside('im-chat-window', 'im-message-list');
  await changesUntil(root, () => {
    const last = [...root.querySelectorAll('[part=text]')].at(-1);
    return last?.textContent.includes(`(${seq})`) === true;
  });
}

globalThis.openList = () => {
  const startedAt = performance.now();
  app.conversationId = conversationWith(0);
  void showsMessage(lastSeq).then(() => sayPainted({ startedAt }));
};
globalThis.awaitMessages = async (seq) => {
  for (let next = seq; ; next++) {
    await showsMessage(next);
    sayPainted();
  }
};
globalThis.countNodes = async () => {
  const root = await inside('im-chat-window', 'im-message-list');
  return root.querySelectorAll('[data-id]').length;
};

await showsRooms();
if (params.has('open')) await showsMessage(lastSeq);
sayPainted();
if (params.has('complete')) {
  provider.client?.connection.subscribe({
    next: ({ status }) => {
      if (status === 'connected') sayPainted({ longestTaskMs: longestTaskMs() });
    },
  });
}
