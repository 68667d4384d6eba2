import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import type { DaemonSet, Node, Pod } from '../../server/src/schema/generated/types.ts';

function start(count?: number) {
  const cluster = new Cluster({ profile: 'minikube', freeze: true, ...(count !== undefined && { nodes: { count } }) });
  cluster.settle();
  return cluster;
}

const podsOf = (cluster: Cluster) => ([...cluster.store.collection('pods').values()] as Pod[]).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));

test('[M1] minikube: its components run in kube-system, as the article prints them', () => {
  const pods = podsOf(start());
  expect(pods.map(({ metadata }) => metadata.name.replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}$|(?<=proxy)-[a-z0-9]{5}$/, '-*'))).toEqual([
    'coredns-*',
    'etcd-minikube',
    'kube-apiserver-minikube',
    'kube-controller-manager-minikube',
    'kube-proxy-*',
    'kube-scheduler-minikube',
    'storage-provisioner',
  ]);
  for (const { metadata, spec, status } of pods) {
    expect([metadata.namespace, spec.nodeName, status.phase, status.containerStatuses?.[0]?.ready], metadata.name).toEqual([
      'kube-system',
      'minikube',
      'Running',
      true,
    ]);
  }
});

test('[M2] one node of that name, with the control plane on it', () => {
  const nodes = [...start().store.collection('nodes').values()] as Node[];
  expect(nodes.map(({ metadata }) => metadata.name)).toEqual(['minikube']);
  expect(nodes[0]!.metadata.labels).toMatchObject({ 'node-role.kubernetes.io/control-plane': '', 'kubernetes.io/hostname': 'minikube' });
  expect(nodes[0]!.spec.taints).toBeUndefined();
});

test('[M3] more nodes have a proxy each', () => {
  const cluster = start(3);
  expect([...cluster.store.collection('nodes').keys()]).toEqual(['minikube', 'minikube-m02', 'minikube-m03']);
  expect(podsOf(cluster).filter(({ metadata }) => metadata.name.startsWith('kube-proxy-'))).toHaveLength(3);
  const set = cluster.store.get<DaemonSet>('daemonsets.apps', 'kube-system', 'kube-proxy')!;
  expect(set.status).toMatchObject({ desiredNumberScheduled: 3, numberReady: 3 });
});

test('[M4] a plain cluster has none of it', () => {
  const plain = new Cluster();
  expect([...plain.store.collection('pods').keys()]).toEqual([]);
  expect(plain.store.get('serviceaccounts', 'kube-system', 'coredns')).toBeUndefined();
});
