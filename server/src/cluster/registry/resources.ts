// From the words of a request to the kind it means.
import { builtIn, type Catalog } from '../../schema/custom/catalog.ts';
import { kindOfResource } from '../../schema/kinds.ts';
import type { GroupResource } from '../../kube/resource.ts';
import { strategyOf } from './kinds/index.ts';
import type { ApiRequest } from './request.ts';
import type { Strategy } from './strategy.ts';

const byResource = new Map<string, Strategy>();

/** The strategy of a collection of the store, which our own code names: 'deployments.apps'. Of a custom kind the preferred version. */
export function strategyOfResource(resource: string, catalog: Catalog = builtIn): Strategy {
  const found = byResource.get(resource);
  if (found) return found;
  const named = groupResourceOf(resource);
  const info = kindOfResource(named) ?? catalog.kindOfResource(named);
  if (!info) throw new Error(`there is no resource "${resource}"`);
  const strategy = strategyOf(info);
  if (!info.custom) byResource.set(resource, strategy);
  return strategy;
}

/** 'deployments.apps' → its group and its name there. */
export function groupResourceOf(resource: string): GroupResource {
  const dot = resource.indexOf('.');
  return dot < 0 ? { group: '', resource } : { group: resource.slice(dot + 1), resource: resource.slice(0, dot) };
}

/** The strategy of what a request names; undefined when the server has no such resource, or not in this scope. */
export function strategyOfRequest({ group, resource, version, namespace, name }: ApiRequest, catalog: Catalog = builtIn): Strategy | undefined {
  const info = catalog.kindOfResource({ group, resource }, version);
  if (!info || (!info.namespaced && namespace !== undefined)) return undefined;
  if (info.namespaced && namespace === undefined && name !== undefined) return undefined;
  return strategyOf(info);
}
