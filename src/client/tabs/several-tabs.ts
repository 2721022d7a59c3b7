/** What a client needs as soon as it is not the only one: loaded then, and needs nothing of the rest. */
export { Desk } from './desk.js';
export { Follower } from './follower.js';
