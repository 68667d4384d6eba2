// What `minikube start` leaves in a cluster of one node: the control plane as pods of files, DNS, the proxy, storage.
import type { StringMap } from '../../kube/object.ts';
import type { Container, Node, PodSpec } from '../../schema/generated/types.ts';
import { kubernetesVersion } from '../../schema/kinds.ts';
import { hexOf } from '../kubelet/image.ts';
import { nodeObject } from '../kubelet/node-object.ts';
import type { Draft } from '../runtime/writer.ts';
import { corefile, dnsDeployment, dnsService } from './minikube-dns.ts';
import { proxyConfig, proxyDaemonSet } from './minikube-proxy.ts';
import type { StartupObject } from './startup-object.ts';

const namespace = 'kube-system';
const minikubeVersion = 'v1.38.0';
const etcdImage = 'registry.k8s.io/etcd:3.6.8-0';

const ownImage = (component: string) => `registry.k8s.io/${component}:v${kubernetesVersion}`;

/** minikube, minikube-m02, minikube-m03, …: `index` counts from 0. */
export const minikubeName = (index: number): string => (index === 0 ? 'minikube' : `minikube-m${String(index + 1).padStart(2, '0')}`);

export function minikubeNode(index: number): Draft<Node> {
  const node = nodeObject(index, undefined, minikubeName(index));
  const { 'topology.kubernetes.io/zone': _none, ...labels } = node.metadata.labels ?? {};
  const controlPlane: StringMap = { 'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
  const own: StringMap = { 'minikube.k8s.io/name': 'minikube', 'minikube.k8s.io/primary': String(index === 0), 'minikube.k8s.io/version': minikubeVersion };
  return { ...node, metadata: { ...node.metadata, labels: { ...labels, ...own, ...(index === 0 && controlPlane) } } };
}

/** In the order in which they are made. `node`: the one of the control plane, as it is. */
export const minikubeObjects = (node: Node): readonly StartupObject[] => [
  ...['coredns', 'kube-proxy', 'storage-provisioner'].map(account),
  ...rights,
  ...controlPlane(node),
  configMap('coredns', { Corefile: corefile }),
  configMap('kube-proxy', { 'config.conf': proxyConfig, 'kubeconfig.conf': '' }),
  configMap('kubeadm-config', { ClusterConfiguration: clusterConfiguration }),
  dnsService,
  dnsDeployment,
  proxyDaemonSet,
  storageClass,
  storageProvisioner,
];

const account = (name: string): StartupObject => ({
  resource: 'serviceaccounts',
  draft: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
});

const configMap = (name: string, data: StringMap): StartupObject => ({
  resource: 'configmaps',
  draft: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data },
});

const rbac = 'rbac.authorization.k8s.io';
const bind = (name: string, role: string, who: string): StartupObject => ({
  resource: `clusterrolebindings.${rbac}`,
  draft: {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: who, namespace }],
  },
});

const dnsRules = [
  { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
];

const rights: readonly StartupObject[] = [
  {
    resource: `clusterroles.${rbac}`,
    draft: { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: 'system:coredns' }, rules: dnsRules },
  },
  bind('system:coredns', 'system:coredns', 'coredns'),
  bind('kubeadm:node-proxier', 'system:node-proxier', 'kube-proxy'),
  bind('storage-provisioner', 'system:persistent-volume-provisioner', 'storage-provisioner'),
  bind('minikube-rbac', 'cluster-admin', 'default'),
];

/** Pods that the kubelet has read from files: the API server shows mirrors of them, which the node owns. */
function controlPlane({ metadata: { name: nodeName, uid } }: Node): readonly StartupObject[] {
  const components: readonly (readonly [name: string, image: string, cpu: string, memory?: string])[] = [
    ['etcd', etcdImage, '100m', '100Mi'],
    ['kube-apiserver', ownImage('kube-apiserver'), '250m'],
    ['kube-controller-manager', ownImage('kube-controller-manager'), '200m'],
    ['kube-scheduler', ownImage('kube-scheduler'), '100m'],
  ];
  return components.map(([name, image, cpu, memory]) => {
    const hash = hexOf(`${name} ${image}`, 32);
    const annotations = {
      'kubernetes.io/config.hash': hash,
      'kubernetes.io/config.mirror': hash,
      'kubernetes.io/config.source': 'file',
    };
    const spec: PodSpec = {
      nodeName,
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
      containers: [{ name, image, command: [name], resources: { requests: { cpu, ...(memory !== undefined && { memory }) } } } as unknown as Container],
    };
    const ownerReferences = [{ apiVersion: 'v1', controller: true, kind: 'Node', name: nodeName, uid }];
    const metadata = { name: `${name}-${nodeName}`, namespace, labels: { component: name, tier: 'control-plane' }, annotations, ownerReferences };
    return { resource: 'pods', draft: { apiVersion: 'v1', kind: 'Pod', metadata, spec } };
  });
}

const storageClass: StartupObject = {
  resource: 'storageclasses.storage.k8s.io',
  draft: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'standard',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      labels: { 'addonmanager.kubernetes.io/mode': 'EnsureExists' },
    },
    provisioner: 'k8s.io/minikube-hostpath',
  },
};

const storageProvisioner: StartupObject = {
  resource: 'pods',
  draft: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'storage-provisioner',
      namespace,
      labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile', 'integration-test': 'storage-provisioner' },
    },
    spec: {
      containers: [
        {
          name: 'storage-provisioner',
          image: 'gcr.io/k8s-minikube/storage-provisioner:v5',
          command: ['/storage-provisioner'],
          volumeMounts: [{ mountPath: '/tmp', name: 'tmp' }],
        },
      ],
      hostNetwork: true,
      serviceAccountName: 'storage-provisioner',
      volumes: [{ hostPath: { path: '/tmp', type: 'Directory' }, name: 'tmp' }],
    },
  },
};

const clusterConfiguration = `apiVersion: kubeadm.k8s.io/v1beta4
clusterName: mk
kind: ClusterConfiguration
kubernetesVersion: v${kubernetesVersion}
networking:
  dnsDomain: cluster.local
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12
`;
