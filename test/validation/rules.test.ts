// What the recordings (test/conformance) do not show, or show only in passing.
import { describe, expect, test } from 'vitest';
import { mergeMatchLabelKeys } from '../../server/src/validation/pod/match-label-keys.ts';
import { container, deploymentOf, findingsIn, findingsInStatus, findingsInUpdate, podOf, withDefaults } from './objects.ts';

describe('pods', () => {
  const limits = (cpu: string) => ({ resources: { limits: { cpu } } });

  test('a pod asks for at least as much as its containers, and none of them may use more than it', () => {
    const pod = podOf({ resources: { requests: { cpu: '1' }, limits: { cpu: '2' } }, containers: [{ ...container, ...limits('3') }] });
    expect(findingsIn(pod)).toEqual([
      'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 3',
      'spec.resources.containers[0][cpu].limits: Invalid value: "3": must be less than or equal to pod limits of 2',
    ]);
  });

  test('huge pages are never shared', () => {
    const pages = (amount: string) => ({ limits: { 'hugepages-2Mi': amount, memory: '1Gi' }, requests: { 'hugepages-2Mi': amount, memory: '1Gi' } });
    const two = ['a', 'b'].map((name) => ({ ...container, name, resources: pages('4Mi') }));
    const pod = podOf({ resources: { limits: { 'hugepages-2Mi': '4Mi', memory: '4Gi' }, requests: { 'hugepages-2Mi': '4Mi' } }, containers: two });
    expect(findingsIn(pod)).toEqual([
      'spec.resources.requests[hugepages-2Mi]: Invalid value: "4Mi": must be greater than or equal to aggregate container requests of 8Mi',
      'spec.resources.limits[hugepages-2Mi]: Invalid value: "4Mi": must be greater than or equal to aggregate container limits of 8Mi',
    ]);
  });

  test('a pod with users of its own shares nothing else with its host', () => {
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }];
    const containers = [{ ...container, volumeDevices: [{ name: 'v', devicePath: '/v' }] }];
    const pod = podOf({ hostUsers: false, hostNetwork: true, hostPID: true, hostIPC: true, volumes, containers });
    expect(findingsIn(pod).map((text) => text.split(':')[0])).toEqual(['spec.hostNetwork', 'spec.HostPID', 'spec.HostIPC', 'spec.containers[0].volumeDevices']);
  });

  test('a pod for Windows has nothing of Linux', () => {
    const pod = podOf({
      os: { name: 'windows' },
      hostPID: true,
      securityContext: { runAsUser: 1 },
      containers: [{ ...container, securityContext: { privileged: false } }],
    });
    expect(findingsIn(pod).map((text) => text.split(':')[0])).toEqual([
      'spec.hostPID',
      'spec.securityContext.runAsUser',
      'spec.containers[0].securityContext.privileged',
    ]);
  });

  test('a gated pod has no node, and only a running one has ephemeral containers', () => {
    expect(findingsIn(podOf({ nodeName: 'n', schedulingGates: [{ name: 'g' }], ephemeralContainers: [{ ...container, name: 'd' }] }))).toEqual([
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
      'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
    ]);
  });

  test('what an annotation says, the field says too', () => {
    const annotations = { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined', 'container.apparmor.security.beta.kubernetes.io/web': 'localhost/a' };
    const securityContext = { seccompProfile: { type: 'RuntimeDefault' }, appArmorProfile: { type: 'Localhost', localhostProfile: 'b' } };
    expect(findingsIn(podOf({ securityContext }, { annotations }))).toEqual([
      'spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match',
      'spec.containers[0].securityContext.appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field must match',
    ]);
  });

  test('annotations for pods are read as such', () => {
    const annotations = {
      'controller.kubernetes.io/pod-deletion-cost': '+1',
      'container.apparmor.security.beta.kubernetes.io/nobody': 'x',
      'scheduler.alpha.kubernetes.io/tolerations': '{}',
      'kubernetes.io/config.mirror': 'm',
    };
    expect(findingsIn(podOf({}, { annotations }))).toEqual([
      'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "m": must set spec.nodeName if mirror pod annotation is set',
      'metadata.annotations: Invalid value: "scheduler.alpha.kubernetes.io/tolerations": json: cannot unmarshal object into Go value of type []core.Toleration',
      'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer',
      'metadata.annotations[container.apparmor.security.beta.kubernetes.io/nobody]: Invalid value: "nobody": container not found',
      'metadata.annotations[container.apparmor.security.beta.kubernetes.io/nobody]: Invalid value: "x": invalid AppArmor profile name: "x"',
    ]);
  });
});

