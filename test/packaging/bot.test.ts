/** The example bot as somebody has it who copied the folder and installed the package. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { nodeClient, texts, until } from '../helpers/node-client.js';
import { createConsumer, ROOT } from './consumer.js';

describe('the example bot', () => {
  const { folder, remove } = createConsumer();
  let server: TestServer;
  let bot: ChildProcess;

  before(async () => {
    server = await startServer();
    cpSync(join(ROOT, 'examples/bot'), folder, { recursive: true });
  });

  after(async () => {
    bot.kill('SIGKILL');
    await server.stop();
    remove();
  });

  async function startBot(): Promise<void> {
    bot = spawn(process.execPath, ['bot.mjs'], {
      cwd: folder,
      env: {
        ...process.env,
        IM_SERVER: server.url,
        IM_APP_ID: server.appId,
        IM_SECRET: server.secret,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(bot.stdout!, 'data')) as [Buffer];
    assert.match(line.toString(), /helper is listening/);
  }

  test('answers what it is asked, what was asked while it was away, and ends when told to', async () => {
    await startBot();
    await server.rest('PUT', '/v1/users/mara', { name: 'Mara Okafor' });
    const mara = nodeClient(server.url, await server.token('mara'), 'mara');
    const conversation = await mara.openPeer('helper');
    const history = mara.history(conversation);
    await mara.sendText(conversation, 'pick tea');
    await until(history.state, (state) => texts(state).includes('tea'));
    bot.kill('SIGTERM');
    const [code] = (await once(bot, 'exit')) as [number | null];
    assert.equal(code, 0);
    await mara.sendText(conversation, '选 面条');
    await startBot();
    await until(history.state, (state) => texts(state).includes('面条'));
    await mara.destroy();
  });
});
