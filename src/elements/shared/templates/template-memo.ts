import type { TemplateResult } from 'lit';

type Made = { readonly inputs: readonly unknown[]; readonly template: TemplateResult };

/**
 * Templates by the object that they show. What has been made before is used again while everything
 * else that goes into it is the same, so a list pays for the rows that differ and not for all.
 */
export class TemplateMemo<K extends object> {
  readonly #made: WeakMap<K, Made> = new WeakMap();

  /** @param inputs - All that `make` uses besides `key`; compared one by one. */
  get(key: K, inputs: readonly unknown[], make: () => TemplateResult): TemplateResult {
    const before = this.#made.get(key);
    if (before?.inputs.every((input, index) => input === inputs[index])) return before.template;
    const template = make();
    this.#made.set(key, { inputs, template });
    return template;
  }
}
