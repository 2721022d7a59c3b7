/** The path of a Chromium, or undefined. `CHROME_PATH` wins, also when it is wrong. */
export function findChromium(env?: NodeJS.ProcessEnv): string | undefined;
/** The flags of every browser that the tests start. */
export const chromiumArgs: string[];
