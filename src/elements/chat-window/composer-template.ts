import { html, type TemplateResult } from 'lit';
import type { Message } from '../../client/public.js';
import type { ImDraftChangeEvent } from '../events/draft-change.js';
import type { ImEditSaveEvent } from '../events/edit-save.js';
import type { ImSendEvent } from '../events/send.js';
import type { ImTypingChangeEvent } from '../events/typing-change.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import type { DraftKeeper } from './draft-keeper.js';
import type { EditKeeper } from './edit-keeper.js';
import type { TypingTeller } from './typing-teller.js';

export type ComposerParts = {
  readonly placeholder: string;
  readonly draft: DraftKeeper;
  readonly edit: EditKeeper;
  readonly typist: TypingTeller;
  readonly send: (event: ImSendEvent) => void;
  /** What this user has written last. */
  readonly lastOwn: () => Message | undefined;
};

/** The composer: it holds the draft, or the text of a message that is edited while the draft waits. */
export function composerTemplate({
  placeholder,
  draft,
  edit,
  typist,
  send,
  lastOwn,
}: ComposerParts): TemplateResult {
  const { original } = edit;
  const isEditing = original !== undefined;
  return html`<im-composer
    exportparts="composer,editing,field,input,count,send"
    placeholder=${placeholder}
    .value=${isEditing ? edit.text : draft.text}
    .editing=${original}
    @im-send=${send}
    @im-draft-change=${({ text }: ImDraftChangeEvent) =>
      isEditing ? edit.set(text) : draft.set(text)}
    @im-edit-request=${() => edit.start(lastOwn())}
    @im-edit-cancel=${() => edit.stop()}
    @im-edit-save=${(event: ImEditSaveEvent) =>
      afterDispatch(event, () => void edit.save(event.text))}
    @im-typing-change=${({ active }: ImTypingChangeEvent) => typist.tell(active)}
  >
    <slot name="composer-start" slot="start"></slot>
    <slot name="composer-end" slot="end"></slot>
  </im-composer>`;
}
