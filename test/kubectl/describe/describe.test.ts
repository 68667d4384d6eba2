// Objects as they were recorded, described, against what was recorded of describing them.
import { expect, test } from 'vitest';
import { normalise } from '../../../server/src/cli/play/normalise.ts';
import { describe } from '../../../server/src/kubectl/describe/describe.ts';
import type { Around } from '../../../server/src/kubectl/describe/describer.ts';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import type { Deployment, Event, Node, Pod, ReplicaSet } from '../../../server/src/schema/generated/types.ts';
import { recorded, recordedObject } from '../recordings.ts';

const now = Date.UTC(2026, 0, 2, 4);

function around(objects: readonly KubeObject[] = [], events: readonly Event[] = []): Around {
  return {
    now,
    list: (_apiVersion, kind) => objects.filter((object) => object.kind === kind) as never,
    get: (_apiVersion, kind, _namespace, name) => objects.find((object) => object.kind === kind && object.metadata.name === name) as never,
    events: () => events,
  };
}

/** A ReplicaSet of the Deployment; equal templates make it the new one. */
function setOf(deployment: Deployment, name: string, replicas: number, image?: string): ReplicaSet {
  const { template } = deployment.spec;
  const containers = template.spec!.containers.map((container) => (image ? { ...container, image } : container));
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...deployment.metadata,
      name,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.metadata.name, uid: deployment.metadata.uid, controller: true }],
    },
    spec: { replicas, selector: deployment.spec.selector, template: { ...template, spec: { ...template.spec!, containers } } },
    status: { replicas },
  };
}

const event = (message: string): Event =>
  ({
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message,
    count: 1,
    firstTimestamp: '2026-01-02T03:04:05Z',
    lastTimestamp: '2026-01-02T03:04:05Z',
    source: { component: 'deployment-controller' },
    involvedObject: {},
  }) as unknown as Event;

function checkDescribed(object: KubeObject, surroundings: Around, text: string): void {
  expect(normalise(describe(object, surroundings), { namespace: '<namespace>', owners: new Set() }).trim()).toBe(text);
}

test('a Deployment with Recreate, its ReplicaSets and events', () => {
  const deployment = recordedObject<Deployment>('recreate-3', 'kubectl get deploy db -o yaml');
  const sets = [setOf(deployment, 'db-5d987d695c', 0, 'postgres:15'), setOf(deployment, 'db-8d6d4d974', 3)];
  const events = ['db-5d987d695c from 0 to 3', 'db-5d987d695c from 3 to 0', 'db-8d6d4d974 from 0 to 3'].map((text, i) =>
    event(`Scaled ${i === 1 ? 'down' : 'up'} replica set ${text}`),
  );
  checkDescribed(deployment, around(sets, events), recorded('recreate-3', 'kubectl describe deploy db'));
});

test('limits and environment of a template stand under their own lines', () => {
  const deployment = recordedObject<Deployment>('pause-many-changes', 'kubectl get deploy web -o yaml');
  const text = describe(deployment, around());
  const template = (described: string) => /Pod Template:[^]*Tolerations: .*/.exec(described)![0];
  expect(template(text)).toBe(template(recorded('pause-many-changes', 'kubectl describe deploy web')));
});

test('a ReplicaSet: its owner, and its pods by phase; the pods of others do not count', () => {
  const deployment = recordedObject<Deployment>('recreate-3', 'kubectl get deploy db -o yaml');
  const set = { ...setOf(deployment, 'db-1', 2), metadata: { ...setOf(deployment, 'db-1', 2).metadata, uid: 'set', annotations: {} } };
  const pod = (uid: string, phase: string) =>
    ({ kind: 'Pod', metadata: { name: 'p', ownerReferences: [{ uid, controller: true }] }, status: { phase } }) as unknown as Pod;
  const text = describe(set, around([pod('set', 'Running'), pod('set', 'Pending'), pod('other', 'Running')]));
  expect(text).toContain('Annotations:    <none>\nControlled By:  Deployment/db\nReplicas:       2 current / 2 desired\n');
  expect(text).toContain('Pods Status:    1 Running / 1 Waiting / 0 Succeeded / 0 Failed\n');
  expect(text.endsWith('Events:            <none>\n')).toBe(true);
});

