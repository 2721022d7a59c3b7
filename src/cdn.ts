/** What a script tag loads: every element registered, and all that the package exports. */
import './all.js';

export * from './index.js';
