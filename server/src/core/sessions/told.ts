import type { ClientFrame } from '../../../../src/protocol/client-frames.js';
import { TELL_RATES } from '../../../../src/protocol/limits.js';

/** A frame that is not answered. */
export type Told = Exclude<ClientFrame, { readonly id: number }>;

/** Whether a frame is not answered, whatever fields it has on top of its own. */
export function isTold(frame: ClientFrame): frame is Told {
  return Object.hasOwn(TELL_RATES.prices, frame.type);
}
