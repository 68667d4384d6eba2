import { expect, test } from 'vitest';
import { rowOf } from '../../../server/src/kubectl/printers/row-of.ts';
import { columnsOf } from '../../../server/src/schema/columns.ts';
import { kindOf, kinds } from '../../../server/src/schema/kinds.ts';

const now = Date.UTC(2026, 0, 1, 0, 2, 5);
const metadata = { name: 'x', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };

function checkRow(apiVersion: string, kind: string, object: object, cells: readonly (string | number)[]): void {
  const info = kindOf(apiVersion, kind)!;
  const row = rowOf(info, { apiVersion, kind, metadata, ...object } as never, now);
  expect(row).toEqual(cells);
  expect(row.length).toBe(columnsOf(apiVersion, info.resource).length);
}

test('every kind has as many cells as columns, however little an object says', () => {
  for (const kind of kinds) {
    const bare = {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata,
      spec: { containers: [], template: {}, jobTemplate: {}, schedule: '' },
      status: { loadBalancer: {} },
      involvedObject: {},
      source: {},
      roleRef: {},
      revision: 1,
      provisioner: '',
      handler: '',
      addressType: '',
    };
    const row = rowOf(kind, bare as never, now);
    expect(row.length, kind.resource).toBe(columnsOf(kind.apiVersion, kind.resource).length);
    expect(
      row.every((cell) => cell === null || ['string', 'number', 'boolean'].includes(typeof cell)),
      kind.resource,
    ).toBe(true);
  }
});

test('HorizontalPodAutoscaler: two metrics, now and wanted; alike in both versions', () => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const cpu = (averageUtilization: number) => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } });
  const queue = { type: 'External', external: { metric: { name: 'q' }, target: { type: 'AverageValue', averageValue: '30' } } };
  const spec = { scaleTargetRef, minReplicas: 2, maxReplicas: 10, metrics: [cpu(80), queue, cpu(50)] };
  const status = { currentReplicas: 3, currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 20 } } }] };
  const targets = 'cpu: 20%/80%, <unknown>/30 (avg) + 1 more...';
  checkRow('autoscaling/v2', 'HorizontalPodAutoscaler', { spec, status }, ['x', 'Deployment/web', targets, '2', 10, 3, '2m5s']);
  const old = { spec: { scaleTargetRef, maxReplicas: 10, targetCPUUtilizationPercentage: 70 }, status: {} };
  checkRow('autoscaling/v1', 'HorizontalPodAutoscaler', old, ['x', 'Deployment/web', 'cpu: <unknown>/70%', '<unset>', 10, 0, '2m5s']);
});

test('PodTemplate', () => {
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
  checkRow('v1', 'PodTemplate', { template }, ['x', 'c', 'nginx', 'a=b']);
});

test('Deployment', () => {
  const containers = [
    { name: 'a', image: 'i:1' },
    { name: 'b', image: 'i:2' },
  ];
  const spec = { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { spec: { containers } } };
  checkRow('apps/v1', 'Deployment', { spec, status: { readyReplicas: 2, updatedReplicas: 1 } }, ['x', '2/3', 1, 0, '2m5s', 'a,b', 'i:1,i:2', 'app=web']);
});