test('pods that wait for a node', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'picky', namespace: '<namespace>', uid: 'u' },
    spec: {
      priority: 0,
      serviceAccountName: 'default',
      nodeSelector: { disk: 'ssd' },
      tolerations: ['not-ready', 'unreachable'].map((name) => ({
        key: `node.kubernetes.io/${name}`,
        effect: 'NoExecute',
        operator: 'Exists',
        tolerationSeconds: 300,
      })),
      containers: [
        {
          name: 'c',
          image: 'nginx',
          resources: {},
          volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: 'kube-api-access-zzzzz', readOnly: true }],
        },
      ],
      volumes: [
        {
          name: 'kube-api-access-zzzzz',
          projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607 } }, { configMap: { name: 'kube-root-ca.crt' } }, { downwardAPI: {} }] },
        },
      ],
    },
    status: { phase: 'Pending', qosClass: 'BestEffort', conditions: [{ type: 'PodScheduled', status: 'False' }] },
  } as unknown as Pod;
  const all = recorded('unschedulable-1', 'kubectl describe pods');
  checkDescribed(pod, { ...around(), events: () => undefined }, all.slice(all.indexOf('Name:             picky')));
});

test('a container that ran, was ended, and waits to be started again', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', uid: 'u', deletionTimestamp: '2026-01-02T03:59:00Z', deletionGracePeriodSeconds: 30 },
    spec: {
      nodeName: 'node-1',
      containers: [
        {
          name: 'web',
          image: 'nginx',
          args: ['one\ntwo'],
          resources: { limits: { memory: '64Mi', cpu: 1 } },
          ports: [
            { containerPort: 80, protocol: 'TCP' },
            { containerPort: 443, hostPort: 8443, protocol: 'TCP' },
          ],
          livenessProbe: {
            httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
            timeoutSeconds: 1,
            periodSeconds: 10,
            successThreshold: 1,
            failureThreshold: 3,
          },
          env: [
            { name: 'A', value: 'x' },
            { name: 'NODE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
            { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
            { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
          ],
        },
      ],
    },
    status: {
      phase: 'Running',
      hostIP: '10.0.0.1',
      podIP: '10.1.0.2',
      podIPs: [{ ip: '10.1.0.2' }],
      containerStatuses: [
        {
          name: 'web',
          containerID: 'c://1',
          imageID: 'i://1',
          ready: false,
          restartCount: 2,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { reason: 'Error', exitCode: 1, startedAt: '2026-01-02T03:04:05Z', finishedAt: '2026-01-02T03:04:06Z' } },
        },
      ],
    },
  } as unknown as Pod;
  expect(describe(pod, around()).split('\n')).toEqual(
    expect.arrayContaining([
      'Node:                      node-1/10.0.0.1',
      'Status:                    Terminating (lasts 60s)',
      'Termination Grace Period:  30s',
      '  IP:  10.1.0.2',
      '    Ports:         80/TCP, 443/TCP',
      '    Host Ports:    0/TCP, 8443/TCP',
      '      two',
      '      Started:      Fri, 02 Jan 2026 03:04:05 +0000',
      '    Restart Count:  2',
      '    Liveness:  http-get http://:http/healthz delay=0s timeout=1s period=10s #success=1 #failure=3',
      '      NODE:      node-1 (v1:spec.nodeName)',
      '      CPU:       1 (limits.cpu)',
      "      S:         <set to the key 'k' in secret 's'>  Optional: false",
    ]),
  );
});

test('a node: what its pods ask for, as amounts and shares', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', uid: 'u', creationTimestamp: '2026-01-02T03:04:05Z' },
    spec: { taints: [{ key: 'team', value: 'blue', effect: 'NoSchedule' }] },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
  } as unknown as Node;
  const pod = (name: string, requests: object) =>
    ({
      kind: 'Pod',
      metadata: { name, namespace: 'default', creationTimestamp: '2026-01-02T03:59:00Z' },
      spec: { containers: [{ name: 'c', resources: { requests } }] },
    }) as unknown as Pod;
  const text = describe(node, around([pod('a', { cpu: '500m', memory: '1Gi' }), pod('b', { cpu: '1500m' })]));
  const lines = text.split('\n').map((line) => line.replace(/ {2,}/g, '  '));
  expect(lines).toEqual(
    expect.arrayContaining([
      'Taints:  team=blue:NoSchedule',
      'Non-terminated Pods:  (2 in total)',
      '  default  a  500m (12%)  0 (0%)  1Gi (12%)  0 (0%)  60s',
      '  cpu  2 (50%)  0 (0%)',
      '  memory  1Gi (12%)  0 (0%)',
    ]),
  );
});

test('a long annotation stands under its key and is cut; the one of apply is not shown', () => {
  const deployment = recordedObject<Deployment>('recreate-3', 'kubectl get deploy db -o yaml');
  const annotations = { ...deployment.metadata.annotations, long: 'x'.repeat(200) };
  const text = describe({ ...deployment, metadata: { ...deployment.metadata, annotations } }, around());
  expect(text).toContain(`Annotations:        deployment.kubernetes.io/revision: 2\n                    long:\n                      ${'x'.repeat(138)}...\n`);
});
