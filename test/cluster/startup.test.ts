import { describe, expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import type { ClusterRole, RoleBinding } from '../../server/src/schema/generated/types.ts';
import { kinds } from '../../server/src/schema/kinds.ts';
import { rulesOf } from '../../server/src/validation/rules.ts';

const cluster = new Cluster({ freeze: true });
const all = (resource: string) => [...cluster.store.collection(resource).values()];
const count = (resource: string) => all(resource).length;
const role = (name: string) => cluster.store.get<ClusterRole>('clusterroles.rbac.authorization.k8s.io', undefined, name)!;

describe('what is there before anybody has asked', () => {
  test('[S1] as many objects of each kind as Kubernetes 1.36 makes', () => {
    const counts = {
      'clusterroles.rbac.authorization.k8s.io': 69,
      'clusterrolebindings.rbac.authorization.k8s.io': 50,
      'roles.rbac.authorization.k8s.io': 7,
      'rolebindings.rbac.authorization.k8s.io': 7,
      'priorityclasses.scheduling.k8s.io': 2,
      'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': 8,
      'flowschemas.flowcontrol.apiserver.k8s.io': 11,
    };
    for (const [resource, expected] of Object.entries(counts)) expect(count(resource), resource).toBe(expected);
  });

  test('[S2] every object is one that the server would accept', () => {
    for (const { apiVersion, kind, resource, group } of kinds) {
      const { validate, defaults } = rulesOf(apiVersion, kind);
      for (const object of all(group ? `${resource}.${group}` : resource)) {
        if (object.apiVersion !== apiVersion) continue;
        expect(validate(object), `${kind} ${object.metadata.name}`).toEqual([]);
        expect(defaults(object), `${kind} ${object.metadata.name} has its defaults`).toEqual(object);
      }
    }
  });

  test('[S3] admin has what edit has, which has what view has', () => {
    const held = (name: string) => new Set((role(name).rules ?? []).map((rule) => JSON.stringify(rule)));
    expect(held('view').size).toBe(12);
    expect([...held('view')].every((rule) => held('edit').has(rule))).toBe(true);
    expect([...held('edit')].every((rule) => held('admin').has(rule))).toBe(true);
    expect(held('admin').size).toBeGreaterThan(held('edit').size);
    expect(held('edit').size).toBeGreaterThan(held('view').size);
  });

  test('[S4] rules as in the tables: the core group, resource names, paths', () => {
    expect(role('cluster-admin').rules).toEqual([
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ]);
    expect(role('system:certificates.k8s.io:kubelet-serving-approver').rules).toEqual([
      { apiGroups: ['certificates.k8s.io'], resourceNames: ['kubernetes.io/kubelet-serving'], resources: ['signers'], verbs: ['approve'] },
    ]);
    expect(role('system:aggregate-to-view').rules).toContainEqual({ apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['get', 'list', 'watch'] });
    const binding = cluster.store.get<RoleBinding>('rolebindings.rbac.authorization.k8s.io', 'kube-system', 'system::leader-locking-kube-controller-manager')!;
    expect(binding.subjects).toEqual([
      { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'system:kube-controller-manager' },
      { kind: 'ServiceAccount', name: 'kube-controller-manager', namespace: 'kube-system' },
      { kind: 'ServiceAccount', name: 'leader-election-controller', namespace: 'kube-system' },
    ]);
  });

  test('[S5] an APIService for every group and version but that of APIServices', () => {
    const served = new Set(kinds.map(({ version, group }) => `${version}.${group}`));
    served.delete('v1.apiregistration.k8s.io');
    expect(new Set(all('apiservices.apiregistration.k8s.io').map(({ metadata }) => metadata.name))).toEqual(served);
  });

  test('[S6] clusters that start together share it, and what follows does not depend on it', () => {
    const other = new Cluster({ seed: 7 });
    expect(other.store.get('clusterroles.rbac.authorization.k8s.io', undefined, 'admin')).toBe(role('admin'));
    const first = other.store.log.after(0)[0]!;
    expect(first.resourceVersion).toBe(other.store.loadedVersion + 1);
  });
});
