// What the control plane's own components leave behind: accounts, configuration, leases, the two classes of priority.
import { rootCertificate } from '../controllers/namespace/root-certificate.ts';
import { controllerAccounts } from './rbac.ts';
import type { StartupObject } from './startup-object.ts';

const namespace = 'kube-system';

/** Those of a cloud's controllers are made only where there is a cloud. */
const withoutAccount = new Set(['route-controller', 'service-controller', 'device-taint-eviction-controller']);
const furtherAccounts = ['bootstrap-signer', 'token-cleaner'];

export function accountObjects(): readonly StartupObject[] {
  const names = [...controllerAccounts().filter((name) => !withoutAccount.has(name)), ...furtherAccounts].sort();
  return names.map((name) => ({ resource: 'serviceaccounts', draft: { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name, namespace } } }));
}

const configMap = (name: string, data: Readonly<Record<string, string>>): StartupObject => ({
  resource: 'configmaps',
  draft: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name, namespace }, data },
});

/** `time`: RFC 3339. */
export const configObjects = (time: string): readonly StartupObject[] => [
  configMap('extension-apiserver-authentication', {
    'client-ca-file': rootCertificate,
    'requestheader-allowed-names': '["front-proxy-client"]',
    'requestheader-client-ca-file': rootCertificate,
    'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
    'requestheader-group-headers': '["X-Remote-Group"]',
    'requestheader-uid-headers': '["X-Remote-Uid"]',
    'requestheader-username-headers': '["X-Remote-User"]',
  }),
  configMap('kube-apiserver-legacy-service-account-token-tracking', { since: time.slice(0, 10) }),
];

/** `host`: the machine of the control plane. */
export function leaseObjects(host: string, time: string): readonly StartupObject[] {
  const at = time.replace('Z', '.000000Z');
  const lease = (name: string, holder: string, spec: object, labels?: Readonly<Record<string, string>>): StartupObject => ({
    resource: 'leases.coordination.k8s.io',
    draft: {
      kind: 'Lease',
      apiVersion: 'coordination.k8s.io/v1',
      metadata: { name, namespace, ...(labels && { labels }) },
      spec: { holderIdentity: holder, ...spec, renewTime: at },
    },
  });
  const elected = { acquireTime: at, leaseDurationSeconds: 15, leaseTransitions: 0 };
  const server = 'apiserver-eqt5l4dgdw6cxnwyq7ndzgfkzu';
  const labels = { 'apiserver.kubernetes.io/identity': 'kube-apiserver', 'kubernetes.io/hostname': host };
  return [
    lease(server, `${server}_b2cbf4b6-9e0c-4f6a-9b3e-0c1d7a8a6d10`, { leaseDurationSeconds: 3600 }, labels),
    lease('kube-controller-manager', `${host}_5b1f4f0a-6d7e-4a3c-8c2b-7f5e9f0d1c22`, elected),
    lease('kube-scheduler', `${host}_c9e8d7a6-1b2c-4d3e-9f40-5a6b7c8d9e33`, elected),
  ];
}

const priorityClass = (name: string, value: number, description: string): StartupObject => ({
  resource: 'priorityclasses.scheduling.k8s.io',
  draft: {
    kind: 'PriorityClass',
    apiVersion: 'scheduling.k8s.io/v1',
    metadata: { name, generation: 1 },
    description,
    preemptionPolicy: 'PreemptLowerPriority',
    value,
  },
});

export const priorityClassObjects = (): readonly StartupObject[] => [
  priorityClass(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
  priorityClass('system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'),
];
