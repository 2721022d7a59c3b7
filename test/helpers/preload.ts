/**
 * Puts a process into surroundings that are wrong, by a module that is loaded before its own: the
 * product has no hook for it, and its sources on the disk stay as they are.
 */

/** A fault in the product, to see that a test finds it. */
export type Patch = {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

/** The environment in which a program that runs from its sources has the fault. */
export function patchedBy({ file, find, replace }: Patch): NodeJS.ProcessEnv {
  const piece = { url: new URL(`../../${file}`, import.meta.url).href, find, replace };
  const hooks = `
    const { url: patched, find, replace } = ${JSON.stringify(piece)};
    export async function load(url, context, nextLoad) {
      const loaded = await nextLoad(url, context);
      if (url.split('?')[0] !== patched || loaded.source == null) return loaded;
      const source = String(loaded.source);
      if (!source.includes(find)) throw new Error('There is no such piece in ' + url + ': ' + find);
      return { ...loaded, source: source.replace(find, () => replace) };
    }`;
  return loadedBefore(`
    import { register } from 'node:module';
    register(${JSON.stringify(dataUrl(hooks))});`);
}

/** A clock that is wrong by as many milliseconds as `file` says, and is set again whenever it changes. */
export function clockShiftedBy(file: string): NodeJS.ProcessEnv {
  return loadedBefore(`
    import { readFileSync } from 'node:fs';
    const real = Date.now;
    let shiftMs = 0;
    const look = () => (shiftMs = Number(readFileSync(${JSON.stringify(file)}, 'utf8')));
    look();
    setInterval(look, 20).unref();
    Date.now = () => real() + shiftMs;
    globalThis.Date = new Proxy(Date, {
      construct: (date, given, made) =>
        Reflect.construct(date, given.length === 0 ? [date.now()] : given, made),
    });`);
}

/** A refused write is an error, as on a full disk, and not the end of the process. */
export function survivingFileLimits(): NodeJS.ProcessEnv {
  return loadedBefore(`process.on('SIGXFSZ', () => undefined);`);
}

/** At SIGUSR2 the process collects its garbage and writes to `file` how many bytes are alive in it. */
export function weighedBy(file: string): NodeJS.ProcessEnv {
  return loadedBefore(`
    import { writeFileSync } from 'node:fs';
    import { setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    process.on('SIGUSR2', () => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      writeFileSync(${JSON.stringify(file)}, String(heapUsed + external));
    });`);
}

function loadedBefore(code: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: given = '' } = process.env;
  return { NODE_OPTIONS: `${given} --import=${dataUrl(code)}`.trim() };
}

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
