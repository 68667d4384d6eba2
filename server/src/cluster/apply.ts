// Save-to-apply: a file's objects go to the cluster as `kubectl apply` sends them, and what was removed from the file is removed.
import { groupOf, type KubeObject } from '../kube/object.ts';
import { formatObjectId, parseObjectId, resourceKey } from '../kube/resource.ts';
import { failure, isStatus, type Status } from '../kube/status.ts';
import type { Catalog } from '../schema/custom/catalog.ts';
import type { KindInfo } from '../schema/kinds.ts';
import type { Cluster } from './cluster.ts';
import { liveCatalog } from './registry/custom/live-catalog.ts';
import type { Api, ApiRequest } from './registry/request.ts';
import type { JsonMap } from './registry/patch/json.ts';
import { lastAppliedOf, withLastApplied } from './registry/patch/last-applied.ts';
import { patchToApply } from './registry/patch/three-way.ts';

export interface FileOutcome {
  /** One for each object, in the same order. */
  readonly outcomes: readonly ObjectOutcome[];
  /** What the file answers for from now on: the `before` of its next apply. */
  readonly applied: readonly string[];
  /** 'deployment.apps/web' of what was removed. */
  readonly pruned: readonly string[];
}

export interface ObjectOutcome {
  readonly result: 'created' | 'configured' | 'unchanged' | 'refused';
  /** Of a refusal: the server's answer. */
  readonly status?: Status;
  readonly warnings: readonly string[];
}

export interface PruneOptions {
  /** Object ids that stand in the file though they are not among `objects`: they stay. */
  readonly kept: readonly string[];
  /** False: nothing is removed, because a part of the file could not be read. */
  readonly prune: boolean;
}

/**
 * `before`: the object ids that this file applied so far; nothing else is ever removed on its behalf. Wherever they stand in the file,
 * CustomResourceDefinitions are applied first and removed last, so that the other objects can be of their kinds.
 */
export function applyFile(
  { request, store }: Pick<Cluster, 'request' | 'store'>,
  objects: readonly KubeObject[],
  before: readonly string[],
  { kept, prune }: PruneOptions,
): FileOutcome {
  const catalog = liveCatalog(store);
  const outcomes = new Map<KubeObject, ObjectOutcome>();
  for (const object of objects.toSorted((a, b) => turn(a.kind) - turn(b.kind))) outcomes.set(object, applyObject(request, catalog, object));
  const ids = objects.map((object) => idOf(catalog, object));
  const standing = new Set([...kept.map((id) => idInScope(catalog, id)), ...ids]);
  const gone = prune ? before.filter((id) => !standing.has(id)) : [];
  const pruned = gone.toSorted((a, b) => turn(parseObjectId(b).kind) - turn(parseObjectId(a).kind)).flatMap((id) => remove(request, catalog, id) ?? []);
  const succeeded = ids.filter((_, index) => outcomes.get(objects[index]!)!.result !== 'refused');
  return {
    outcomes: objects.map((object) => outcomes.get(object)!),
    pruned,
    applied: [...new Set([...before.filter((id) => !gone.includes(id)), ...succeeded])],
  };
}

const turn = (kind: string) => (kind === 'CustomResourceDefinition' ? 0 : 1);

const manager = 'kubectl-client-side-apply';

function applyObject(api: Api, catalog: Catalog, object: KubeObject): ObjectOutcome {
  const kind = catalog.kindOf(object.apiVersion, object.kind);
  if (!kind) return refusal(failure(404, 'NotFound', `no matches for kind "${object.kind}" in version "${object.apiVersion}"`), []);
  const sent = withLastApplied(inNamespace(kind, object) as unknown as JsonMap);
  const target = targetOf(kind, object);
  const { body: current } = api({ ...target, verb: 'get' });
  const options = { fieldManager: manager, fieldValidation: 'Strict' } as const;
  if (isStatus(current)) {
    const { name: _inBody, ...collection } = target;
    return current.code === 404 ? outcomeOf(api, { ...collection, verb: 'create', body: sent, options }, 'created') : refusal(current, []);
  }
  const live = current as unknown as JsonMap;
  const patch = patchToApply(kind, lastAppliedOf(live), sent, withoutManagedFields(live));
  if ('error' in patch) return refusal(failure(400, 'BadRequest', patch.error), []);
  if (Object.keys(patch.result).length === 0) return { result: 'unchanged', warnings: [] };
  return outcomeOf(api, { ...target, verb: 'patch', patchType: patch.type, body: patch.result, options }, 'configured');
}

function outcomeOf(api: Api, request: ApiRequest, result: 'created' | 'configured'): ObjectOutcome {
  const { body, warnings } = api(request);
  return isStatus(body) ? refusal(body, warnings) : { result, warnings };
}

const refusal = (status: Status, warnings: readonly string[]): ObjectOutcome => ({ result: 'refused', status, warnings });

/** undefined when somebody else has removed it already. */
function remove(api: Api, { kinds }: Catalog, id: string): string | undefined {
  const { group, kind, namespace, name } = parseObjectId(id);
  const info = kinds.find((candidate) => candidate.group === group && candidate.kind === kind);
  if (!info) return undefined;
  const { body } = api({ verb: 'delete', ...info, name, ...(namespace && { namespace }), options: { propagationPolicy: 'Background' } });
  return isStatus(body) && body.status === 'Failure' ? undefined : `${resourceKey({ group, resource: info.singular })}/${name}`;
}

function targetOf(kind: KindInfo, object: KubeObject) {
  const { group, version, resource } = kind;
  const namespace = namespaceOf(kind, object);
  return { group, version, resource, name: object.metadata.name, ...(namespace && { namespace }) };
}

const namespaceOf = (kind: KindInfo, { metadata }: KubeObject) => (kind.namespaced ? metadata.namespace || 'default' : undefined);

function inNamespace(kind: KindInfo, object: KubeObject): KubeObject {
  const namespace = namespaceOf(kind, object);
  return namespace ? { ...object, metadata: { ...object.metadata, namespace } } : object;
}

function idOf(catalog: Catalog, object: KubeObject): string {
  const kind = catalog.kindOf(object.apiVersion, object.kind);
  return formatObjectId({ group: groupOf(object.apiVersion), kind: object.kind, namespace: kind && namespaceOf(kind, object), name: object.metadata.name });
}

/** Who knows no more than the text takes every unknown kind for a namespaced one. */
function idInScope({ kinds }: Catalog, id: string): string {
  const parts = parseObjectId(id);
  const kind = parts.namespace === undefined ? undefined : kinds.find((candidate) => candidate.group === parts.group && candidate.kind === parts.kind);
  return kind?.namespaced === false ? formatObjectId({ ...parts, namespace: undefined }) : id;
}

function withoutManagedFields(object: JsonMap): JsonMap {
  const { managedFields: _noise, ...metadata } = object['metadata'] as JsonMap;
  return { ...object, metadata };
}
