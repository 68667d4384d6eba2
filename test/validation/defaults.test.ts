import { describe, expect, test } from 'vitest';
import type { Deployment, Namespace, Node, Pod } from '../../server/src/schema/generated/types.ts';
import { imageTag } from '../../server/src/validation/defaults/image-tag.ts';
import { rulesOf } from '../../server/src/validation/rules.ts';
import { container, deploymentOf, podOf, read, withDefaults } from './objects.ts';

describe('sharing', () => {
  test('an object that lacks nothing is returned itself', () => {
    const deployment = deploymentOf({}, { volumes: [{ name: 'v', configMap: { name: 'x' } }] });
    expect(rulesOf('apps/v1', 'Deployment').defaults(deployment)).toBe(deployment);
    const pod = podOf({ resources: { limits: { cpu: '1' } }, hostNetwork: true });
    expect(rulesOf('v1', 'Pod').defaults(pod)).toBe(pod);
  });

  test('what lacks nothing is shared with the object that lacks something', () => {
    const whole = deploymentOf();
    const { replicas: _, ...spec } = whole.spec;
    const filled = rulesOf('apps/v1', 'Deployment').defaults({ ...whole, spec } as Deployment) as Deployment;
    expect(filled.spec.replicas).toBe(1);
    expect(filled.spec.template).toBe(whole.spec.template);
    expect(filled.metadata).toBe(whole.metadata);
  });

  test('nothing is changed in place', () => {
    const body = read<Deployment>({
      ...structuredClone(deploymentOf()),
      spec: { selector: {}, template: { metadata: {}, spec: { containers: [container] } } },
    });
    const before = structuredClone(body);
    rulesOf('apps/v1', 'Deployment').defaults(body);
    expect(body).toEqual(before);
  });
});

describe('containers', () => {
  test.each([
    ['nginx', 'latest'],
    ['nginx:latest', 'latest'],
    ['nginx:1.27', '1.27'],
    ['registry.example.com:5000/team/app', 'latest'],
    ['registry.example.com:5000/team/app:v1', 'v1'],
    [`nginx@sha256:${'a'.repeat(64)}`, undefined],
    [`nginx:1@sha256:${'a'.repeat(64)}`, '1'],
    ['Nginx', undefined],
    ['a'.repeat(64), undefined],
    ['', undefined],
  ])('the tag of %s is %s', (image, tag) => expect(imageTag(image)).toBe(tag));

  test('only what may have changed behind its name is pulled always', () => {
    const { containers } = podOf({ containers: ['nginx', 'nginx:1', 'Nginx'].map((image, i) => ({ name: `c${i}`, image })) }).spec;
    expect(containers.map(({ imagePullPolicy }) => imagePullPolicy)).toEqual(['Always', 'IfNotPresent', 'IfNotPresent']);
  });

  test('amounts finer than thousandths are rounded up', () => {
    const requests = { cpu: '1u', memory: '0.0015', 'example.com/gpu': '1e-6' };
    expect(podOf({ containers: [{ ...container, resources: { requests } }] }).spec.containers[0]?.resources.requests).toEqual({
      cpu: '1m',
      memory: '2m',
      'example.com/gpu': '1e-3',
    });
  });

  test('a stop signal is dropped, and the lifecycle with it when nothing else is in it', () => {
    const lifecycles = [{ stopSignal: 'SIGTERM' }, { stopSignal: 'SIGTERM', preStop: { sleep: { seconds: 1 } } }];
    const { containers } = podOf({ containers: lifecycles.map((lifecycle, i) => ({ ...container, name: `c${i}`, lifecycle })) }).spec;
    expect(containers.map(({ lifecycle }) => lifecycle)).toEqual([undefined, { preStop: { sleep: { seconds: 1 } } }]);
  });
});

