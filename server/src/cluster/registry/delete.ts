// Deleting an object: at once, after its grace period, or when its finalizers are gone.
import { formatTime, parseTime } from '../../kube/time.ts';
import type { KubeObject, ObjectMeta } from '../../kube/object.ts';
import type { Status } from '../../kube/status.ts';
import { check } from './admission/admission.ts';
import { conflict } from './answers.ts';
import { byServer, type RegistryContext, type Write } from './context.ts';
import type { RequestOptions } from './request.ts';
import { strategyOfResource } from './resources.ts';
import type { Belonging, Strategy } from './strategy.ts';
import { commitObject } from './versions.ts';

export type Deletion = Pick<RequestOptions, 'gracePeriodSeconds' | 'propagationPolicy' | 'preconditions'>;

/** What became of it. `gone`: the last state of an object that is no more. */
export type Deleted = { readonly gone: KubeObject } | { readonly pending: KubeObject };

export function deleteObject(context: RegistryContext, strategy: Strategy, before: KubeObject, deletion: Deletion, write: Write): Deleted | Status {
  const refused = strategy.special.refuseDelete?.(before) ?? checkPreconditions(strategy, before, deletion.preconditions);
  if (refused) return refused;
  const denied = check(context, { operation: 'DELETE', strategy, object: before, write });
  if (denied) return denied;
  const marked = withGrace(context, strategy, before, deletion.gracePeriodSeconds);
  if (marked === 'pending') return { pending: before };
  const next = withFinalizers(context, strategy, before, marked, deletion.propagationPolicy ?? defaultPolicy(strategy, before, write));
  if (!isHeld(strategy, next)) {
    if (!write.dryRun) removeObject(context, strategy, next, write);
    return { gone: next };
  }
  if (next === before || write.dryRun) return { pending: next };
  return { pending: commitObject(context, strategy, next, write.cause) };
}

/** Takes an object that nothing holds out of the store, and with it what it had. */
export function removeObject(context: RegistryContext, { resource, special }: Strategy, object: KubeObject, write: Write): void {
  const { namespace, name } = object.metadata;
  context.store.commit({ resource, namespace, name, after: undefined, cause: write.cause });
  if (special.belongings) release(context, special.belongings(object), write);
}

/** Deletes what was there for an object. The server does that itself, because of somebody's request. */
export function release(context: RegistryContext, belongings: readonly Belonging[], { cause }: Write): void {
  for (const { resource, namespace, name } of belongings) {
    const object = context.store.get(resource, namespace, name);
    if (object) deleteObject(context, strategyOfResource(resource), object, {}, byServer(cause));
  }
}

/** True of a deleted object that nothing holds any more. */
export function isReleased(strategy: Strategy, object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined && !isHeld(strategy, object);
}

function isHeld({ special }: Strategy, object: KubeObject): boolean {
  const { finalizers, deletionGracePeriodSeconds } = object.metadata;
  return (finalizers?.length ?? 0) > 0 || (deletionGracePeriodSeconds ?? 0) > 0 || (special.isHeld?.(object) ?? false);
}

export function checkPreconditions(
  { info }: Strategy,
  { metadata: { name, uid, resourceVersion } }: KubeObject,
  wanted: Deletion['preconditions'],
): Status | undefined {
  const record = { group: info.group, resource: info.kind };
  if (wanted?.uid !== undefined && wanted.uid !== uid) {
    return conflict(
      record,
      name,
      `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (wanted?.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion) {
    return conflict(
      record,
      name,
      `the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
  return undefined;
}

/** Marks an object of a kind with grace as going away. A grace period that runs already can only be made shorter. */
function withGrace(context: RegistryContext, { special }: Strategy, before: KubeObject, asked: number | undefined): KubeObject | 'pending' {
  if (!special.gracePeriodSeconds) return before;
  const { deletionTimestamp, deletionGracePeriodSeconds: running } = before.metadata;
  if (deletionTimestamp === undefined) {
    const seconds = special.gracePeriodSeconds(before, asked);
    return withMetadata(before, { ...marked(before.metadata, formatTime(context.agenda.now + seconds * 1000)), deletionGracePeriodSeconds: seconds });
  }
  if (!running) return before;
  if (asked === undefined) return 'pending';
  const shorter = Math.abs(asked) === asked ? asked : 1;
  if (shorter >= running) return 'pending';
  const start = parseTime(deletionTimestamp)! - running * 1000;
  return withMetadata(before, { ...before.metadata, deletionTimestamp: formatTime(start + shorter * 1000), deletionGracePeriodSeconds: shorter });
}

/** What the object's own finalizers say goes before what its kind does by default. */
function defaultPolicy({ special }: Strategy, { metadata }: KubeObject, write: Write): Deletion['propagationPolicy'] {
  const { orphansByDefault } = special;
  if (!orphansByDefault) return undefined;
  if (orphansByDefault.warning !== undefined) write.warnings?.push(orphansByDefault.warning);
  return metadata.finalizers?.some(isPropagation) ? undefined : 'Orphan';
}

const isPropagation = (finalizer: string) => finalizer === 'orphan' || finalizer === 'foregroundDeletion';

/** Adds the finalizer that asks the garbage collector to deal with the dependents first. */
function withFinalizers(
  context: RegistryContext,
  strategy: Strategy,
  before: KubeObject,
  object: KubeObject,
  policy: Deletion['propagationPolicy'],
): KubeObject {
  const had = object.metadata.finalizers ?? [];
  const own = policy === 'Orphan' ? 'orphan' : policy === 'Foreground' ? 'foregroundDeletion' : undefined;
  const finalizers = policy === undefined ? had : [...had.filter((one) => !isPropagation(one)), ...(own ? [own] : [])];
  const changed = finalizers.length !== had.length || finalizers.some((one, i) => one !== had[i]);
  const next = changed ? withMetadata(object, { ...object.metadata, finalizers }) : object;
  if (!isHeld(strategy, next) || before.metadata.deletionTimestamp !== undefined || strategy.special.gracePeriodSeconds) return next;
  const going = withMetadata(next, { ...marked(next.metadata, context.time), deletionGracePeriodSeconds: 0 });
  return strategy.special.prepareForDelete?.(going) ?? going;
}

/** Being deleted is a new generation, for kinds that count them. */
const marked = (metadata: ObjectMeta, deletionTimestamp: string): ObjectMeta => ({
  ...metadata,
  ...(metadata.generation !== undefined && { generation: metadata.generation + 1 }),
  deletionTimestamp,
});

const withMetadata = (object: KubeObject, metadata: ObjectMeta): KubeObject => ({ ...object, metadata });
