/** Builds what is missing or older than its sources. */
export function buildWhatIsStale(names?: readonly ('npm modules' | 'CDN files' | 'server')[]): void;
