/** The whole HTTP interface as one table. `docs/hosting.md` explains it by example. */
import { isUserId } from '../../../../src/protocol/ids.js';
import type { Core } from '../../core/core.js';
import type { Health } from '../../operation/health.js';
import type { Metrics } from '../../operation/metrics.js';
import type { Reply } from '../reply.js';
import { wrong, type Fields } from './request-body.js';
import type { Route } from './router.js';
import type { Tokens } from '../access/tokens.js';

export type RouteContext = {
  readonly core: Core;
  readonly tokens: Tokens;
  readonly metrics: Metrics;
  readonly health: Health;
};

const MAX_TTL_S = 30 * 24 * 3_600;

const ok = (json: unknown): Reply => ({ status: 200, json });

async function createConversation(core: Core, fields: Fields): Promise<Reply> {
  const kind = fields.text('kind');
  const members = fields.texts('members');
  if (kind === 'group') {
    const id = fields.optionalText('id');
    const avatarUrl = fields.optionalText('avatarUrl');
    const group = {
      name: fields.text('name'),
      members,
      ...(id && { id }),
      ...(avatarUrl && { avatarUrl }),
    };
    return { status: 201, json: await core.createGroup(group) };
  }
  if (kind !== 'c2c') throw wrong('kind', '"group" or "c2c"');
  const [one, other, ...rest] = members;
  if (one === undefined || other === undefined || rest.length > 0)
    throw wrong('members', 'two user ids');
  return { status: 201, json: await core.createPair(one, other) };
}

async function createToken(
  { core, tokens }: RouteContext,
  fields: Fields,
  ttlSeconds: number,
): Promise<Reply> {
  const userId = fields.text('userId');
  if (!isUserId(userId)) throw wrong('userId', 'a user id');
  await core.user(userId);
  return ok(await tokens.sign(userId, ttlSeconds));
}

/** What a person is signed in with. */
function deviceRoutes(core: Core): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/users/:id/devices',
      access: 'app',
      handle: async ({ params }) => {
        const devices = await core.devices(params['id'] ?? '');
        return ok({ devices });
      },
    },
    {
      method: 'POST',
      path: '/v1/users/:id/devices/:device/sign-out',
      access: 'app',
      handle: async ({ params }) => {
        await core.signOut(params['id'] ?? '', params['device'] ?? '');
        return ok({});
      },
    },
    {
      method: 'POST',
      path: '/v1/users/:id/revoke-tokens',
      access: 'app',
      handle: async ({ params }) => ok({ validFrom: await core.revokeTokens(params['id'] ?? '') }),
    },
  ];
}

/** For the site's back end, by AppID and secret. */
export function appRoutes(context: RouteContext): readonly Route[] {
  const { core } = context;
  return [
    {
      method: 'PUT',
      path: '/v1/users/:id',
      access: 'app',
      handle: async ({ params, fields }) => {
        const avatarUrl = fields.optionalText('avatarUrl');
        const user = {
          id: params['id'] ?? '',
          name: fields.text('name'),
          ...(avatarUrl && { avatarUrl }),
        };
        return ok(await core.putUser(user));
      },
    },
    {
      method: 'GET',
      path: '/v1/users/:id',
      access: 'app',
      handle: async ({ params }) => ok(await core.user(params['id'] ?? '')),
    },
    ...deviceRoutes(core),
    {
      method: 'POST',
      path: '/v1/conversations',
      access: 'app',
      handle: ({ fields }) => createConversation(core, fields),
    },
    {
      method: 'POST',
      path: '/v1/conversations/:id/messages',
      access: 'app',
      handle: async ({ params, fields }) => {
        if (fields.any('body') === undefined) throw wrong('body', 'given');
        const { seq } = await core.post(
          params['id'] ?? '',
          fields.text('sender'),
          fields.text('kind'),
          fields.any('body'),
        );
        return { status: 201, json: { seq } };
      },
    },
    {
      method: 'POST',
      path: '/v1/tokens',
      access: 'app',
      handle: ({ fields }) =>
        createToken(context, fields, fields.count('ttlSeconds', 1, MAX_TTL_S)),
    },
  ];
}

/** For whoever looks after the server. */
export function operatorRoutes({ metrics, health }: RouteContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      access: 'open',
      handle: async () => {
        const report = await health.report();
        return { status: report.status === 'ok' ? 200 : 503, json: report };
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      access: 'open',
      handle: async () => ({
        status: 200,
        text: await metrics.text(),
        headers: { 'content-type': metrics.contentType },
      }),
    },
  ];
}

/** For the demo pages. Mounted with --dev only, and --dev listens on loopback only. */
export function devRoutes(context: RouteContext, version: string): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/dev/token',
      access: 'open',
      handle: ({ fields }) => createToken(context, fields, 3_600),
    },
    {
      method: 'GET',
      path: '/dev/config',
      access: 'open',
      handle: () => Promise.resolve(ok({ version })),
    },
  ];
}
