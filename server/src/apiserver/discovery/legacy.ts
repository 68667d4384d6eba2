// Discovery one document a group version: what clients before 1.26 read, and whoever does not ask for the aggregated form.
import { createHash } from 'node:crypto';
import { groupOf } from '../../kube/object.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { groupsOf, type Group, type Version } from './groups.ts';

/** `server`: '127.0.0.1:6443'. */
export const apiVersions = (server: string): object => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: server }],
});

export const groupList = (catalog: Catalog): object => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groupsOf(catalog)
    .filter(({ name }) => name !== '')
    .map(groupParts),
});

export const groupDocument = (group: Group): object => ({ kind: 'APIGroup', apiVersion: 'v1', ...groupParts(group) });

function groupParts({ name, versions }: Group) {
  const named = versions.map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: named, preferredVersion: named[0] };
}

export const resourceList = (group: string, { version, kinds }: Version): object => ({
  kind: 'APIResourceList',
  ...(group !== '' && { apiVersion: 'v1' }),
  groupVersion: group === '' ? version : `${group}/${version}`,
  resources: kinds.flatMap((kind) => [resourceOf(kind), ...kind.subresources.map((one) => subresourceOf(kind, one))]),
});

const resourceOf = (kind: KindInfo) => ({
  name: kind.resource,
  singularName: kind.singular,
  namespaced: kind.namespaced,
  kind: kind.kind,
  verbs: kind.verbs,
  ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
  ...(kind.categories.length > 0 && { categories: kind.categories }),
  ...(kind.verbs.includes('watch') && { storageVersionHash: storageVersionHash(kind) }),
});

function subresourceOf(kind: KindInfo, { name, kind: ownKind, apiVersion, verbs }: KindInfo['subresources'][number]) {
  const elsewhere = apiVersion !== kind.apiVersion && { group: groupOf(apiVersion), version: apiVersion.slice(apiVersion.indexOf('/') + 1) };
  return { name: `${kind.resource}/${name}`, singularName: '', namespaced: kind.namespaced, ...elsewhere, kind: ownKind, verbs };
}

/** Tells clients whether the stored form has changed: eight bytes of a digest of '/v1/Pod'. What cannot be watched is not stored. */
const storageVersionHash = ({ group, version, kind }: KindInfo) =>
  createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
