import { isWholeText } from '../../../src/protocol/draft.js';
import { ImError } from '../../../src/protocol/im-error.js';
import type { Commit } from './store.js';

/**
 * Refuses texts that a column would cut or change; bodies are JSON, which escapes them.
 *
 * @throws ImError `request/invalid`
 */
export function checkTexts(commit: Commit): void {
  const { users = [], conversations = [], events = [], devices = [] } = commit;
  for (const { name, avatarUrl } of users) check(name, avatarUrl);
  for (const { conversation } of conversations) check(conversation.name, conversation.avatarUrl);
  for (const { label } of devices) check(label);
  for (const { event } of events) if (event.kind !== 'text') check(event.kind);
}

function check(...texts: readonly (string | undefined)[]): void {
  if (texts.every((text) => text === undefined || isWholeText(text))) return;
  throw new ImError('request/invalid', 'A text has NUL or half of a surrogate pair.');
}
