import { userEvent } from 'storybook/test';
import { find } from './find.js';

/** Writes a message and sends it, as a person does. */
export async function write(canvas: HTMLElement, text: string): Promise<void> {
  const field = await find<HTMLTextAreaElement>(canvas, 'textarea');
  await userEvent.type(field, text);
  await userEvent.keyboard('{Enter}');
}
