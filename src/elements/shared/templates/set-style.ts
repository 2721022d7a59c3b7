import { noChange, type ElementPart } from 'lit';
import {
  Directive,
  directive,
  PartType,
  type DirectiveResult,
  type PartInfo,
} from 'lit/directive.js';

type Styles = Readonly<Record<string, string>>;

class SetStyleDirective extends Directive {
  #written: Styles = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('setStyle() belongs into the tag itself');
  }

  override render(): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [styles]: [Styles]): typeof noChange {
    const { style } = element as HTMLElement;
    for (const name of Object.keys(this.#written)) {
      if (!(name in styles)) style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(styles)) {
      if (this.#written[name] !== value) style.setProperty(name, value);
    }
    this.#written = styles;
    return noChange;
  }
}

/** Sets styles through `element.style`, which a strict content security policy allows; `styleMap` is not. */
export const setStyle: (styles: Styles) => DirectiveResult = directive(SetStyleDirective);
