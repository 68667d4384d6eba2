// From the words of a request to the kind it means.
import { kindOfResource } from '../../schema/kinds.ts';
import { strategyOf } from './kinds/index.ts';
import type { ApiRequest } from './request.ts';
import type { Strategy } from './strategy.ts';

const byResource = new Map<string, Strategy>();

/** The strategy of a collection of the store, which our own code names: 'deployments.apps'. */
export function strategyOfResource(resource: string): Strategy {
  const found = byResource.get(resource);
  if (found) return found;
  const dot = resource.indexOf('.');
  const info = kindOfResource(dot < 0 ? { group: '', resource } : { group: resource.slice(dot + 1), resource: resource.slice(0, dot) });
  if (!info) throw new Error(`there is no resource "${resource}"`);
  const strategy = strategyOf(info);
  byResource.set(resource, strategy);
  return strategy;
}

/** The strategy of what a request names; undefined when the server has no such resource, or not in this scope. */
export function strategyOfRequest({ group, resource, version, namespace, name }: ApiRequest): Strategy | undefined {
  const info = kindOfResource({ group, resource }, version);
  if (!info || (!info.namespaced && namespace !== undefined)) return undefined;
  if (info.namespaced && namespace === undefined && name !== undefined) return undefined;
  return strategyOf(info);
}
