import { describe, expect, test } from 'vitest';
import type { Pod } from '../../server/src/schema/generated/types.ts';
import { container, findingsInStatus, findingsInUpdate, podOf, withDefaults } from './objects.ts';

const start = 'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`';
const change = (before: object, next: object) => findingsInUpdate(podOf({ ...next }), podOf({ ...before }));

describe('spec', () => {
  test('images may change, and a deadline may come nearer', () => {
    expect(change({}, { containers: [{ ...container, image: 'nginx:1.28', imagePullPolicy: 'IfNotPresent' }] })).toEqual([]);
    expect(change({ activeDeadlineSeconds: 10 }, { activeDeadlineSeconds: 5 })).toEqual([]);
    expect(change({ activeDeadlineSeconds: 10 }, { activeDeadlineSeconds: 20 })).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value',
    ]);
    expect(change({ activeDeadlineSeconds: 10 }, {})).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value',
    ]);
  });

  test('anything else is shown as a diff', () => {
    const [finding = ''] = change({}, { hostname: 'a' });
    expect(finding.startsWith(start)).toBe(true);
    expect(
      finding.endsWith(
        '\n  "ImagePullSecrets": null,\n- "Hostname": "",\n+ "Hostname": "a",\n  "Subdomain": "",\n  "SetHostnameAsFQDN": null,\n  "Affinity": null,\n',
      ),
    ).toBe(true);
  });

  test('containers stay as many as they are', () => {
    const two = [container, { ...container, name: 'b' }];
    expect(change({}, { containers: two })).toEqual(['spec.containers: Forbidden: pod updates may not add or remove containers']);
  });

  test('tolerations may be added, and changed in their seconds', () => {
    const toleration = { key: 'a', operator: 'Exists', effect: 'NoExecute' };
    expect(
      change(
        { tolerations: [toleration] },
        {
          tolerations: [
            { ...toleration, tolerationSeconds: 5 },
            { key: 'b', operator: 'Exists' },
          ],
        },
      ),
    ).toEqual([]);
    expect(change({ tolerations: [toleration] }, {})).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });
});

describe('gated pods', () => {
  const schedulingGates = [{ name: 'a' }];
  const terms = (values: readonly string[]) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'k', operator: 'In', values }] }] } },
  });

  test('gates go, and do not come', () => {
    expect(change({ schedulingGates }, {})).toEqual([]);
    expect(change({}, { schedulingGates })).toEqual(["spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a'"]);
  });

  test('the choice of nodes may be narrowed', () => {
    expect(change({ schedulingGates }, { schedulingGates, nodeSelector: { a: 'b' }, affinity: terms(['v']) })).toEqual([]);
    expect(change({ schedulingGates, nodeSelector: { a: 'b' } }, { schedulingGates, nodeSelector: { a: 'c' } })).toEqual([
      'spec.nodeSelector: Invalid value: {"a":"c"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ]);
    const path = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
    expect(change({ schedulingGates, affinity: terms(['v']) }, { schedulingGates, affinity: terms(['w']) })).toEqual([
      `${path}[0]: Invalid value: {"MatchExpressions":[{"Key":"k","Operator":"In","Values":["w"]}],"MatchFields":null}: only additions are allowed (no mutations or deletions)`,
    ]);
    expect(change({ schedulingGates, affinity: terms(['v']) }, { schedulingGates })).toEqual([
      `${path}: Invalid value: null: no additions/deletions to non-empty NodeSelectorTerms list are allowed`,
    ]);
  });

  test('a pod without gates keeps its choice', () => {
    expect(change({}, { nodeSelector: { a: 'b' } })[0]).toContain(start);
  });
});

describe('metadata', () => {
  test('a bad label is found once by each of the four looks at it', () => {
    const findings = findingsInUpdate(podOf({}, { labels: { a: 'b c' } }), podOf({}));
    expect(findings).toHaveLength(4);
    expect(new Set(findings).size).toBe(1);
  });

  test('the annotation of a mirror pod stays', () => {
    const mirror = { annotations: { 'kubernetes.io/config.mirror': 'x' } };
    const spec = { nodeName: 'n' };
    expect(findingsInUpdate(podOf(spec), podOf(spec, mirror))).toEqual([
      'metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not remove or update mirror pod annotation',
    ]);
  });

  test('finalizers do not come to an object that is being deleted', () => {
    const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 30 };
    const findings = findingsInUpdate(podOf({}, { ...deleted, finalizers: ['a.b/c'] }), podOf({}, deleted));
    expect(new Set(findings)).toEqual(
      new Set(['metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.b/c"}']),
    );
  });
});

