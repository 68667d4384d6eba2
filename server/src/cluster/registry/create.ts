// Creating an object: the part that requests and components share, from an object with its defaults to the commit.
import { metadataForm } from '../../kube/object-form.ts';
import type { KubeObject, ObjectMeta } from '../../kube/object.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import { invalid } from '../../validation/invalid.ts';
import { judgedKind } from '../../validation/versions/conversion.ts';
import { refuseEscalation } from '../authorization/escalation.ts';
import { admit, check } from './admission/admission.ts';
import type { AdmissionRequest } from './admission/request.ts';
import { trackedBy } from './managed-fields/tracked-by.ts';
import { alreadyExists, unexpected } from './answers.ts';
import { byServer, type RegistryContext, type Write } from './context.ts';
import { strategyOfResource } from './resources.ts';
import { withoutDuplicateOwners } from './owner-references.ts';
import type { Begun, Strategy } from './strategy.ts';
import { commitObject, readBack } from './versions.ts';

/** Longest prefix of a generated name: 63 characters less the five random ones. */
const longestGeneratedPrefix = 58;
const nameTries = 8;

/** A new object with its defaults. It has no status yet, whatever was sent; but a kubelet registers its node with one. */
export function withInitialDefaults({ info, rules, hasStatus, initialStatus }: Strategy, object: KubeObject): KubeObject {
  const initial = initialStatus ? { ...object, status: initialStatus } : info.custom && hasStatus ? withoutStatus(object) : object;
  return rules.defaults(initial);
}

/** A custom kind has no status at all in the beginning. */
function withoutStatus(object: KubeObject): KubeObject {
  const { status: _, ...rest } = object as KubeObject & { readonly status?: unknown };
  return rest;
}

/** `object` has its defaults; its metadata need not be complete. */
export function createObject(context: RegistryContext, strategy: Strategy, object: KubeObject, write: Write): KubeObject | Status {
  const refused = refuseEscalation(context.store, strategy, write.user, object);
  if (refused) return refused;
  const sent = withoutDuplicateOwners(object, 'sent', write.warnings);
  const tracked = trackedBy(context, strategy, undefined, sent, write);
  return withFreshName(object.metadata, () => createOnce(context, strategy, tracked, write));
}

/** A generated name that is taken is drawn again, a few times. */
export function withFreshName({ name, generateName }: Partial<ObjectMeta>, create: () => KubeObject | Status): KubeObject | Status {
  for (let tries = 1; ; tries++) {
    const result = create();
    const isTaken = !name && generateName && isStatus(result) && result.reason === 'AlreadyExists';
    if (!isTaken || tries === nameTries) return result;
  }
}

function createOnce(context: RegistryContext, strategy: Strategy, object: KubeObject, write: Write): KubeObject | Status {
  const named = { ...object, metadata: newMetadata(context, strategy, object.metadata) };
  const request: AdmissionRequest = { operation: 'CREATE', strategy, object: named, write };
  const admitted = admit(context, request);
  if (isStatus(admitted)) return admitted;
  const begun = strategy.special.begin?.(context, admitted, undefined, write);
  if (begun && isStatus(begun)) return begun;
  const given = begun?.object ?? admitted;
  const prepared = strategy.special.prepareForCreate?.(given) ?? given;
  const errors = strategy.rules.validate(prepared);
  if (errors.length > 0) return invalid(judgedKind(strategy.info), prepared.metadata.name, errors);
  if (write.warnings) write.warnings.push(...(strategy.rules.warnings?.(prepared) ?? []));
  const refused = check(context, { ...request, object: prepared });
  if (refused) return refused;
  return commitNew(context, strategy, readBack(strategy, prepared), write, begun, object.metadata.resourceVersion);
}

/** Stores a complete object under its name, unless there is one already. `sentVersion`: what a client took for the version of a new object. */
export function commitNew(
  context: RegistryContext,
  strategy: Strategy,
  object: KubeObject,
  write: Write,
  begun?: Begun,
  sentVersion?: string,
): KubeObject | Status {
  const { info, resource } = strategy;
  const { namespace, name } = object.metadata;
  if (!write.dryRun && Number(sentVersion) > 0) return unexpected('resourceVersion should not be set on objects to be created');
  if (context.store.get(resource, namespace, name)) return alreadyExists(info, name);
  if (write.dryRun) return withVersion(object, sentVersion);
  const refused = begun && claim(context, begun, write);
  if (refused) return refused;
  return commitObject(context, strategy, object, write.cause);
}

/** Creates what makes sure that nobody else gets the same. The server does that itself, because of somebody's request. */
export function claim(context: RegistryContext, { claims }: Begun, { cause }: Write): Status | undefined {
  for (const { resource, object } of claims) {
    const created = createObject(context, strategyOfResource(resource), object, byServer(cause));
    if (isStatus(created)) return created;
  }
  return undefined;
}

/** What was never written has no version but the one that was sent. */
export function withVersion<T extends KubeObject>(object: T, resourceVersion?: string): T {
  const { resourceVersion: _, ...rest } = object.metadata;
  return { ...object, metadata: { ...rest, ...(resourceVersion && { resourceVersion }) } };
}

/** What the server decides about a new object, and what it takes from the client. */
export function newMetadata(
  context: RegistryContext,
  { info, hasGeneration }: Pick<Strategy, 'info' | 'hasGeneration'>,
  { name, generateName, namespace, generation, labels, annotations, ownerReferences, finalizers, managedFields }: Partial<ObjectMeta>,
): ObjectMeta {
  const parts = {
    name: name || generatedName(context, generateName),
    generateName,
    namespace: info.namespaced ? namespace : undefined,
    uid: context.random.uuid(),
    generation: hasGeneration ? 1 : generation || undefined,
    creationTimestamp: context.time,
    labels,
    annotations,
    ownerReferences,
    finalizers,
    managedFields,
  };
  return metadataForm(parts, context.store.nextResourceVersion);
}

const generatedName = ({ random }: RegistryContext, prefix: string | undefined) => (prefix ? prefix.slice(0, longestGeneratedPrefix) + random.suffix() : '');
