/** What a message says, in words: for lists, announcements and screen readers. */
import type { Message, MessageContent, MessageStatus } from '../../../client/public.js';
import type { Strings } from '../../../locales/en.js';

/** The name by which a person is shown to this user. */
export function senderName(strings: Strings, { own, sender }: Message): string {
  return own ? strings.you : sender.name || sender.id;
}

/** The content of a message as one plain text. */
export function contentText(strings: Strings, message: Message): string {
  const { content } = message;
  switch (content.type) {
    case 'text':
      return content.text;
    case 'system':
      return systemText(strings, content);
    case 'gone':
      return goneText(strings, content);
    case 'unknown':
      return strings.unknownPreview;
  }
}

function goneText(
  strings: Strings,
  { how, by, byOwn }: Extract<MessageContent, { type: 'gone' }>,
): string {
  if (how === 'delete') return strings.messageDeleted;
  return byOwn ? strings.messageRecalledByYou : strings.messageRecalledBy(by.name || by.id);
}

function systemText(
  strings: Strings,
  { by, byOwn, name }: Extract<MessageContent, { type: 'system' }>,
): string {
  if (byOwn) return strings.groupCreatedByYou(name ?? '');
  if (by) return strings.groupCreatedBy(by.name || by.id, name ?? '');
  return strings.groupCreated(name ?? '');
}

/** Whether nobody speaks here: it is told what has happened. */
export function isNotice({ type }: MessageContent): boolean {
  return type === 'system' || type === 'gone';
}

/** What a message is besides its words, for screen readers: "Read, Edited". */
export function marksText(
  strings: Strings,
  { state, edited, pinned, starred }: Message,
): readonly string[] {
  const marks = [statusText(strings, state)];
  if (edited) marks.push(strings.edited);
  if (pinned) marks.push(strings.pinnedMark);
  if (starred) marks.push(strings.starredMark);
  return marks.filter(Boolean);
}

/** How far a message has come; nothing for messages of others. */
export function statusText(strings: Strings, { status }: MessageStatus): string {
  switch (status) {
    case 'queued':
      return strings.statusQueued;
    case 'sending':
      return strings.statusSending;
    case 'sent':
      return strings.statusSent;
    case 'delivered':
      return strings.statusDelivered;
    case 'read':
      return strings.statusRead;
    case 'failed':
      return strings.statusFailed;
    case 'received':
      return '';
  }
}
