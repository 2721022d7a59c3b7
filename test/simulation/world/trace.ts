/** What has happened, as a number that two equal runs share and, when asked for, in words. */
export class Trace {
  readonly lines: string[] = [];
  readonly #isKept: boolean;
  #hash = 0x811c9dc5;

  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  add(at: number, who: string, what: string): void {
    const line = `${at.toFixed(2).padStart(10)} ${who.padEnd(9)} ${what}`;
    if (this.#isKept) this.lines.push(line);
    let hash = this.#hash;
    for (let index = 0; index < line.length; index++) {
      hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193);
    }
    this.#hash = hash;
  }
}