describe('pods', () => {
  const limited = { ...container, resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } } };

  test('a pod requests what it limits, a template does not', () => {
    expect(podOf({ containers: [limited] }).spec.containers[0]?.resources.requests).toEqual({ cpu: '500m', memory: '1Gi' });
    expect(deploymentOf({}, { containers: [limited] }).spec.template.spec.containers[0]?.resources.requests).toEqual({ cpu: '500m' });
  });

  test("a pod's containers have the host's ports in the host's network, a template's do not", () => {
    const spec = { hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 82 }] }] };
    expect(podOf(spec).spec.containers[0]?.ports?.map(({ hostPort }) => hostPort)).toEqual([80, 82]);
    expect(deploymentOf({}, spec).spec.template.spec.containers[0]?.ports?.map(({ hostPort }) => hostPort)).toEqual([undefined, 82]);
  });

  test('a pod ends in one second where it said less than none', () => {
    expect(podOf({ terminationGracePeriodSeconds: -30 }).spec.terminationGracePeriodSeconds).toBe(1);
    expect(deploymentOf({}, { terminationGracePeriodSeconds: -30 }).spec.template.spec.terminationGracePeriodSeconds).toBe(-30);
  });

  test('both names of the service account say the same, and the new one counts', () => {
    expect(podOf({ serviceAccount: 'a' }).spec).toMatchObject({ serviceAccount: 'a', serviceAccountName: 'a' });
    expect(podOf({ serviceAccount: 'a', serviceAccountName: 'b' }).spec).toMatchObject({ serviceAccount: 'b', serviceAccountName: 'b' });
  });

  test("a pod's own requests are those of its containers, sidecars included, and its limits where they say nothing", () => {
    const resources = (cpu: string) => ({ requests: { cpu } });
    const pod = podOf({
      resources: { limits: { cpu: '2', memory: '1Gi' } },
      initContainers: [
        { ...container, name: 'side', restartPolicy: 'Always', resources: resources('100m') },
        { ...container, name: 'init', resources: resources('600m') },
      ],
      containers: [{ ...container, resources: resources('300m') }],
    });
    expect(pod.spec.resources?.requests).toEqual({ cpu: '700m', memory: '1Gi' });
  });

  test('a volume without a type is an empty directory', () => {
    expect(podOf({ volumes: [{ name: 'v' }] }).spec.volumes).toEqual([{ name: 'v', emptyDir: {} }]);
  });

  test('init containers in annotations are dropped', () => {
    const annotations = { 'pod.beta.kubernetes.io/init-containers': '[]' };
    expect(podOf({}, { annotations }).metadata.annotations).toBeUndefined();
    expect(podOf({}, { annotations: { ...annotations, a: 'b' } }).metadata.annotations).toEqual({ a: 'b' });
  });
});

test('a Deployment rolls a quarter at a time, and a Recreate has no such numbers', () => {
  expect(deploymentOf({ strategy: { rollingUpdate: { maxSurge: 2 } } }).spec.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 2, maxUnavailable: '25%' },
  });
  expect(deploymentOf({ strategy: { type: 'Recreate' } }).spec.strategy).toEqual({ type: 'Recreate' });
  expect(deploymentOf({ replicas: 0 }).spec.replicas).toBe(0);
});

test('a namespace says its name in a label', () => {
  const namespace = withDefaults<Namespace>({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'demo', labels: { 'kubernetes.io/metadata.name': 'x' } },
  });
  expect(namespace.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': 'demo' });
  expect(namespace.status.phase).toBe('Active');
});

test('a node can give what it has, and its one range is the first of its ranges', () => {
  const node = withDefaults<Node>({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n' },
    spec: { podCIDR: '10.0.0.0/24' },
    status: { capacity: { cpu: '4' } },
  });
  expect(node.status.allocatable).toEqual({ cpu: '4' });
  expect(node.spec.podCIDRs).toEqual(['10.0.0.0/24']);
});

test('kinds without fillers of their own get the defaults of the schema', () => {
  const service = withDefaults<Pod>({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } });
  expect(service.spec).toMatchObject({ ports: [{ port: 80, protocol: 'TCP' }] });
});
