// kube-proxy as minikube runs it: a pod on every node.
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

export const proxyConfig = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: 10.244.0.0/16\n';
