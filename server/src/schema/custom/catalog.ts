// The kinds of one cluster: those of the tables, and those that its CustomResourceDefinitions add.
// Invariant: a built-in kind is found in the static tables first, so a cluster without custom kinds pays one look-up and no more.
import type { GroupResource } from '../../kube/resource.ts';
import { resourceKey } from '../../kube/resource.ts';
import type { CustomResourceDefinition } from '../generated/types.ts';
import { kindOf, kindOfResource, kinds as builtInKinds, type KindInfo } from '../kinds.ts';
import { kindsOfDefinition } from './custom-kind.ts';

export interface Catalog {
  /** In the order of discovery: built-in ones, then custom ones by group, the preferred version of a group first. */
  readonly kinds: readonly KindInfo[];
  kindOf(apiVersion: string, kind: string): KindInfo | undefined;
  /** Without a version: the preferred one. */
  kindOfResource(resource: GroupResource, version?: string): KindInfo | undefined;
}

/** The collection of the definitions in the store. */
export const definitionsResource = 'customresourcedefinitions.apiextensions.k8s.io';

export const builtIn: Catalog = { kinds: builtInKinds, kindOf, kindOfResource };

/** The catalog of a cluster with these definitions. */
export function catalogOf(definitions: Iterable<CustomResourceDefinition>): Catalog {
  const custom = [...definitions].flatMap(kindsOfDefinition).sort(byGroupAndResource);
  if (custom.length === 0) return builtIn;
  const byKind = new Map(custom.map((info) => [`${info.apiVersion}/${info.kind}`, info]));
  const byResource = new Map<string, KindInfo>();
  for (const info of custom) {
    byResource.set(`${resourceKey(info)}/${info.version}`, info);
    if (!byResource.has(resourceKey(info))) byResource.set(resourceKey(info), info);
  }
  return {
    kinds: [...builtInKinds, ...custom],
    kindOf: (apiVersion, kind) => kindOf(apiVersion, kind) ?? byKind.get(`${apiVersion}/${kind}`),
    kindOfResource: (resource, version) =>
      kindOfResource(resource, version) ?? byResource.get(version === undefined ? resourceKey(resource) : `${resourceKey(resource)}/${version}`),
  };
}

/** Stable: the versions of one kind stay in their order of preference. */
function byGroupAndResource(a: KindInfo, b: KindInfo): number {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1;
  return a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : 0;
}