test('Pod: restarts with their age, gates, addresses', () => {
  const pod = {
    spec: { containers: [{ name: 'a' }, { name: 'b' }], nodeName: 'node-1', readinessGates: [{ conditionType: 'g' }, { conditionType: 'h' }] },
    status: {
      phase: 'Running',
      podIPs: [{ ip: '10.0.0.1' }],
      conditions: [{ type: 'g', status: 'True' }],
      containerStatuses: [
        { name: 'a', ready: true, restartCount: 2, state: { running: {} }, lastState: { terminated: { finishedAt: '2026-01-01T00:02:00Z' } } },
        { name: 'b', ready: false, restartCount: 0, state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
    },
  };
  checkRow('v1', 'Pod', pod, ['x', '1/2', 'CrashLoopBackOff', '2 (5s ago)', '2m5s', '10.0.0.1', 'node-1', '<none>', '1/2']);
});

test('Node: cordoned, with roles', () => {
  const node = {
    metadata: { ...metadata, labels: { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/edge': '' } },
    spec: { unschedulable: true },
    status: {
      conditions: [{ type: 'Ready', status: 'Unknown' }],
      nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'os' },
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    },
  };
  checkRow('v1', 'Node', node, ['x', 'NotReady,SchedulingDisabled', 'edge,worker', '2m5s', 'v1.36.3', '10.0.0.1', '<none>', 'os', '<unknown>', '<unknown>']);
});

test('Event: a series, one of the newer API, and a plain one', () => {
  const about = { involvedObject: { kind: 'Pod', name: 'p', fieldPath: 'spec.containers{c}' }, type: 'Normal', reason: 'R', message: ' m\n' };
  const plain = {
    ...about,
    source: { component: 'kubelet', host: 'node-1' },
    firstTimestamp: '2026-01-01T00:01:05Z',
    lastTimestamp: '2026-01-01T00:02:00Z',
    count: 3,
  };
  checkRow('v1', 'Event', plain, ['5s', 'Normal', 'R', 'pod/p', 'spec.containers{c}', 'kubelet, node-1', 'm', '60s', 3, 'x']);
  const newer = { ...about, source: {}, reportingComponent: 'default-scheduler', eventTime: '2026-01-01T00:02:00.000000Z' };
  checkRow('v1', 'Event', newer, ['5s', 'Normal', 'R', 'pod/p', 'spec.containers{c}', 'default-scheduler', 'm', '5s', 1, 'x']);
});

test.each([
  [
    'Job',
    'batch/v1',
    { spec: { completions: 3, template: {} }, status: { succeeded: 1, startTime: '2026-01-01T00:02:00Z' } },
    ['x', 'Running', '1/3', '5s', '2m5s', '', '', '<none>'],
  ],
  [
    'Service',
    'v1',
    {
      spec: { type: 'NodePort', clusterIPs: ['10.96.0.7'], ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }], selector: { b: '1', a: '2' } },
      status: {},
    },
    ['x', 'NodePort', '10.96.0.7', '<none>', '80:30080/TCP', '2m5s', 'a=2,b=1'],
  ],
  [
    'Service',
    'v1',
    {
      spec: { type: 'LoadBalancer', externalIPs: ['1.2.3.4'], ports: [] },
      status: { loadBalancer: { ingress: [{ hostname: 'b.example' }, { ip: '9.9.9.9' }, { ip: '9.9.9.9' }, {}] } },
    },
    ['x', 'LoadBalancer', '<none>', '9.9.9.9,b.example,1.2.3.4', '<none>', '2m5s', '<none>'],
  ],
  ['Endpoints', 'v1', { subsets: [{ notReadyAddresses: [{ ip: '1.2.3.4' }], ports: [{ port: 1 }] }] }, ['x', '', '2m5s']],
  [
    'EndpointSlice',
    'discovery.k8s.io/v1',
    { addressType: 'IPv4', endpoints: ['a', 'b', 'c', 'd'].map((address) => ({ addresses: [address] })), ports: [{ name: 'http' }, {}] },
    ['x', 'IPv4', 'http,*', 'a,b,c + 1 more...', '2m5s'],
  ],
  [
    'Ingress',
    'networking.k8s.io/v1',
    { spec: { rules: [{ host: 'a' }, {}, { host: 'b' }, { host: 'c' }, {}] }, status: {} },
    ['x', '<none>', 'a,b,c + 2 more...', '', '80', '2m5s'],
  ],
  [
    'IngressClass',
    'networking.k8s.io/v1',
    {
      metadata: { ...metadata, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      spec: { controller: 'a.b/c', parameters: { apiGroup: 'g', kind: 'K', name: 'n' } },
    },
    ['x (default)', 'a.b/c', 'K.g/n', '2m5s'],
  ],
  ['IPAddress', 'networking.k8s.io/v1', { spec: { parentRef: { resource: 'services', namespace: 'a', name: 'b' } } }, ['x', 'services/a/b']],
  ['ServiceCIDR', 'networking.k8s.io/v1', { spec: { cidrs: ['10.0.0.0/8', '2001:db8::/64'] } }, ['x', '10.0.0.0/8,2001:db8::/64', '2m5s']],
  ['ConfigMap', 'v1', { data: { a: '1' }, binaryData: { b: '' } }, ['x', 2, '2m5s']],
  ['ResourceQuota', 'v1', { status: { hard: { pods: '2', 'limits.cpu': '1' }, used: { pods: '1' } } }, ['x', 'pods: 1/2', 'limits.cpu: 0/1', '2m5s']],
  [
    'ControllerRevision',
    'apps/v1',
    { revision: 2, metadata: { ...metadata, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', controller: true }] } },
    ['x', 'statefulset.apps/db', 2, '2m5s'],
  ],
] as const)('%s', (kind, apiVersion, object, cells) => checkRow(apiVersion, kind, object, cells));
