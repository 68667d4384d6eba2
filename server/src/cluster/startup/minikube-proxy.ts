// kube-proxy as minikube runs it: a pod on every node.
import type { KubeObject } from '../../kube/object.ts';
import type { Node } from '../../schema/generated/types.ts';
import { kubernetesVersion } from '../../schema/kinds.ts';
import type { StartupObject } from './startup-object.ts';

const namespace = 'kube-system';

const proxyLabels = { 'k8s-app': 'kube-proxy' };

const proxyTemplate = {
  metadata: { labels: proxyLabels },
  spec: {
    containers: [
      {
        name: 'kube-proxy',
        image: `registry.k8s.io/kube-proxy:v${kubernetesVersion}`,
        command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
        env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
        securityContext: { privileged: true },
        volumeMounts: [{ mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' }],
      },
    ],
    hostNetwork: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    priorityClassName: 'system-node-critical',
    serviceAccountName: 'kube-proxy',
    tolerations: [{ operator: 'Exists' }],
    volumes: [{ configMap: { name: 'kube-proxy' }, name: 'kube-proxy' }],
  },
};

export const proxyDaemonSet: StartupObject = {
  resource: 'daemonsets.apps',
  draft: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', namespace, labels: proxyLabels },
    spec: {
      selector: { matchLabels: proxyLabels },
      template: proxyTemplate,
    },
  },
};

/**
 * The proxy's pods, one a node. `owner`: the DaemonSet as stored. Nothing in this cluster acts on DaemonSets yet; what their
 * controller would make at the start is made here.
 */
export const proxyPods = (nodes: readonly Node[], { metadata: { name, uid } }: KubeObject): readonly StartupObject[] =>
  nodes.map((node) => ({
    resource: 'pods',
    draft: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: { ...proxyLabels, 'pod-template-generation': '1' },
        ownerReferences: [{ apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, kind: 'DaemonSet', name, uid }],
      },
      spec: { ...proxyTemplate.spec, nodeName: node.metadata.name },
    },
  }));

/** What the controller says of them once they run. */
export const proxyStatus = (nodes: number): object => ({
  currentNumberScheduled: nodes,
  desiredNumberScheduled: nodes,
  numberAvailable: nodes,
  numberMisscheduled: 0,
  numberReady: nodes,
  observedGeneration: 1,
  updatedNumberScheduled: nodes,
});

export const proxyConfig = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: 10.244.0.0/16\n';
