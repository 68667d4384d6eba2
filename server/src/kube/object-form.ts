// Objects put together in one way, whatever they came from: those with the same fields that were put together in different ways are of
// different hidden classes to V8, and code that meets many of these takes its slow paths. So what is done to every pod is done here.
import type { KubeObject, ObjectMeta } from './object.ts';
import type { Writable } from './writable.ts';

/** An object of a kind that may have a spec and a status. */
export type Stateful = KubeObject & { readonly spec?: unknown; readonly status?: unknown };

/** The object with this metadata and this status. */
export function objectForm(object: Stateful, metadata: ObjectMeta, status: unknown): Stateful {
  const { apiVersion, kind, spec } = object;
  const others = 'status' in object ? 1 : 0;
  return spec !== undefined && countOf(object) === usualParts + others ? { apiVersion, kind, metadata, spec, status } : { ...object, metadata, status };
}

/** apiVersion, kind, metadata and spec. */
const usualParts = 4;

function countOf(object: object): number {
  let count = 0;
  for (const _ in object) count++;
  return count;
}

type Always = 'name' | 'uid' | 'creationTimestamp';

/** What metadata is made of, apart from its version. */
export type MetadataParts = Pick<ObjectMeta, Always> & { readonly [K in Exclude<keyof ObjectMeta, Always>]?: ObjectMeta[K] | undefined };

/** Metadata of this version, in the order in which a server writes it. */
export function metadataForm(metadata: MetadataParts, resourceVersion: string): ObjectMeta {
  const { deletionTimestamp, deletionGracePeriodSeconds, labels, annotations, ownerReferences, finalizers, managedFields } = metadata;
  const form: Writable<ObjectMeta> = identityForm(metadata, resourceVersion);
  if (deletionTimestamp !== undefined) form.deletionTimestamp = deletionTimestamp;
  if (deletionGracePeriodSeconds !== undefined) form.deletionGracePeriodSeconds = deletionGracePeriodSeconds;
  if (labels) form.labels = labels;
  if (annotations) form.annotations = annotations;
  if (ownerReferences) form.ownerReferences = ownerReferences;
  if (finalizers) form.finalizers = finalizers;
  if (managedFields) form.managedFields = managedFields;
  return form;
}

/** What never changes in an object's life, and its versions. The two sorts that there are many of are written at once, which is quickest. */
function identityForm(metadata: MetadataParts, resourceVersion: string): Writable<ObjectMeta> {
  const { name, generateName, namespace, selfLink, uid, generation, creationTimestamp } = metadata;
  if (namespace !== undefined && generation !== undefined && selfLink === undefined) {
    if (generateName === undefined) return { name, namespace, uid, resourceVersion, generation, creationTimestamp };
    return { name, generateName, namespace, uid, resourceVersion, generation, creationTimestamp };
  }
  const form = { name } as Writable<ObjectMeta>;
  if (generateName !== undefined) form.generateName = generateName;
  if (namespace !== undefined) form.namespace = namespace;
  if (selfLink !== undefined) form.selfLink = selfLink;
  form.uid = uid;
  form.resourceVersion = resourceVersion;
  if (generation !== undefined) form.generation = generation;
  form.creationTimestamp = creationTimestamp;
  return form;
}
