/** Who may change which message, and until when. */
import {
  isMessageKind,
  type ChangeKind,
  type EditBody,
  type PinBody,
  type ReactBody,
} from '../../../../src/protocol/changes.js';
import type { Policy } from '../../../../src/protocol/entities.js';
import { ImError, type ImErrorCode } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { Target } from './targets.js';

export type Attempt = {
  readonly kind: ChangeKind;
  /** Fits the kind. */
  readonly body: unknown;
  readonly sender: string;
  /** The site's back end acts: no window closes for it. */
  readonly isTrusted: boolean;
  /** Messages that are pinned in the conversation now. */
  readonly pins: number;
  readonly now: number;
};

/** Why a change is refused, or undefined when it is not. Decided against `target.draft`. */
export function refusal(target: Target, attempt: Attempt, policy: Policy): ImError | undefined {
  const { event, draft } = target;
  if (!isMessageKind(event.kind) || event.kind === 'system') return notFound();
  if (draft.gone) return error('message/gone', 'The message is gone.');
  switch (attempt.kind) {
    case 'edit':
      return refusedEdit(target, attempt, policy);
    case 'recall':
      return ownRefusal(target, attempt) ?? lateRefusal(target, attempt, policy.recallMs);
    case 'delete':
      return ownRefusal(target, attempt);
    case 'react':
      return refusedReaction(target, attempt);
    case 'pin': {
      const { on } = attempt.body as PinBody;
      if (!on || draft.pin?.on || attempt.pins < LIMITS.pins) return;
      return error('conversation/too-many-pins', `${LIMITS.pins} messages may be pinned.`);
    }
  }
}

/** What is not there, not for this person, or no message, looks the same. */
export function notFound(): ImError {
  return error('message/not-found', 'There is no such message.');
}

function refusedEdit(target: Target, attempt: Attempt, policy: Policy): ImError | undefined {
  const { version } = attempt.body as EditBody;
  const next = target.draft.versions.length + 2;
  if (target.event.kind !== 'text') return notFound();
  const early = ownRefusal(target, attempt);
  if (early) return early;
  if (version !== next || next > LIMITS.versions + 1) {
    return error('message/stale-version', `The next version is ${next}.`, 'body.version');
  }
  return lateRefusal(target, attempt, policy.editMs);
}

function refusedReaction({ draft }: Target, attempt: Attempt): ImError | undefined {
  const { emoji, on } = attempt.body as ReactBody;
  if (!on) return;
  const shown = new Set(draft.reactions.flatMap((one) => (one.on ? [one.emoji] : [])));
  if (shown.has(emoji) || shown.size < LIMITS.emojiPerMessage) return;
  const text = `A message takes ${LIMITS.emojiPerMessage} kinds of reactions.`;
  return error('message/too-many-reactions', text, 'body.emoji');
}

function ownRefusal({ event }: Target, { sender }: Attempt): ImError | undefined {
  if (event.sender === sender) return;
  return error('message/not-own', 'Only who wrote a message can do this.');
}

function lateRefusal(
  { event }: Target,
  { kind, now, isTrusted }: Attempt,
  windowMs: number,
): ImError | undefined {
  if (isTrusted || now - event.at <= windowMs) return;
  const code = kind === 'edit' ? 'message/edit-expired' : 'message/recall-expired';
  return error(code, `The message was open to this for ${windowMs / 1_000} seconds.`);
}

function error(code: ImErrorCode, message: string, field: string = 'body.target'): ImError {
  return new ImError(code, message, { field });
}
