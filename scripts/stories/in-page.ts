/** What the gate runs inside the page of a story. These functions are sent there as text. */

export type StoryEnd = {
  readonly status: string;
  readonly thrown: readonly string[];
  readonly reporters: readonly { readonly type: string; readonly result?: AxeResult }[];
};

type AxeResult = {
  readonly violations?: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
  }[];
};

type Channel = {
  on(name: string, listener: (detail: unknown) => void): void;
  emit(name: string, ...details: readonly unknown[]): void;
};

declare global {
  interface Window {
    storyEnd: Promise<StoryEnd>;
    /** Storybook's. */
    __STORYBOOK_ADDONS_CHANNEL__: Channel | undefined;
  }
}

/** Storybook says that a story whose `play` threw has finished with success; these tell the truth. */
export const TROUBLE: readonly string[] = [
  'playFunctionThrewException',
  'unhandledErrorsWhilePlaying',
  'storyThrewException',
  'storyErrored',
  'storyMissing',
];

/** Runs before everything else, and catches Storybook's channel when that is set up. */
export function listen(trouble: readonly string[]): void {
  const thrown: string[] = [];
  let channel: Channel | undefined;
  window.storyEnd = new Promise((resolve) => {
    Object.defineProperty(window, '__STORYBOOK_ADDONS_CHANNEL__', {
      configurable: true,
      get: () => channel,
      set(value: Channel) {
        channel = value;
        for (const name of trouble) {
          value.on(name, (detail) => {
            const [first] = [detail].flat() as { message?: string; title?: string }[];
            thrown.push(`${name}: ${first?.message ?? first?.title ?? ''}`);
            if (name === 'storyMissing') resolve({ status: 'missing', reporters: [], thrown });
          });
        }
        value.on('storyFinished', (detail) => resolve({ ...(detail as StoryEnd), thrown }));
      },
    });
  });
}

/** Has a story that is over, and whose page has other colours now, looked at by axe once more. */
export async function lookAgain(storyId: string): Promise<void> {
  const before = await window.storyEnd;
  window.storyEnd = new Promise((resolve) => {
    const channel = window.__STORYBOOK_ADDONS_CHANNEL__;
    channel?.on('storybook/a11y/result', (result) =>
      resolve({ ...before, reporters: [{ type: 'a11y', result: result as AxeResult }] }),
    );
    channel?.on('storybook/a11y/error', () => resolve({ ...before, reporters: [] }));
    channel?.emit('storybook/a11y/manual', storyId);
  });
}

/** Waits for the end of the story, and looks for what is wrong with it. */
export async function findProblems(patienceMs: number): Promise<string[]> {
  const late = new Promise<StoryEnd>((resolve) => {
    setTimeout(resolve, patienceMs, { status: 'timeout', reporters: [], thrown: [] });
  });
  const { status, thrown, reporters } = await Promise.race([window.storyEnd, late]);
  const problems = thrown.map((text) => text.split('\n')[0] ?? '');
  if (status !== 'success') problems.push(`finished as ${status}`);

  const axe = reporters.filter(({ type }) => type === 'a11y');
  if (axe.length === 0) problems.push('axe did not run');
  for (const { result } of axe) {
    for (const { id, nodes } of result?.violations ?? []) {
      const [first] = nodes;
      const where = JSON.stringify(first?.target);
      problems.push(`axe ${id} (${nodes.length}): ${where} ${first?.failureSummary ?? ''}`);
    }
  }

  const unknownTags = (): Set<string> => {
    const tags = new Set<string>();
    const roots: ParentNode[] = [document.querySelector('#storybook-root') ?? document];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches(':not(:defined)')) tags.add(element.localName);
        if (element.shadowRoot) roots.push(element.shadowRoot);
      }
    }
    return tags;
  };
  // What nobody needs for the first picture is fetched when the page rests.
  for (let waited = 0; waited < 10_000 && unknownTags().size > 0; waited += 100) {
    await new Promise((next) => setTimeout(next, 100));
  }
  for (const tag of unknownTags()) problems.push(`<${tag}> is not defined`);
  return problems;
}
