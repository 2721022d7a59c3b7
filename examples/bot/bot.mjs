/**
 * A bot that answers in one-to-one conversations, and in groups to those who name it. It runs the
 * same client as a page does.
 *
 *   IM_SERVER   where the server is, such as http://127.0.0.1:8787
 *   IM_APP_ID   the AppID and the secret of the server, which sign the bot's tokens
 *   IM_SECRET
 *   IM_BOT      the bot's id; `helper` unless given
 */
import { createClient } from 'im-kit/client';
import { WebSocket } from 'ws';
import { answerTo } from './answers.mjs';

const {
  IM_SERVER = 'http://127.0.0.1:8787',
  IM_APP_ID,
  IM_SECRET,
  IM_BOT = 'helper',
} = process.env;
const authorization = `Basic ${Buffer.from(`${IM_APP_ID}:${IM_SECRET}`).toString('base64')}`;

/** Asks the server as the site's back end would. */
async function ask(method, path, body) {
  const response = await fetch(new URL(path, IM_SERVER), {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

await ask('PUT', `/v1/users/${IM_BOT}`, { name: 'Helper' });

const client = createClient({
  server: IM_SERVER,
  userId: IM_BOT,
  // Asked for whenever a new one is needed; a refused one is never tried twice.
  token: async () => (await ask('POST', '/v1/tokens', { userId: IM_BOT, ttlSeconds: 3600 })).token,
  // A bot needs no history of its own: what it missed, it finds unread.
  storage: 'memory',
  openSocket: (url, protocol) => new WebSocket(url, protocol),
});

/** Answers a message, if it is one for the bot, and marks it as read. */
async function attend({ conversationId, content, seq, own }) {
  if (own || seq === undefined) return;
  await client.markRead(conversationId, seq);
  const isGroup = conversationId.startsWith('group:');
  const answer = content.type === 'text' && answerTo(content.text, isGroup ? IM_BOT : undefined);
  if (answer) await client.sendText(conversationId, answer);
}

/** Waits for a value of a `Live` that `test` accepts. */
function valueOf(live, test) {
  return new Promise((resolve) => {
    const subscription = live.subscribe({
      next(value) {
        if (!test(value)) return;
        subscription.unsubscribe();
        resolve(value);
      },
    });
  });
}

client.on('message', ({ messages }) => {
  for (const message of messages) attend(message).catch(report);
});
client.on('message-failed', ({ error }) => report(error));

await valueOf(client.connection, ({ status }) => status === 'connected');
const conversations = await valueOf(client.conversations, () => true);
for (const { unread, last } of conversations) if (unread > 0 && last) await attend(last);
console.log(`${IM_BOT} is listening.`);

function report(error) {
  console.error(error);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void client.destroy());
