// Replacing an object: the part that requests and components share, from an object with its defaults to the commit.
import { isEqual } from '../../kube/equal.ts';
import type { KubeObject, ObjectMeta } from '../../kube/object.ts';
import { metadataForm, objectForm, type Stateful } from '../../kube/object-form.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { resourceKey } from '../../kube/resource.ts';
import { hasEmptyNotes } from '../../schema/sent-empty.ts';
import { invalid } from '../../validation/invalid.ts';
import { judgedKind } from '../../validation/versions/conversion.ts';
import { refuseEscalation } from '../authorization/escalation.ts';
import { admit, check } from './admission/admission.ts';
import type { AdmissionRequest } from './admission/request.ts';
import { sentEntries } from './managed-fields/entries.ts';
import { trackedBy } from './managed-fields/tracked-by.ts';
import { conflict, modified, unexpected } from './answers.ts';
import type { RegistryContext, Write } from './context.ts';
import { claim } from './create.ts';
import { isReleased, release, removeObject } from './delete.ts';
import type { Begun, Strategy } from './strategy.ts';
import { storageKey } from './storage-key.ts';
import { commitObject, readBack } from './versions.ts';

/** Which part of an object an update is about. */
export type Part = 'all but status' | 'status';

/** `next` has its defaults, and is meant for this version of `before`. The answer is the object as it is afterwards, which is `before` itself when nothing changed. */
export function updateObject(
  context: RegistryContext,
  strategy: Strategy,
  before: KubeObject,
  next: KubeObject,
  part: Part,
  write: Write,
): KubeObject | Status {
  const request: AdmissionRequest = { operation: 'UPDATE', strategy, object: next, before, write };
  const admitted = admit(context, request);
  if (isStatus(admitted)) return admitted;
  const begun = part === 'status' ? undefined : strategy.special.begin?.(context, admitted, before, write);
  if (begun && isStatus(begun)) return begun;
  const given = begun?.object ?? admitted;
  const settled = part === 'status' ? withOwners(settleStatus(strategy, before, given, context.time), given, write) : settle(strategy, before, given);
  const refused = refuseEscalation(context.store, strategy, write.user, settled, before);
  if (refused) return refused;
  const { rules } = strategy;
  const errors = part === 'status' ? (rules.validateStatusUpdate?.(settled, before) ?? []) : rules.validateUpdate(settled, before);
  if (errors.length > 0) return invalid(judgedKind(strategy.info), before.metadata.name, errors);
  const warnings = part === 'status' ? rules.statusWarnings?.(settled) : rules.warnings?.(settled, before);
  if (warnings) write.warnings?.push(...warnings);
  const denied = check(context, { ...request, object: settled });
  if (denied) return denied;
  return commitChange(context, strategy, before, readBack(strategy, settled), write, begun);
}

/** Stores what changed; nothing when nothing did. An object that was only waiting for its last finalizer goes. */
export function commitChange(
  context: RegistryContext,
  strategy: Strategy,
  before: KubeObject,
  next: KubeObject,
  write: Write,
  begun?: Begun,
): KubeObject | Status {
  if (isEqual(before, next)) return before;
  const tracked = trackedBy(context, strategy, before, next, write);
  if (write.dryRun) return tracked;
  const refused = begun && claim(context, begun, write);
  if (refused) return refused;
  const after = commitObject(context, strategy, tracked, write.cause);
  if (begun) release(context, begun.releases, write);
  if (isReleased(strategy, after)) removeObject(context, strategy, after, write);
  return after;
}

/** The identity and the version of what the client thinks it is replacing. */
export function checkPreconditions(strategy: Strategy, before: KubeObject, sent: ObjectMeta): Status | undefined {
  return checkIdentity(strategy, sent, before.metadata) ?? checkVersion(strategy, before, sent);
}

/** `there`: the metadata of what is found under that name; of nothing, when there is nothing. */
export function checkIdentity({ info }: Strategy, sent: ObjectMeta, there: Partial<ObjectMeta> = {}): Status | undefined {
  const { uid = '', name = sent.name, namespace = sent.namespace } = there;
  if (!sent.uid || sent.uid === uid) return undefined;
  const why = `StorageError: invalid object, Code: 4, Key: ${storageKey(info, namespace, name)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed`;
  return conflict(info, name, `${why}: UID in precondition: ${sent.uid}, UID in object meta: ${uid}`);
}

