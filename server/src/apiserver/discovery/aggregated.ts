// Discovery in one document for all groups (apidiscovery.k8s.io/v2), which kubectl asks for since 1.26.
import { createHash } from 'node:crypto';
import { groupOf } from '../../kube/object.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { groupsOf, type Group } from './groups.ts';

export interface AggregatedDocument {
  readonly body: string;
  readonly etag: string;
}

export type DiscoveryVersion = 'v2' | 'v2beta1';

/** `isCore`: the document of /api, or that of /apis. */
export function aggregated(catalog: Catalog, isCore: boolean, version: DiscoveryVersion): AggregatedDocument {
  const body = `${JSON.stringify({
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groupsOf(catalog)
      .filter(({ name }) => (name === '') === isCore)
      .map(groupOfDocument),
  })}\n`;
  return { body, etag: `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"` };
}

const groupOfDocument = ({ name, versions }: Group) => ({
  metadata: name === '' ? {} : { name },
  versions: versions.map(({ version, kinds }) => ({ version, resources: kinds.map(resourceOf), freshness: 'Current' })),
});

const resourceOf = (kind: KindInfo) => ({
  resource: kind.resource,
  responseKind: responseKind(kind, kind),
  scope: kind.namespaced ? 'Namespaced' : 'Cluster',
  singularResource: kind.singular,
  verbs: kind.verbs,
  ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
  ...(kind.categories.length > 0 && { categories: kind.categories }),
  ...(kind.subresources.length > 0 && {
    subresources: kind.subresources.map((one) => ({ subresource: one.name, responseKind: responseKind(one, kind), verbs: one.verbs })),
  }),
});

/** Group and version stay empty when they are those of the resource. */
function responseKind({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }, { apiVersion: own }: KindInfo) {
  const isOwn = apiVersion === own;
  return { group: isOwn ? '' : groupOf(apiVersion), version: isOwn ? '' : apiVersion.slice(apiVersion.indexOf('/') + 1), kind };
}
