// Every kind that the API of this Kubernetes version serves, from its discovery document.
import type { GroupResource } from '../kube/resource.ts';
import { resourceKey } from '../kube/resource.ts';
import type { CustomKind } from './custom/custom-kind.ts';
import { table as json } from './generated/table.ts';

export interface KindInfo {
  readonly group: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural, as in paths: 'deployments'. Empty for a kind that is only the body of a subresource (Scale, Eviction). */
  readonly resource: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Name of the interface in generated/types.ts and key for fieldsOf. */
  readonly type: string;
  readonly subresources: readonly Subresource[];
  /** Of a kind that a CustomResourceDefinition adds: what stands there in place of the tables. Its `type` is ''. */
  readonly custom?: CustomKind;
}

export interface Subresource {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly verbs: readonly string[];
}

const { version, kinds: rows } = json as { version: string; kinds: readonly Omit<KindInfo, 'apiVersion'>[] };

/** '1.36.3': the Kubernetes version that all tables of this room describe. */
export const kubernetesVersion = version;

const all: readonly KindInfo[] = rows.map((row) => ({ ...row, apiVersion: row.group ? `${row.group}/${row.version}` : row.version }));
const byKind = new Map(all.map((info) => [`${info.apiVersion}/${info.kind}`, info]));

/** Kinds with a resource, in the order of discovery: the preferred version of a group first. */
export const kinds: readonly KindInfo[] = all.filter((info) => info.resource !== '');

const byResource = new Map<string, KindInfo>();
for (const info of kinds) {
  byResource.set(`${resourceKey(info)}/${info.version}`, info);
  if (!byResource.has(resourceKey(info))) byResource.set(resourceKey(info), info);
}

/** `kindOf('apps/v1', 'Deployment')`; also finds the kinds that are only bodies of subresources. */
export function kindOf(apiVersion: string, kind: string): KindInfo | undefined {
  return byKind.get(`${apiVersion}/${kind}`);
}

/** Without a version: the preferred one. */
export function kindOfResource(resource: GroupResource, version?: string): KindInfo | undefined {
  return byResource.get(version === undefined ? resourceKey(resource) : `${resourceKey(resource)}/${version}`);
}
