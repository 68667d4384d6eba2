// Pods made from one template differ in their names only. What defaulting, admission and validation made of the first is kept with
// the template (by identity: the same `spec` object), and the next pod costs a name, a token volume and a commit.
import type { KubeObject, ObjectMeta } from '../../kube/object.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import type { Pod, PodSpec } from '../../schema/generated/types.ts';
import { admitNamespace } from './admission/namespace-lifecycle.ts';
import { tokenVolumeOf, withoutToken, withToken } from './admission/service-account.ts';
import type { RegistryContext, Write } from './context.ts';
import { commitNew, createObject, generatedName, withFreshName, withInitialDefaults } from './create.ts';
import type { Strategy } from './strategy.ts';
import type { Commit } from '../store/commit.ts';

interface Prepared {
  /** Admitted, without the token volume. */
  readonly spec: PodSpec;
  readonly status: Pod['status'];
  readonly mountsToken: boolean;
  readonly namespace: string | undefined;
  readonly labels: ObjectMeta['labels'];
  readonly annotations: ObjectMeta['annotations'];
  readonly epoch: number;
}

/** What admission of a pod reads: a change here makes everything that was prepared stale. */
const readByAdmission = new Set(['serviceaccounts', 'priorityclasses.scheduling.k8s.io']);

export class PodTemplates {
  readonly #context: RegistryContext;
  readonly #strategy: Strategy;
  readonly #prepared = new WeakMap<object, Prepared>();
  #epoch = 0;

  constructor(context: RegistryContext, strategy: Strategy) {
    this.#context = context;
    this.#strategy = strategy;
    context.store.onCommit((commit: Commit) => {
      if (readByAdmission.has(commit.resource)) this.#epoch++;
    });
  }

  create(draft: KubeObject & { readonly spec: PodSpec }, write: Write): KubeObject | Status {
    const prepared = this.#prepared.get(draft.spec);
    const { namespace, labels, annotations } = draft.metadata;
    const isKnown =
      prepared !== undefined &&
      prepared.epoch === this.#epoch &&
      prepared.namespace === namespace &&
      prepared.labels === labels &&
      prepared.annotations === annotations;
    return isKnown ? withFreshName(draft.metadata, () => this.#createAgain(draft, prepared, write)) : this.#createFirst(draft, write);
  }

  #createFirst(draft: KubeObject & { readonly spec: PodSpec }, write: Write): KubeObject | Status {
    const pod = createObject(this.#context, this.#strategy, withInitialDefaults(this.#strategy, draft), write) as Pod | Status;
    // A pod that brings its own token volume, or is bound by its template, is rare and goes the long way every time.
    if (isStatus(pod) || draft.spec.nodeName || tokenVolumeOf(draft.spec)) return pod;
    const { namespace, labels, annotations } = draft.metadata;
    const mountsToken = tokenVolumeOf(pod.spec) !== undefined;
    this.#prepared.set(draft.spec, { spec: withoutToken(pod.spec), status: pod.status, mountsToken, namespace, labels, annotations, epoch: this.#epoch });
    return pod;
  }

  #createAgain({ metadata }: KubeObject, { spec, status, mountsToken }: Prepared, write: Write): KubeObject | Status {
    const context = this.#context;
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: podMetadata(context, metadata),
      spec: mountsToken ? withToken(spec, context.random.suffix()) : spec,
      status,
    };
    const admitted = admitNamespace(context, this.#strategy, pod);
    return isStatus(admitted) ? admitted : commitNew(context, this.#strategy, pod, write);
  }
}

/** `newMetadata` for a draft by a controller, which has nothing that must be taken out. */
function podMetadata(context: RegistryContext, { name, generateName, namespace, labels, annotations, ownerReferences }: Partial<ObjectMeta>): ObjectMeta {
  return {
    name: name || generatedName(context, generateName),
    ...(generateName !== undefined && { generateName }),
    ...(namespace !== undefined && { namespace }),
    uid: context.random.uuid(),
    resourceVersion: context.store.nextResourceVersion,
    generation: 1,
    creationTimestamp: context.time,
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(ownerReferences && { ownerReferences }),
  };
}
