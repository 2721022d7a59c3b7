import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helpText } from './help.js';
import { readSettings } from './read-settings.js';
import { SETTINGS, type Settings } from './settings.js';

const SECRET = 's'.repeat(32);

function settings(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Settings {
  const command = readSettings(argv, env);
  assert.equal(command.status, 'run', JSON.stringify(command));
  return command.settings;
}

function problems(argv: readonly string[], env: NodeJS.ProcessEnv = {}): readonly string[] {
  const command = readSettings(argv, env);
  assert.equal(command.status, 'wrong', `${argv.join(' ')} was taken`);
  return command.problems;
}

describe('readSettings', () => {
  test('needs nothing and stays on loopback', () => {
    assert.deepEqual(settings([]), {
      host: '127.0.0.1',
      port: 8787,
      data: './data',
      origins: [],
      dev: false,
      logLevel: 'info',
      maxDevices: { all: 20 },
      presence: true,
      sendRate: { burst: 2_000, perSecond: 100 },
      policy: {
        recallMs: 120_000,
        editMs: 86_400_000,
        deletedMark: true,
        receiptMembers: 100,
      },
      heartbeatMs: 15_000,
      keepDays: undefined,
      keys: undefined,
    });
  });

  test('takes every setting from the command line', () => {
    const argv =
      '--host ::1 --port=0 --data /srv/chat --dev --log-level debug --keep-days 30'.split(' ');
    const { host, port, data, dev, logLevel, keepDays } = settings(argv);
    assert.deepEqual(
      [host, port, data, dev, logLevel, keepDays],
      ['::1', 0, '/srv/chat', true, 'debug', 30],
    );
  });

  test('takes every setting from the environment', () => {
    const given = settings([], {
      IM_KIT_HOST: 'localhost',
      IM_KIT_PORT: '9000',
      IM_KIT_DATA: '/srv/chat',
      IM_KIT_ORIGIN: 'https://shop.example, http://localhost:5173',
      IM_KIT_DEV: '1',
      IM_KIT_LOG_LEVEL: 'error',
      IM_KIT_MAX_DEVICES: 'web=5,mobile=1',
      IM_KIT_NO_PRESENCE: '1',
      IM_KIT_SEND_RATE: 'off',
      IM_KIT_RECALL_SECONDS: '0',
      IM_KIT_EDIT_HOURS: '1',
      IM_KIT_DELETED_MARK: 'false',
      IM_KIT_RECEIPT_MEMBERS: '20',
      IM_KIT_HEARTBEAT: '25',
      IM_KIT_KEEP_DAYS: '90',
      IM_KIT_APP_ID: 'shop',
      IM_KIT_SECRET: SECRET,
      PATH: '/usr/bin',
    });
    assert.deepEqual(given, {
      host: 'localhost',
      port: 9000,
      data: '/srv/chat',
      origins: ['https://shop.example', 'http://localhost:5173'],
      dev: true,
      logLevel: 'error',
      maxDevices: { web: 5, mobile: 1 },
      presence: false,
      sendRate: 'off',
      policy: { recallMs: 0, editMs: 3_600_000, deletedMark: false, receiptMembers: 20 },
      heartbeatMs: 25_000,
      keepDays: 90,
      keys: { appId: 'shop', secret: SECRET },
    });
  });

  test('lets a flag win over its variable, and gathers repeated origins', () => {
    const argv = '--port 1 --origin https://a.example --origin https://b.example'.split(' ');
    const { port, origins } = settings(argv, {
      IM_KIT_PORT: '2',
      IM_KIT_ORIGIN: 'https://c.example',
    });
    assert.deepEqual([port, origins], [1, ['https://a.example', 'https://b.example']]);
  });

  const wrong: readonly (readonly [
    argv: string,
    env: NodeJS.ProcessEnv,
    named: string,
    given: string,
  ])[] = [
    ['--port abc', {}, '--port', '"abc"'],
    ['--port 65536', {}, '--port', '"65536"'],
    ['--port -1', {}, '--port', '"-1"'],
    ['--port 80.5', {}, '--port', '"80.5"'],
    ['--port', {}, '--port', '""'],
    ['--host 256.1.1.1/x', {}, '--host', '"256.1.1.1/x"'],
    ['--host=', {}, '--host', '""'],
    ['--data=', {}, '--data', '""'],
    ['--origin *', {}, '--origin', '"*"'],
    ['--origin null', {}, '--origin', '"null"'],
    ['--origin shop.example', {}, '--origin', '"shop.example"'],
    ['--origin https://shop.example/', {}, '--origin', '"https://shop.example/"'],
    ['--origin HTTPS://shop.example', {}, '--origin', '"HTTPS://shop.example"'],
    ['--origin file:///tmp', {}, '--origin', '"file:///tmp"'],
    ['--log-level loud', {}, '--log-level', '"loud"'],
    ['--heartbeat 0', {}, '--heartbeat', '"0"'],
    ['--heartbeat 61', {}, '--heartbeat', '"61"'],
    ['--keep-days 0', {}, '--keep-days', '"0"'],
    ['--keep-days=', {}, '--keep-days', '""'],
    ['--keep-days 1.5', {}, '--keep-days', '"1.5"'],
    ['--keep-days 36501', {}, '--keep-days', '"36501"'],
    ['--dev=maybe', {}, '--dev', '"maybe"'],
    ['--max-devices 5', {}, '--max-devices', '"5"'],
    ['--max-devices web=0', {}, '--max-devices', '"web=0"'],
    ['--max-devices web=5,tv=1', {}, '--max-devices', '"web=5,tv=1"'],
    ['--send-rate 100', {}, '--send-rate', '"100"'],
    ['--send-rate 0/5', {}, '--send-rate', '"0/5"'],
    ['--prot 80', {}, '--prot', 'unknown'],
    ['-p 80', {}, '-p', 'unknown'],
    ['serve', {}, '"serve"', 'not expected'],
    ['--app-id shop', {}, '--app-id', 'unknown'],
    ['--secret hush', {}, '--secret', 'unknown'],
    ['--dev --host 0.0.0.0', {}, '--host', '"0.0.0.0"'],
    ['--dev', { IM_KIT_HOST: '192.168.1.4' }, 'IM_KIT_HOST', '"192.168.1.4"'],
    ['', { IM_KIT_PORT: 'http' }, 'IM_KIT_PORT', '"http"'],
    ['', { IM_KIT_PROT: '80' }, 'IM_KIT_PROT', 'unknown'],
    ['', { IM_KIT_DEV: 'yes' }, 'IM_KIT_DEV', '"yes"'],
    ['', { IM_KIT_ORIGIN: 'https://a.example,*' }, 'IM_KIT_ORIGIN', '"*"'],
    ['', { IM_KIT_APP_ID: 'a b', IM_KIT_SECRET: SECRET }, 'IM_KIT_APP_ID', '"a b"'],
    ['', { IM_KIT_APP_ID: 'shop' }, 'IM_KIT_SECRET', 'only one'],
    ['', { IM_KIT_SECRET: SECRET }, 'IM_KIT_APP_ID', 'only one'],
  ];
  for (const [argv, env, named, given] of wrong) {
    test(`refuses ${argv || JSON.stringify(env)}, and names it with what is allowed`, () => {
      const text = problems(argv === '' ? [] : argv.split(' '), env).join('\n');
      for (const part of [named, given, 'Allowed: ']) assert.ok(text.includes(part), text);
    });
  }

  test('tells all problems at once', () => {
    assert.equal(problems(['--port', 'x', '--host', '!', '--what']).length, 3);
  });

  test('does not repeat a secret, not even a wrong one', () => {
    const text = problems([], { IM_KIT_APP_ID: 'shop', IM_KIT_SECRET: 'too-short-42' }).join('\n');
    assert.match(text, /IM_KIT_SECRET: these 12 characters are not allowed/);
    assert.ok(!text.includes('too-short-42'), text);
  });

  test('explains every setting in the help', () => {
    const help = helpText();
    assert.equal(readSettings(['--port', 'x', '--help'], {}).status, 'help');
    for (const { flag, variable } of Object.values(SETTINGS)) {
      assert.ok(help.includes(variable), variable);
      if (flag) assert.ok(help.includes(flag), flag);
    }
    assert.ok(
      help.split('\n').every((line) => line.length <= 120),
      'a line is too long',
    );
  });

  test('knows a wish for the version', () => {
    assert.equal(readSettings(['--version'], {}).status, 'version');
  });
});
