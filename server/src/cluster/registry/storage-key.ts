import { resourceKey } from '../../kube/resource.ts';
import type { KindInfo } from '../../schema/kinds.ts';

/** Kinds that have been kept under another name since the beginning (SpecialDefaultResourcePrefixes of kube-apiserver). */
const special: Readonly<Record<string, string>> = {
  replicationcontrollers: 'controllers',
  endpoints: 'services/endpoints',
  nodes: 'minions',
  services: 'services/specs',
  'ingresses.networking.k8s.io': 'ingress',
};

/** Groups that are served by the parts of the server for definitions and for other servers, which keep them apart. */
const ofOwnServer: ReadonlySet<string> = new Set(['apiextensions.k8s.io', 'apiregistration.k8s.io']);

/** Where the server's etcd would keep an object, as some errors say it: '/services/specs/default/web'. */
export function storageKey(info: KindInfo, namespace: string | undefined, name: string): string {
  const isApart = info.custom !== undefined || ofOwnServer.has(info.group);
  const prefix = special[resourceKey(info)] ?? (isApart ? `${info.group}/${info.resource}` : info.resource);
  return `/${prefix}/${namespace ? `${namespace}/` : ''}${name}`;
}
