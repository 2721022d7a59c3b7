/**
 * The tables, step by step. Appended, never edited: somebody's data folder is still at step 1.
 *
 * Conversations have an integer key of their own, so that the log, its index and the membership rows
 * stay narrow. There is no index on `revision`: it would be written again with every message.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE person (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     avatar_url TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE conversation (
     key INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL,
     name TEXT,
     avatar_url TEXT,
     last_seq INTEGER NOT NULL,
     active_at INTEGER NOT NULL,
     revision INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE event (
     conversation INTEGER NOT NULL REFERENCES conversation (key),
     seq INTEGER NOT NULL,
     at INTEGER NOT NULL,
     sender TEXT NOT NULL,
     client_id TEXT NOT NULL,
     kind TEXT NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (conversation, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX event_by_client ON event (conversation, sender, client_id);
   CREATE TABLE member (
     conversation INTEGER NOT NULL REFERENCES conversation (key),
     person TEXT NOT NULL,
     joined_seq INTEGER NOT NULL,
     delivered INTEGER NOT NULL,
     read INTEGER NOT NULL,
     receipt INTEGER NOT NULL,
     PRIMARY KEY (conversation, person)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX member_by_person ON member (person, conversation);
   CREATE TABLE counter (
     conversation INTEGER NOT NULL REFERENCES conversation (key),
     person TEXT NOT NULL,
     device TEXT NOT NULL,
     next INTEGER NOT NULL,
     PRIMARY KEY (conversation, person, device)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE standing (only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL) STRICT;
   INSERT INTO standing VALUES (1, 0);`,
  `ALTER TABLE conversation ADD COLUMN message_seq INTEGER NOT NULL DEFAULT 0;
   UPDATE conversation SET message_seq = last_seq;
   CREATE TABLE change (
     conversation INTEGER NOT NULL REFERENCES conversation (key),
     target INTEGER NOT NULL,
     pin_seq INTEGER,
     state TEXT NOT NULL,
     PRIMARY KEY (conversation, target)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX change_by_pin ON change (conversation, pin_seq) WHERE pin_seq IS NOT NULL;`,
  'ALTER TABLE conversation ADD COLUMN trimmed INTEGER NOT NULL DEFAULT 0;',
  `CREATE TABLE device (
     person TEXT NOT NULL,
     id TEXT NOT NULL,
     label TEXT,
     platform TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     seen_at INTEGER NOT NULL,
     hidden INTEGER NOT NULL,
     signed_out_at INTEGER,
     PRIMARY KEY (person, id)
   ) STRICT, WITHOUT ROWID;
   ALTER TABLE person ADD COLUMN revoked_before INTEGER NOT NULL DEFAULT 0;`,
  // What has been removed for its age is known by its name, so that a late repeat is no new message.
  `CREATE TABLE former (
     conversation INTEGER NOT NULL REFERENCES conversation (key),
     at INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     sender TEXT NOT NULL,
     client_id TEXT NOT NULL,
     kind TEXT NOT NULL,
     PRIMARY KEY (conversation, at, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX former_by_client ON former (conversation, sender, client_id);`,
];