describe('status', () => {
  const terminated = (exitCode: number) => [{ name: 'web', state: { terminated: { exitCode } } }];
  const running = [{ name: 'web', state: { running: {} } }];
  const withStatus = (spec: object, status: object) => ({ ...podOf({ ...spec }), status: status as never });
  const revive = (spec: object, exitCode: number) =>
    findingsInStatus(withStatus(spec, { containerStatuses: running }), withStatus(spec, { containerStatuses: terminated(exitCode) }));
  const refused = ['status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state'];

  test('a container that ended for good stays ended', () => {
    expect(revive({}, 0)).toEqual([]);
    expect(revive({ restartPolicy: 'OnFailure' }, 1)).toEqual([]);
    expect(revive({ restartPolicy: 'OnFailure' }, 0)).toEqual(refused);
    expect(revive({ restartPolicy: 'Never' }, 1)).toEqual(refused);
  });

  test("a container's own rule may start it again", () => {
    const rule = { action: 'Restart', exitCodes: { operator: 'In', values: [42] } };
    const spec = { restartPolicy: 'Never', containers: [{ ...container, restartPolicy: 'Never', restartPolicyRules: [rule] }] };
    expect(revive(spec, 42)).toEqual([]);
    expect(revive(spec, 1)).toEqual(refused);
  });

  test('addresses: one a family', () => {
    const ips = (...list: string[]) => findingsInStatus(withStatus({}, { podIPs: list.map((ip) => ({ ip })) }), withStatus({}, {}));
    const detail = 'may specify no more than one IP for each IP family';
    expect(ips('10.0.0.1', 'fd00::1')).toEqual([]);
    expect(ips('10.0.0.1', '10.0.0.2')).toEqual([`status.podIPs: Invalid value: [{"IP":"10.0.0.1"},{"IP":"10.0.0.2"}]: ${detail}`]);
    expect(ips('10.0.0.1', 'x')).toEqual([
      'status.podIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'status.podIPs: Internal error: failed to check for dual stack with error:invalid IP[1]: x',
      `status.podIPs: Invalid value: [{"IP":"10.0.0.1"},{"IP":"x"}]: ${detail}`,
    ]);
    expect(findingsInStatus(withStatus({}, { hostIP: '10.0.0.1', hostIPs: [{ ip: '10.0.0.2' }] }), withStatus({}, {}))).toEqual([
      'status.hostIPs[0].ip: Invalid value: "10.0.0.2": must be equal to `hostIP`',
    ]);
  });

  test('the address of old clients is the first of the list, and right where they differ', () => {
    const read = (status: object) => withDefaults<Pod>({ ...podOf({}), status: { ...status } }).status;
    expect(read({ podIPs: [{ ip: '10.0.0.1' }], podIP: '10.0.0.2' })).toMatchObject({ podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.2' }] });
    expect(read({ podIPs: [{ ip: '10.0.0.1' }] })).toMatchObject({ podIP: '10.0.0.1' });
    expect(read({ podIP: '10.0.0.1' })).toMatchObject({ podIPs: [{ ip: '10.0.0.1' }] });
  });

  test('claims are those of the spec, each once', () => {
    const resourceClaimStatuses = [{ name: 'a' }, { name: 'a' }];
    expect(findingsInStatus(withStatus({}, { resourceClaimStatuses }), withStatus({}, {}))).toEqual([
      'status.resourceClaimStatuses[0].name: Invalid value: "a": must match the name of an entry in `spec.resourceClaims`',
      'status.resourceClaimStatuses[1].name: Invalid value: "a": must match the name of an entry in `spec.resourceClaims`',
      'status.resourceClaimStatuses[1].name: Duplicate value: "a"',
    ]);
  });

  test('devices are those that a container asked for', () => {
    const spec = { containers: [{ ...container, resources: { limits: { 'ex.com/gpu': '1' } } }] };
    const mapping = { containerName: 'web', resourceName: 'ex.com/gpu', requestName: 'r' };
    const extended = (...requestMappings: object[]) =>
      findingsInStatus(withStatus(spec, { extendedResourceClaimStatus: { resourceClaimName: 'c', requestMappings } }), withStatus(spec, {}));
    expect(extended(mapping)).toEqual([]);
    const at = 'status.extendedResourceClaimStatus';
    const resource = 'must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests';
    expect(extended({ ...mapping, resourceName: 'cpu', requestName: 'R' })).toEqual([
      `${at}.requestMappings[0].resourceName: Invalid value: "cpu": ${resource}`,
      expect.stringContaining(`${at}.requestName: Invalid value: "R": a lowercase RFC 1123 label must consist of`),
    ]);
    expect(extended({ ...mapping, containerName: 'x' })).toEqual([
      `${at}.requestMappings[0].containerName: Invalid value: "x": must match the name of an entry in spec.initContainers.name or spec.containers.name`,
    ]);
    const cpu = { name: 'cpu', resources: [{ resourceID: 'a' }, { resourceID: 'a', health: 'Healthy' }] };
    const containerStatuses = [{ name: 'web', allocatedResourcesStatus: [{ name: 'claim:a' }, cpu] }];
    const ephemeralContainerStatuses = [{ name: 'e', allocatedResourcesStatus: [{ name: 'cpu' }] }];
    const allocated = 'status.containerStatuses[0].allocatedResourcesStatus';
    const format = "'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty";
    expect(findingsInStatus(withStatus(spec, { containerStatuses, ephemeralContainerStatuses }), withStatus(spec, {}))).toEqual([
      `${allocated}[0].name: Invalid value: "claim:a": must match one of the container's resource claims in a format ${format}`,
      `${allocated}[1].name: Invalid value: "cpu": must match one of the container's resource requests`,
      `${allocated}[1].resources[0].health: Unsupported value: "": supported values: "Healthy", "Unhealthy", "Unknown"`,
      `${allocated}[1].resources[1].resourceID: Duplicate value: "a"`,
      'status.ephemeralContainerStatuses[0].allocatedResourcesStatus: Forbidden: must not be specified in container status',
    ]);
  });

  test('the QoS class stays', () => {
    expect(findingsInStatus(withStatus({}, { qosClass: 'Burstable' }), withStatus({}, { qosClass: 'BestEffort' }))).toEqual([
      'status.qosClass: Invalid value: "Burstable": field is immutable',
    ]);
  });
});
