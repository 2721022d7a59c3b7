/**
 * Faults that the simulation has to find. Each is put into the source text when it is bundled; the
 * product itself knows nothing of them.
 */
export type Edit = {
  readonly file: string;
  /** Is there exactly once. */
  readonly find: string;
  readonly replace: string;
};

export type Mutant = {
  readonly name: string;
  /** The promise that it breaks, as the checks call it. */
  readonly breaks: string;
  /** Within so many seeds it has to be found by that. */
  readonly within: number;
  readonly edits: readonly Edit[];
};

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'acknowledge before the commit',
    breaks: 'lost',
    within: 60,
    edits: [
      {
        file: 'server/src/core/log/journal.ts',
        find: 'await this.#options.store.commit(draft);',
        replace: 'this.#options.store.commit(draft).catch(() => undefined);',
      },
    ],
  },
  {
    name: 'take a repeated send for a new one',
    breaks: 'doubled',
    within: 60,
    edits: [
      {
        file: 'server/src/core/log/append.ts',
        find: 'if (turn && turn.n !== turn.counter.draft)',
        replace: 'if (turn && turn.n > turn.counter.draft)',
      },
      {
        file: 'server/src/store/memory-store.ts',
        find: 'if (this.#shelves.get(conversation)?.clientIds.has(key) || fresh.has(freshKey)) {',
        replace: 'if (fresh.has(freshKey) && this.#shelves.size < 0) {',
      },
    ],
  },
  {
    name: 'step over a gap',
    breaks: 'diverged',
    within: 60,
    edits: [
      {
        file: 'src/client/sync/apply-log.ts',
        find: 'if (frame.from > row.local.to + 1) {',
        replace: 'if (frame.from > row.local.to + 1e9) {',
      },
    ],
  },
  {
    name: 'forget a message once it is sent',
    breaks: 'stuck',
    within: 60,
    edits: [
      {
        file: 'src/client/outbox/outbox.ts',
        find: 'connection.tellText(`${head.slice(0, -1)},"body":${bodyJson}}`);',
        replace: `connection.tellText(\`\${head.slice(0, -1)},"body":\${bodyJson}}\`);
    void this.#options.storage.use((db) => db.outbox.delete(key)).catch(() => undefined);`,
      },
    ],
  },
  {
    name: 'order by the clock of the device',
    breaks: 'screen',
    within: 60,
    edits: [
      {
        file: 'src/client/history/history-rows.ts',
        find: 'const entries = this.atEnd ? [...this.#entries, ...this.#pending] : this.#entries;',
        replace: `const entries = [...this.#entries, ...(this.atEnd ? this.#pending : [])].sort(
      (one, other) => one.row.at - other.row.at,
    );`,
      },
    ],
  },
  {
    name: 'listen only after reading',
    breaks: 'late',
    within: 60,
    edits: [
      {
        file: 'server/src/core/sessions/session.ts',
        find: 'hub.add(user.id, this);',
        replace: 'options.schedule(400, () => hub.add(user.id, this));',
      },
    ],
  },
  {
    name: 'apply an edit only to a message that is there',
    breaks: 'screen',
    within: 60,
    edits: [
      {
        file: 'src/client/changes/apply-changes.ts',
        find: 'const isFit = isFitChange(message.kind, message.body) && target < message.order;',
        replace: `const isHere = target >= (row.local?.from ?? Infinity);
  const isFit = isFitChange(message.kind, message.body) && target < message.order && isHere;`,
      },
    ],
  },
  {
    name: 'forget with an older page what has gone',
    breaks: 'screen',
    within: 60,
    edits: [
      {
        file: 'src/client/sync/batch.ts',
        find: 'if (changes.gone) this.folds.blank(conversation, target);',
        replace: `{
          const { gone: _, reactions, ...rest } = changes;
          const kept = { ...rest, reactions: reactions.filter(({ on }) => on) };
          await this.db.changes.put({ conversation, target, changes: kept, pending: [] });
        }`,
      },
    ],
  },
  {
    name: 'no fencing between tabs',
    breaks: 'fence',
    within: 60,
    edits: [
      {
        file: 'src/client/tabs/term.ts',
        find: 'if (this.value !== 0) await this.#check(db);',
        replace: '',
      },
    ],
  },
  {
    name: 'remove what is not old enough',
    breaks: 'trim',
    within: 60,
    edits: [
      {
        file: 'server/src/core/log/retention.ts',
        find: 'const upTo = oldest.findLast(({ at }) => at < before)?.seq ?? trimmed;',
        replace: `const old = oldest.findLast(({ at }) => at < before)?.seq ?? trimmed;
      const upTo = Math.min(old + 1, oldest.at(-1)?.seq ?? trimmed);`,
      },
    ],
  },
];
