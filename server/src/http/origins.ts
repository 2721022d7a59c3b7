/** The pages that may connect, by exact origin. */
export interface Origins {
  /** A request without an origin comes from no page: bots, tests and back ends pass. */
  allows(origin: string | undefined): boolean;
}

/** With `ownPort`, pages that this server itself serves on loopback may connect as well. */
export function createOrigins(listed: readonly string[], ownPort?: number): Origins {
  const allowed = new Set(listed);
  if (ownPort !== undefined) {
    const port = ownPort === 80 ? '' : `:${ownPort}`;
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) allowed.add(`http://${host}${port}`);
  }
  return { allows: (origin) => origin === undefined || allowed.has(origin) };
}
