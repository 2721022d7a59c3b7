/** The bench's hand on the load generator. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { bundleProgram } from '../machine/bundle.js';
import { stopChild } from '../machine/child.js';
import type { Answer, Order, Outcome, Target } from './orders.js';

/** Messages of the size that the floors were measured with. */
const FRAME_BYTES = 180;

export class Load {
  readonly #generator: ChildProcess;

  private constructor(generator: ChildProcess) {
    this.#generator = generator;
  }

  /** Starts a generator and connects all its clients. */
  static async connect(target: Target): Promise<Load> {
    const load = new Load(fork(await bundleProgram('bench/load/generator.ts'), { execArgv: [] }));
    await load.#ask({ type: 'connect', target, frameBytes: FRAME_BYTES });
    return load;
  }

  /** @throws Error when a message was lost, refused or told twice. */
  async run(order: Exclude<Order, { type: 'connect' }>): Promise<Outcome> {
    const answer = await this.#ask(order);
    if (answer.type !== 'done') throw new Error(`The generator said ${answer.type}.`);
    return answer.outcome;
  }

  async stop(): Promise<void> {
    await stopChild(this.#generator);
  }

  async #ask(order: Order): Promise<Answer> {
    this.#generator.send(order);
    const [answer] = (await Promise.race([
      once(this.#generator, 'message'),
      once(this.#generator, 'exit').then(() => {
        throw new Error('The load generator ended.');
      }),
    ])) as [Answer];
    if (answer.type === 'failed') {
      await this.stop();
      throw new Error(`The load generator failed: ${answer.reason}`);
    }
    return answer;
  }
}
