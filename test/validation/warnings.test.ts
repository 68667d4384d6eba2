import { describe, expect, test } from 'vitest';
import { container, deploymentOf, podOf, warningsOf } from './objects.ts';

const ofPod = (spec: object, metadata: object = {}) => warningsOf(podOf({ ...spec }, { ...metadata }));
const ofContainer = (fields: object) => ofPod({ containers: [{ ...container, ...fields }] });

test('a common pod and a common Deployment are not warned of', () => {
  expect(ofPod({})).toEqual([]);
  expect(warningsOf(deploymentOf())).toEqual([]);
});

test('paths of a template begin at the template', () => {
  expect(warningsOf(deploymentOf({}, { terminationGracePeriodSeconds: -1 }))).toEqual([
    'spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
  ]);
});

test('a name that makes a poor hostname', () => {
  expect(ofPod({}, { name: 'a.b' })).toEqual([
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
  ]);
});

test('an update of a Deployment is warned of when it is a new generation, and never for its name', () => {
  const deployment = { ...deploymentOf({}, { imagePullSecrets: [{}] }, { name: 'a.b' }) };
  const generation = (generation: number) => ({ ...deployment, metadata: { ...deployment.metadata, generation } });
  expect(warningsOf(generation(2), generation(2))).toEqual([]);
  expect(warningsOf(generation(2), generation(1))).toEqual(['spec.template.spec.imagePullSecrets[0].name: invalid empty name ""']);
});

describe('scheduling', () => {
  const zone = 'failure-domain.beta.kubernetes.io/zone';
  const useNew = 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead';

  test('old labels of nodes', () => {
    const term = { matchExpressions: [{ key: zone, operator: 'Exists' }] };
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } };
    const topologySpreadConstraints = [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }];
    const required = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]';
    expect(ofPod({ nodeSelector: { [zone]: 'a' }, affinity: { nodeAffinity }, topologySpreadConstraints })).toEqual([
      `spec.nodeSelector[${zone}]: ${useNew}`,
      `${required}.matchExpressions[0].key: ${zone} is ${useNew}`,
      `spec.topologySpreadConstraints[0].topologyKey: ${zone} is ${useNew}`,
    ]);
  });

  test('selectors that match no pod', () => {
    const term = { topologyKey: 'kubernetes.io/hostname' };
    const podAffinity = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] };
    const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const nothing = 'a null labelSelector results in matching no pod';
    expect(ofPod({ affinity: { podAffinity, podAntiAffinity } })).toEqual([
      `spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: ${nothing}`,
      `spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: ${nothing}`,
    ]);
  });
});

describe('annotations', () => {
  test('that are fields now', () => {
    const annotations = { 'scheduler.alpha.kubernetes.io/critical-pod': '', 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' };
    expect(ofPod({}, { annotations })).toEqual([
      'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      'metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the "seccompProfile" field instead',
    ]);
  });

  test('of AppArmor in a template, where no field says it', () => {
    const metadata = { labels: { app: 'web' }, annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' } };
    const template = (securityContext: object) => ({ template: { metadata, spec: { containers: [container], securityContext } } });
    expect(warningsOf(deploymentOf(template({})))).toEqual([
      'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/web]: deprecated since v1.30; use the "appArmorProfile" field instead',
    ]);
    expect(warningsOf(deploymentOf(template({ appArmorProfile: { type: 'Unconfined' } })))).toEqual([]);
  });
});

describe('containers', () => {
  test('tenths of a byte', () => {
    expect(ofContainer({ resources: { limits: { memory: '100m' } } })).toEqual([
      'spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
    ]);
  });

  test('a variable that hides another; one that builds on it does not', () => {
    const env = (value: string) =>
      ofContainer({
        env: [
          { name: 'A', value: 'a' },
          { name: 'A', value },
        ],
      });
    const hides = ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'];
    expect(env('b')).toEqual(hides);
    expect(env('$(A)')).toEqual(hides);
    expect(env('$(A)b')).toEqual([]);
  });

  test('ports that collide, each in its way', () => {
    const port = { containerPort: 80 };
    expect(ofContainer({ ports: [port, { ...port, hostPort: 8080 }] })).toEqual([
      'spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]',
    ]);
    expect(
      ofContainer({
        ports: [
          { ...port, hostPort: 1 },
          { ...port, hostPort: 1, hostIP: '1.2.3.4' },
        ],
      }),
    ).toEqual(['spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]']);
    expect(
      ofContainer({
        ports: [
          { ...port, hostPort: 1 },
          { ...port, hostPort: 2 },
        ],
      }),
    ).toEqual([]);
    expect(ofContainer({ ports: [port, { ...port, protocol: 'UDP' }] })).toEqual([]);
  });
});

describe('volumes', () => {
  test('of types that are gone', () => {
    const volumes = [
      { name: 'a', gitRepo: { repository: 'r' } },
      { name: 'b', storageos: {} },
    ];
    expect(ofPod({ volumes })).toEqual([
      'spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
      'spec.volumes[1].storageOS: deprecated in v1.22, non-functional in v1.25+',
    ]);
  });

  test('that write two files in one place', () => {
    const items = (...paths: string[]) => paths.map((path) => ({ key: 'k', path }));
    expect(ofPod({ volumes: [{ name: 'v', configMap: { name: 'm', items: items('a', 'a/b', 'ab') } }] })).toEqual([
      'volume "v" (ConfigMap "m"): overlapping paths: "a/b" with "a"',
    ]);
    const sources = [{ secret: { name: 's', items: items('a') } }, { configMap: { name: 'm', items: items('a/') } }, {}];
    expect(ofPod({ volumes: [{ name: 'v', projected: { sources } }] })).toEqual([
      'volume "v" (Projected): overlapping paths: "a" (ConfigMap "m") with "a" (Secret "s")',
      'volume "v" (Projected) has no sources provided',
    ]);
  });
});

test('addresses of IPv6 that are not in their one right form', () => {
  const ips = ['2001:DB8:0:0:0:0:0:1', '::1', '1:0:0:2:0:0:0:3', '10.0.0.1'];
  expect(ofPod({ hostAliases: ips.map((ip) => ({ ip, hostnames: ['a'] })) })).toEqual([
    'spec.hostAliases[0].ip: IPv6 address "2001:DB8:0:0:0:0:0:1" should be in RFC 5952 canonical format ("2001:db8::1")',
    'spec.hostAliases[2].ip: IPv6 address "1:0:0:2:0:0:0:3" should be in RFC 5952 canonical format ("1:0:0:2::3")',
  ]);
});

test('what a list has twice', () => {
  const hostAliases = [
    { ip: '1.2.3.4', hostnames: ['a'] },
    { ip: '1.2.3.4', hostnames: ['b'] },
  ];
  expect(ofPod({ hostAliases, imagePullSecrets: [{ name: 'a' }, { name: 'a' }] })).toEqual([
    'spec.hostAliases[1].ip: duplicate ip "1.2.3.4"',
    'spec.imagePullSecrets[1].name: duplicate name "a"',
  ]);
});
