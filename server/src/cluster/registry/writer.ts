// The way in for components. They are trusted: no decoding, no validation of what derives from a validated object, no tracking of
// fields; but the same defaulting, admission, metadata rules, generations and no-op detection as for anybody else.
import type { KubeObject } from '../../kube/object.ts';
import type { Status } from '../../kube/status.ts';
import type { Reason } from '../store/commit.ts';
import type { DeleteOptions, Draft, EventDraft, EventTarget, OwnParts, Writer } from '../runtime/writer.ts';
import type { Namespace, Pod, PodSpec } from '../../schema/generated/types.ts';
import type { Stateful } from '../../kube/object-form.ts';
import { isStatus } from '../../kube/status.ts';
import { notFound } from './answers.ts';
import { bindPod } from './binding.ts';
import type { RegistryContext, Write } from './context.ts';
import { createObject, withInitialDefaults } from './create.ts';
import { deleteObject } from './delete.ts';
import type { EventRecorder } from './events/recorder.ts';
import type { PodTemplates } from './pod-templates.ts';
import { strategyOfResource } from './resources.ts';
import type { Strategy } from './strategy.ts';
import { writeFinalizers } from './subresources/finalize.ts';
import { checkPreconditions, commitChange, settle, settleStatus } from './update.ts';

export interface WriterParts {
  readonly context: RegistryContext;
  readonly podTemplates: PodTemplates;
  readonly recorder: EventRecorder;
}

export class ComponentWriter implements Writer {
  readonly #by: string;
  readonly #parts: WriterParts;
  readonly #context: RegistryContext;
  #last: Write;

  constructor(by: string, parts: WriterParts) {
    this.#by = by;
    this.#parts = parts;
    this.#context = parts.context;
    this.#last = { cause: { by, because: 0 }, dryRun: false };
  }

  create<T extends KubeObject>(resource: string, draft: Draft<T>, reason?: Reason): T | Status {
    const strategy = strategyOfResource(resource, this.#context.catalog);
    const object = draft as unknown as KubeObject & { readonly spec: PodSpec };
    const write = this.#write(reason);
    if (resource === 'pods') return this.#parts.podTemplates.create(object, write) as T | Status;
    return createObject(this.#context, strategy, withInitialDefaults(strategy, object), write) as T | Status;
  }

  createMember(draft: Draft<Pod>, own: OwnParts, reason?: Reason): Pod | Status {
    return this.#parts.podTemplates.create(draft as unknown as Pod, this.#write(reason), own) as Pod | Status;
  }

  update<T extends KubeObject>(resource: string, object: T, reason?: Reason): T | Status {
    return this.#change(resource, object, settle, reason) as T | Status;
  }

  updateStatus<T extends KubeObject>(resource: string, object: T, reason?: Reason): T | Status {
    return this.#change(resource, object, settleStatus, reason) as T | Status;
  }

  delete(resource: string, namespace: string | undefined, name: string, options: DeleteOptions = {}, reason?: Reason): KubeObject | undefined | Status {
    const strategy = strategyOfResource(resource, this.#context.catalog);
    const before = this.#context.store.get(resource, namespace, name);
    if (!before) return notFound(strategy.info, name);
    const { uid, ...rest } = options;
    const result = deleteObject(this.#context, strategy, before, { ...rest, ...(uid !== undefined && { preconditions: { uid } }) }, this.#write(reason));
    if (isStatus(result)) return result;
    return 'pending' in result ? result.pending : undefined;
  }

  bind(namespace: string, name: string, node: string, reason?: Reason): Status | undefined {
    return bindPod(this.#context, namespace, name, { node }, this.#write(reason));
  }

  finalize(namespace: Namespace): Status | undefined {
    const written = writeFinalizers(this.#context, strategyOfResource('namespaces'), namespace, this.#write(undefined));
    return isStatus(written) ? written : undefined;
  }

  event(about: EventTarget, event: EventDraft): void {
    this.#parts.recorder.record(this.#by, about, event);
  }

  wakeAt(at: number, key: string): void {
    this.#context.agenda.wakeAt(at, this.#by, key, this.#context.because());
  }

  #change(
    resource: string,
    object: KubeObject,
    settle: (strategy: Strategy, before: Stateful, next: Stateful, now: string) => Stateful,
    reason?: Reason,
  ): KubeObject | Status {
    const strategy = strategyOfResource(resource, this.#context.catalog);
    const { namespace, name } = object.metadata;
    const before = this.#context.store.get(resource, namespace, name);
    if (!before) return notFound(strategy.info, name);
    const refused = checkPreconditions(strategy, before, object.metadata);
    return refused ?? commitChange(this.#context, strategy, before, settle(strategy, before, object, this.#context.time), this.#write(reason));
  }

  /** Most writes have no reason of their own, and many have the same cause. */
  #write(reason: Reason | undefined): Write {
    const because = this.#context.because();
    if (reason) return { cause: { by: this.#by, because, reason }, dryRun: false };
    if (this.#last.cause.because !== because) this.#last = { cause: { by: this.#by, because }, dryRun: false };
    return this.#last;
  }
}
