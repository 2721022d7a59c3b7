/** Who is online, and how one frame gets to all of them. */

/** A device that is ready for frames. */
export interface Outlet {
  readonly device: string;
  /** Ends it in favour of a newer one of the same device. */
  replace(): void;
  send(text: string): void;
  /** Sends what has just happened in a conversation; a slow reader hears later that it has moved. */
  tell(conversation: string, text: string): void;
  /** Sends a frame that may be lost, unless much is waiting already; gives whether it did. */
  whisper(text: string): boolean;
}

export class Hub {
  readonly #online = new Map<string, Outlet[]>();

  add(user: string, outlet: Outlet): void {
    const outlets = this.#online.get(user);
    if (outlets) outlets.push(outlet);
    else this.#online.set(user, [outlet]);
  }

  remove(user: string, outlet: Outlet): void {
    const outlets = this.#online.get(user);
    if (!outlets) return;
    // A new list: somebody may be walking along the old one.
    const rest = outlets.filter((other) => other !== outlet);
    if (rest.length > 0) this.#online.set(user, rest);
    else this.#online.delete(user);
  }

  /** The devices of a person that are online. */
  outlets(user: string): readonly Outlet[] {
    return this.#online.get(user) ?? NOBODY;
  }

  /** What speaks for a device, if it is online. */
  ofDevice(user: string, device: string): Outlet | undefined {
    return this.outlets(user).find((outlet) => outlet.device === device);
  }

  /** Tells all devices of `users` except one; a frame may be lost on the way. */
  whisper(users: Iterable<string>, text: string, except?: Outlet): void {
    for (const user of users) {
      for (const outlet of this.outlets(user)) if (outlet !== except) outlet.whisper(text);
    }
  }
}

const NOBODY: readonly Outlet[] = [];