/** A patch has no identity of its own: what it says about the uid is a change like any other, which validation refuses. */
export function checkVersion({ info, needsResourceVersion }: Strategy, before: KubeObject, sent: ObjectMeta): Status | undefined {
  const { name, resourceVersion } = before.metadata;
  const version = sent.resourceVersion ?? '';
  if (/^0*$/.test(version)) return needsResourceVersion ? withoutVersion(info, name) : undefined;
  if (!/^\d+$/.test(version)) return unexpected(`strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`);
  return version === resourceVersion ? undefined : modified(info, name);
}

function withoutVersion(info: Strategy['info'], name: string): Status {
  const message = 'Invalid value: 0: must be specified for an update';
  const causes = [{ reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' }];
  const details = { name, ...(info.group !== '' && { group: info.group }), kind: info.resource, causes };
  return failure(422, 'Invalid', `${resourceKey(info)} "${name}" is invalid: metadata.resourceVersion: ${message}`, details);
}

/** A write of everything but the status. */
export function settle(strategy: Strategy, before: Stateful, next: Stateful): Stateful {
  const { special, hasStatus, hasGeneration } = strategy;
  const metadata = settleMetadata(before.metadata, next.metadata);
  const withStatus = hasStatus ? withPart(next, metadata, before.status) : { ...next, metadata };
  const settled = special.prepareForUpdate?.(withStatus, before) ?? withStatus;
  const isNew = hasGeneration && (special.isNewGeneration ?? differs)(settled, before);
  return isNew ? { ...settled, metadata: { ...settled.metadata, generation: (before.metadata.generation ?? 0) + 1 } } : settled;
}

/** A write of the status alone. */
export function settleStatus({ special }: Strategy, before: Stateful, next: Stateful, now: string): Stateful {
  const takesMetadata = special.statusTakesMetadata && next.metadata !== before.metadata;
  const settled = withPart(before, takesMetadata ? settleMetadata(before.metadata, next.metadata) : before.metadata, next.status);
  return special.prepareForStatusUpdate?.(settled, before, next, now) ?? settled;
}

/** Who applies a status has settled already who owns what; a client that sends it has no say in that. */
function withOwners(settled: Stateful, { metadata: { managedFields } }: KubeObject, { manager }: Write): Stateful {
  if (manager !== undefined || !managedFields || managedFields === settled.metadata.managedFields) return settled;
  return { ...settled, metadata: { ...settled.metadata, managedFields } };
}

function withPart(object: Stateful, metadata: ObjectMeta, status: unknown): Stateful {
  if (status !== undefined) return hasEmptyNotes(object) ? { ...object, metadata, status } : objectForm(object, metadata, status);
  const { status: _, ...rest } = object;
  return { ...rest, metadata };
}

/** What a client may leave out keeps its value, and what is the server's own cannot be changed. */
function settleMetadata(before: ObjectMeta, sent: ObjectMeta): ObjectMeta {
  const { name, generateName, selfLink, labels, annotations, ownerReferences, finalizers } = sent;
  const isGoing = before.deletionTimestamp !== undefined;
  const parts = {
    name,
    generateName,
    namespace: before.namespace ?? sent.namespace,
    selfLink,
    uid: sent.uid || before.uid,
    generation: before.generation,
    creationTimestamp: before.creationTimestamp,
    deletionTimestamp: before.deletionTimestamp ?? sent.deletionTimestamp,
    deletionGracePeriodSeconds: sent.deletionGracePeriodSeconds ?? (isGoing ? before.deletionGracePeriodSeconds : undefined),
    labels,
    annotations,
    ownerReferences,
    finalizers,
    managedFields: sentEntries(sent.managedFields) ?? before.managedFields,
  };
  return metadataForm(parts, before.resourceVersion);
}

function differs(next: Stateful, before: Stateful): boolean {
  const { metadata: _1, status: _2, ...a } = next;
  const { metadata: _3, status: _4, ...b } = before;
  return !isEqual(a, b);
}
