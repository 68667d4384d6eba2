// Pods made from one template differ in their names only, or in a few parts that say who they are (see OwnParts). What defaulting, admission and validation make of one is kept with the
// template (by identity: the same `spec` object), and a pod then costs a name, a token volume and a commit.
import { Random } from '../clock/random.ts';
import type { KubeObject, ObjectMeta } from '../../kube/object.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import type { Pod, PodSpec } from '../../schema/generated/types.ts';
import { refusedAnother } from './admission/admission.ts';
import { tokenVolumeOf, withoutToken, withToken } from './admission/service-account.ts';
import { RegistryContext, type Write } from './context.ts';
import { commitNew, createObject, newMetadata, withFreshName, withInitialDefaults } from './create.ts';
import type { OwnParts } from '../runtime/writer.ts';
import type { Strategy } from './strategy.ts';

interface Prepared {
  /** Admitted, without the token volume. */
  readonly spec: PodSpec;
  readonly status: Pod['status'];
  readonly mountsToken: boolean;
  readonly namespace: string | undefined;
  readonly labels: ObjectMeta['labels'];
  readonly annotations: ObjectMeta['annotations'];
  /** What admission made of them. */
  readonly admittedAnnotations: ObjectMeta['annotations'];
  readonly epoch: number;
}

type PodDraft = KubeObject & { readonly spec: PodSpec };

/** What admission of a pod reads: a change here makes everything that was prepared stale. */
const readByAdmission = new Set(['namespaces', 'limitranges', 'serviceaccounts', 'priorityclasses.scheduling.k8s.io', 'runtimeclasses.node.k8s.io']);

export class PodTemplates {
  readonly #context: RegistryContext;
  readonly #strategy: Strategy;
  readonly #prepared = new WeakMap<object, Prepared>();
  #epoch = 0;

  constructor(context: RegistryContext, strategy: Strategy) {
    this.#context = context;
    this.#strategy = strategy;
    context.store.onCommit(({ resource }) => {
      if (readByAdmission.has(resource)) this.#epoch++;
    });
  }

  create(draft: PodDraft, write: Write, own?: OwnParts): KubeObject | Status {
    const known = this.#prepared.get(draft.spec);
    const whole = own ? withOwnParts(draft, own) : draft;
    const prepared = known && this.#isStill(known, draft) ? known : this.#prepare(draft, whole);
    if (!prepared) return createObject(this.#context, this.#strategy, withInitialDefaults(this.#strategy, whole), write);
    return withFreshName(draft.metadata, () => this.#createFrom(prepared, whole, write, own));
  }

  #isStill({ epoch, namespace, labels, annotations }: Prepared, { metadata }: PodDraft): boolean {
    return epoch === this.#epoch && namespace === metadata.namespace && labels === metadata.labels && annotations === metadata.annotations;
  }

  /**
   * Tries the template on a pod that is thrown away, with names that are drawn elsewhere: whether a template is known already must not
   * show in what the cluster does. undefined: the pod is refused, or brings what is added to others; it goes the long way every time.
   */
  #prepare(draft: PodDraft, whole: PodDraft): Prepared | undefined {
    if (draft.spec.nodeName || tokenVolumeOf(draft.spec)) return undefined;
    const { store, agenda, because } = this.#context;
    const aside = new RegistryContext({ store, agenda, because, random: new Random(0) });
    const pod = createObject(aside, this.#strategy, withInitialDefaults(this.#strategy, whole), { cause: { by: '', because: 0 }, dryRun: true }) as
      | Pod
      | Status;
    if (isStatus(pod)) return undefined;
    const { namespace, labels, annotations } = draft.metadata;
    const mountsToken = tokenVolumeOf(pod.spec) !== undefined;
    const prepared = {
      spec: withoutToken(pod.spec),
      status: pod.status,
      mountsToken,
      namespace,
      labels,
      annotations,
      admittedAnnotations: pod.metadata.annotations,
      epoch: this.#epoch,
    };
    this.#prepared.set(draft.spec, prepared);
    return prepared;
  }

  #createFrom({ status, mountsToken, annotations, admittedAnnotations, ...prepared }: Prepared, { metadata }: PodDraft, write: Write, own?: OwnParts) {
    const context = this.#context;
    const spec = own ? withOwnSpec(prepared.spec, own) : prepared.spec;
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: newMetadata(context, this.#strategy, admittedAnnotations === annotations ? metadata : { ...metadata, annotations: admittedAnnotations! }),
      spec: mountsToken ? withToken(spec, context.random.suffix()) : spec,
      status,
    };
    return refusedAnother(context, this.#strategy, pod, write) ?? commitNew(context, this.#strategy, pod, write);
  }
}

function withOwnParts(draft: PodDraft, own: OwnParts): PodDraft {
  const { metadata, spec } = draft;
  const volumes = [...(own.volumes ?? []), ...(spec.volumes ?? [])];
  return {
    ...draft,
    metadata: own.labels ? { ...metadata, labels: { ...metadata.labels, ...own.labels } } : metadata,
    spec: { ...spec, ...ownFields(spec, own), ...(volumes.length > 0 && { volumes }) },
  };
}

/** In a spec that was prepared for another pod of the template. */
function withOwnSpec(spec: PodSpec, own: OwnParts): PodSpec {
  const { volumes = [] } = own;
  return { ...spec, ...ownFields(spec, own), ...(volumes.length > 0 && { volumes: [...volumes, ...(spec.volumes ?? []).slice(volumes.length)] }) };
}

const ownFields = ({ affinity }: PodSpec, { hostname, nodeAffinity }: OwnParts): Partial<PodSpec> => ({
  ...(hostname !== undefined && { hostname }),
  ...(nodeAffinity && { affinity: { ...affinity, nodeAffinity } }),
});