describe('a new pod gets its own labels into its selectors', () => {
  const labels = { app: 'web', version: '1' };
  const labelSelector = { matchLabels: { app: 'web' } };

  test('spread over nodes among the pods of its own version', () => {
    const { spec } = podOf({
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector, matchLabelKeys: ['version', 'x'] }],
    });
    expect(mergeMatchLabelKeys(spec, labels).topologySpreadConstraints?.[0]?.labelSelector).toEqual({
      ...labelSelector,
      matchExpressions: [{ key: 'version', operator: 'In', values: ['1'] }],
    });
  });

  test('away from the pods of other versions', () => {
    const term = { topologyKey: 'zone', labelSelector, mismatchLabelKeys: ['version'] };
    const { spec } = podOf({ affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] } } });
    const merged = mergeMatchLabelKeys(spec, labels).affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
    expect(merged?.[0]?.podAffinityTerm.labelSelector?.matchExpressions).toEqual([{ key: 'version', operator: 'NotIn', values: ['1'] }]);
  });

  test('a spec without such keys stays itself', () => {
    const { spec } = podOf({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector }] } } });
    expect(mergeMatchLabelKeys(spec, labels)).toBe(spec);
  });
});

describe('workloads', () => {
  const strategy = (maxSurge: unknown, maxUnavailable: unknown) =>
    findingsIn(deploymentOf({ strategy: { rollingUpdate: { maxSurge, maxUnavailable } } })).map((text) => text.replace('spec.strategy.rollingUpdate.', ''));

  test('a rolling update must be able to move', () => {
    expect(strategy(1, 0)).toEqual([]);
    expect(strategy('0%', 0)).toEqual(['maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0']);
    expect(strategy(0, '101%')).toEqual(['maxUnavailable: Invalid value: "101%": must not be greater than 100%']);
    expect(strategy(-1, 0)).toEqual(['maxSurge: Invalid value: -1: must be greater than or equal to 0']);
    expect(strategy('200%', 1)).toEqual([]);
  });

  test('the selector stays', () => {
    const selector = { matchLabels: { app: 'web', tier: 'a' } };
    const template = { metadata: { labels: selector.matchLabels }, spec: { containers: [container] } };
    expect(findingsInUpdate(deploymentOf({ selector, template }), deploymentOf())).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"a"}}: field is immutable',
    ]);
  });

  test('parts are no more than the whole, and collisions only grow', () => {
    const withStatus = (status: object) => ({ ...deploymentOf(), status });
    expect(
      findingsInStatus(withStatus({ replicas: 1, updatedReplicas: 2, availableReplicas: 1, readyReplicas: 0 }), withStatus({ collisionCount: 1 })),
    ).toEqual([
      'status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas',
      'status.collisionCount: Invalid value: 0: cannot be decremented',
    ]);
  });
});

describe('other kinds', () => {
  test('the phase of a namespace goes with its deletion', () => {
    const namespace = withDefaults({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } });
    const terminating = { ...namespace, status: { phase: 'Terminating' } };
    expect(findingsInStatus(terminating, namespace)).toEqual([
      'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
    ]);
  });

  test('what a node has once been given stays', () => {
    const node = (spec: object) => withDefaults({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec });
    expect(findingsInUpdate(node({ podCIDR: '10.0.0.0/24', providerID: 'p' }), node({}))).toEqual([]);
    expect(findingsInUpdate(node({ podCIDR: '10.0.1.0/24', providerID: 'q' }), node({ podCIDR: '10.0.0.0/24', providerID: 'p' }))).toEqual([
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
      'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
    ]);
  });

  test('an event is where its object is, and one of the new form says who did what', () => {
    const event = (fields: object) =>
      findingsIn(
        withDefaults({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e.1', namespace: 'demo' }, involvedObject: { namespace: 'demo' }, ...fields }),
      );
    expect(event({})).toEqual([]);
    expect(event({ involvedObject: { namespace: 'x' } })).toEqual(['involvedObject.namespace: Invalid value: "x": does not match event.namespace']);
    expect(event({ eventTime: '2026-01-01T00:00:00.000000Z', reportingComponent: 'kubelet' })).toEqual([
      'reportingInstance: Required value',
      'action: Required value',
      'reason: Required value',
    ]);
  });

  test('names: most are DNS subdomains, roles are anything that can stand in a path', () => {
    const named = (apiVersion: string, kind: string, name: string) => findingsIn(withDefaults({ apiVersion, kind, metadata: { name } })).length;
    expect(named('v1', 'ConfigMap', 'Bad_Name')).toBe(1);
    expect(named('rbac.authorization.k8s.io/v1', 'Role', 'system:Good_Name')).toBe(0);
    expect(named('rbac.authorization.k8s.io/v1', 'Role', 'a/b')).toBe(1);
  });
});
