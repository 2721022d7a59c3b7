/** What a script tag loads: every element registered, and what a page may use at once. */
import './all.js';

export * from './exports.js';
