import type { Policy } from '../../protocol/entities.js';
import { LIMITS } from '../../protocol/limits.js';

/** What a server allows unless it says otherwise. */
export const DEFAULT_POLICY: Policy = {
  recallMs: 120_000,
  editMs: 86_400_000,
  deletedMark: true,
  receiptMembers: LIMITS.receiptMembers,
};
