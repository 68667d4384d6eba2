// Containers, where they run and how they are reached: rules that the recordings do not show.
import { describe, expect, test } from 'vitest';
import { container, deploymentOf, findingsIn, podOf } from './objects.ts';

const inPod = (spec: object, metadata: object = {}) => findingsIn(podOf({ ...spec }, { ...metadata })).map((text) => text.replace('spec.', ''));
const inContainer = (fields: object) => inPod({ containers: [{ ...container, ...fields }] }).map((text) => text.replace('containers[0].', ''));

describe('environment', () => {
  const from = (valueFrom: object, value?: string) =>
    inContainer({ env: [{ name: 'A', valueFrom, ...(value !== undefined && { value }) }] }).map((text) => text.replace('env[0].valueFrom', '@'));
  const file = { key: 'K', volumeName: 'v', path: 'p' };

  test('a variable has one source', () => {
    const ref = { name: 'n', key: 'k' };
    expect(from({ configMapKeyRef: ref, secretKeyRef: ref })).toEqual(['@: Invalid value: "": may not have more than one field specified at a time']);
    expect(from({ configMapKeyRef: ref }, 'x')).toEqual(['@: Invalid value: "": may not be specified when `value` is not empty']);
  });

  test('a file is read from an emptyDir', () => {
    expect(from({ fileKeyRef: file })).toEqual(['@.fileKeyRef.volumeName: Not found: "v"']);
    expect(from({ fileKeyRef: { key: '', volumeName: '', path: '' } })).toEqual([
      '@.fileKeyRef.key: Required value',
      '@.fileKeyRef.volumeName: Required value',
      '@.fileKeyRef.path: Required value',
      '@.fileKeyRef.volumeName: Not found: ""',
    ]);
    const env = [{ name: 'A', valueFrom: { fileKeyRef: { ...file, path: 'a/../b' } } }];
    expect(inPod({ volumes: [{ name: 'v', hostPath: { path: '/' } }], containers: [{ ...container, env }] })).toEqual([
      'containers[0].env[0].valueFrom.fileKeyRef.path: Invalid value: "a/../b": must not contain \'..\'',
      'containers[0].env[0].valueFrom.fileKeyRef.volumeName: Invalid value: "v": referenced volume must be of type emptyDir',
    ]);
  });

  test('labels and annotations by key', () => {
    expect(from({ fieldRef: { fieldPath: "metadata.labels['a b']" } })[0]).toMatch(/^@.fieldRef: Invalid value: "a b": name part must consist of/);
    expect(from({ fieldRef: { fieldPath: "metadata.name['a']" } })).toEqual([
      "@.fieldRef.fieldPath: Invalid value: \"metadata.name['a']\": error converting fieldPath: field label does not support subscript: metadata.name['a']",
    ]);
  });

  test('amounts are divided by what makes sense', () => {
    expect(from({ resourceFieldRef: { resource: 'limits.cpu', divisor: '2' } })).toEqual([
      '@.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
    ]);
    expect(from({ resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } })).toEqual([]);
  });
});

describe('restarts', () => {
  test('rules need a policy, a known action and exit codes', () => {
    expect(inContainer({ restartPolicyRules: [{ action: 'X' }] })).toEqual([
      'restartPolicy: Required value: must specify restartPolicy when restart rules are used',
      'restartPolicyRules[0].action: Unsupported value: "X": supported values: "Restart", "RestartAllContainers"',
      'restartPolicyRules[0].exitCodes: Required value: must be specified',
    ]);
    const rule = (values: number) => ({ action: 'Restart', exitCodes: { operator: 'In', values: Array.from({ length: values }, (_, i) => i % 256) } });
    expect(inContainer({ restartPolicy: 'Never', restartPolicyRules: Array.from({ length: 20 }, () => rule(255)) })).toEqual([]);
    expect(inContainer({ restartPolicy: 'Never', restartPolicyRules: [rule(256)] })).toEqual([
      'restartPolicyRules[0].exitCodes.values: Too many: 256: must have at most 255 items',
    ]);
    expect(inContainer({ restartPolicy: 'Never', restartPolicyRules: Array.from({ length: 21 }, () => rule(1)) })).toEqual([
      'restartPolicyRules: Too many: 21: must have at most 20 items',
    ]);
  });

  test('a resize of a pod that is not restarted restarts nothing', () => {
    const resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
    expect(inPod({ restartPolicy: 'Never', containers: [{ ...container, resizePolicy }] })).toEqual([
      "containers[0].resizePolicy: Invalid value: \"RestartContainer\": must be 'NotRequired' when pod `restartPolicy` is 'Never'",
    ]);
    expect(inContainer({ resizePolicy: [...resizePolicy, ...resizePolicy] })).toEqual(['resizePolicy[1]: Duplicate value: "cpu"']);
  });

  test('init containers: sidecars have probes, others have not', () => {
    const livenessProbe = { exec: { command: ['x'] } };
    const init = (fields: object) => inPod({ initContainers: [{ ...container, name: 'i', livenessProbe, ...fields }] });
    expect(init({ restartPolicy: 'Always' })).toEqual([]);
    expect(init({})).toEqual(['initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always']);
    expect(init({ restartPolicy: 'Never' })).toEqual([
      'initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ]);
  });
});

describe('security', () => {
  test('no escalation, and yet all power', () => {
    const [finding = ''] = inContainer({ securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } } });
    expect(finding).toMatch(
      /^securityContext: Invalid value: {"Capabilities":{"Add":\["CAP_SYS_ADMIN"\],"Drop":null},.*}: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN$/,
    );
  });

  test('profiles: a path for Localhost alone', () => {
    const appArmor = (appArmorProfile: object) =>
      inPod({ securityContext: { appArmorProfile } }).map((text) => text.replace('securityContext.appArmorProfile', '@'));
    expect(appArmor({ type: 'Localhost', localhostProfile: 'a' })).toEqual([]);
    expect(appArmor({ type: 'Localhost', localhostProfile: ' a' })).toEqual(['@.localhostProfile: Invalid value: " a": must not be padded with whitespace']);
    expect(appArmor({ type: 'RuntimeDefault', localhostProfile: 'a' })).toEqual([
      '@.localhostProfile: Invalid value: "a": can only be set when AppArmor type is Localhost',
    ]);
    expect(inPod({ securityContext: { seccompProfile: { type: 'Unconfined', localhostProfile: 'a' } } })).toEqual([
      'securityContext.seccompProfile.localhostProfile: Invalid value: {"Type":"Unconfined","LocalhostProfile":"a"}: can only be set when seccomp type is Localhost',
    ]);
  });

  test('an unmasked /proc needs users of its own', () => {
    const securityContext = { procMount: 'Unmasked' };
    expect(inContainer({ securityContext })).toEqual(['securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`']);
    expect(inPod({ hostUsers: false, containers: [{ ...container, securityContext }] })).toEqual([]);
  });

  test('kernel settings that are the host’s', () => {
    const sysctls = (spec: object, ...names: string[]) => inPod({ ...spec, securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) } });
    expect(sysctls({ hostNetwork: true }, 'net/core.somaxconn', 'kernel.shm_rmid_forced')).toEqual([
      'securityContext.sysctls[0].name: Invalid value: "net/core.somaxconn": may not be specified when \'hostNetwork\' is true',
    ]);
    expect(sysctls({ hostIPC: true }, 'kernel.sem', 'kernel.sem')).toEqual([
      'securityContext.sysctls[0].name: Invalid value: "kernel.sem": may not be specified when \'hostIPC\' is true',
      'securityContext.sysctls[1].name: Duplicate value: "kernel.sem"',
      'securityContext.sysctls[1].name: Invalid value: "kernel.sem": may not be specified when \'hostIPC\' is true',
    ]);
  });

  test('users of Windows', () => {
    const user = (runAsUserName: string) => inPod({ securityContext: { windowsOptions: { runAsUserName } } }).map((text) => text.replace(/^.*": /, ''));
    expect(user('ContainerUser')).toEqual([]);
    expect(user(String.raw`EXAMPLE\me`)).toEqual([]);
    expect(user('a'.repeat(104))).toEqual([]);
    expect(user('a'.repeat(105))).toEqual(["runAsUserName's User length must not be longer than 104 characters"]);
    expect(user('')).toEqual(['runAsUserName cannot be an empty string']);
    expect(user('a\u0001')).toEqual(['runAsUserName cannot contain control characters']);
    expect(user(String.raw`a\b\c`)).toEqual(['runAsUserName cannot contain more than one backslash']);
    expect(user(String.raw`.\...`)).toEqual([
      "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
      "runAsUserName's User cannot contain only periods or spaces",
    ]);
  });

  test('containers of the host itself: all or none, and in its network', () => {
    const onHost = { securityContext: { windowsOptions: { hostProcess: true } } };
    expect(
      inPod({
        containers: [
          { ...container, ...onHost },
          { ...container, name: 'b' },
        ],
      }),
    ).toEqual([
      'spec: Invalid value: "": If pod contains any hostProcess containers then all containers must be HostProcess containers',
      'hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers',
    ]);
  });
});

describe('scheduling', () => {
  const affinity = (kind: string, value: object) =>
    inPod({ affinity: { [kind]: value } }).map((text) => text.replace(/^affinity\.\w+\.(\w+)(\.nodeSelectorTerms)?/, '@'));
  const fields = (key: string, operator: string, values: readonly string[]) =>
    affinity('nodeAffinity', { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key, operator, values }] }] } });

  test('of the fields of nodes only the name', () => {
    expect(fields('metadata.name', 'In', ['n'])).toEqual([]);
    expect(fields('metadata.name', 'In', ['a', 'b'])).toEqual([
      "@[0].matchFields[0].values: Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
    ]);
    expect(fields('spec.x', 'Exists', [])).toEqual([
      '@[0].matchFields[0].operator: Invalid value: "Exists": not a valid selector operator',
      '@[0].matchFields[0].key: Invalid value: "spec.x": not a valid field selector key',
    ]);
  });

  test('values of a preferred term may be no labels', () => {
    const preference = { matchExpressions: [{ key: 'k', operator: 'In', values: ['a b'] }] };
    expect(affinity('nodeAffinity', { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference }] })).toEqual([
      '@[0].weight: Invalid value: 101: must be in the range 1-100',
    ]);
  });

  test('keys of labels stand in one place', () => {
    const term = {
      topologyKey: 'zone',
      labelSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] },
      matchLabelKeys: ['a', 'c'],
      mismatchLabelKeys: ['c'],
    };
    expect(affinity('podAffinity', { requiredDuringSchedulingIgnoredDuringExecution: [term] })).toEqual([
      '@[0][0]: Invalid value: "a": exists in both matchLabelKeys and labelSelector',
      '@[0].matchLabelKeys[1]: Invalid value: "c": exists in both matchLabelKeys and mismatchLabelKeys',
    ]);
    const { labelSelector: _, ...without } = term;
    expect(affinity('podAffinity', { requiredDuringSchedulingIgnoredDuringExecution: [{ ...without, mismatchLabelKeys: [] }] })).toEqual([
      '@[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set',
    ]);
  });
});

describe('network', () => {
  test('resolvers have limits', () => {
    const dns = (dnsConfig: object) => inPod({ dnsConfig }).map((text) => text.replace(/Invalid value: \[.*\]/, 'Invalid value: […]'));
    const many = (count: number, length = 1) => Array.from({ length: count }, (_, i) => `${'a'.repeat(length)}${i}`);
    expect(dns({ searches: many(32) })).toEqual([]);
    expect(dns({ searches: many(33) })).toEqual(['dnsConfig.searches: Invalid value: […]: must not have more than 32 search paths']);
    expect(dns({ searches: many(32, 62).map((search) => `${search}.b`) })).toEqual([
      'dnsConfig.searches: Invalid value: […]: must not have more than 2048 characters (including spaces) in the search list',
    ]);
    expect(dns({ searches: ['.', 'a_b.c.'], options: [{}] })).toEqual(['dnsConfig.options[0]: Required value: must not be empty']);
  });

  test('a hostname of its own is nobody else’s', () => {
    expect(inPod({ hostnameOverride: 'a', setHostnameAsFQDN: true, hostNetwork: true })).toEqual([
      'hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true',
      'hostnameOverride: Forbidden: may not be specified when hostNetwork is true',
    ]);
    expect(inPod({ hostnameOverride: 'a'.repeat(64) })).toEqual([]);
  });

  test('in the host’s network a template may leave host ports open, a wrong one is refused', () => {
    const ports = (hostPort: number) => ({ hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80, hostPort }] }] });
    expect(findingsIn(deploymentOf({}, ports(0)))).toEqual([]);
    expect(inPod(ports(81))).toEqual(['containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true']);
  });
});

describe('resources', () => {
  test('claims: what a container uses it uses once', () => {
    const resourceClaims = [{ name: 'a', resourceClaimName: 'x' }];
    const using = (...claims: object[]) =>
      inPod({ resourceClaims, containers: [{ ...container, resources: { claims } }] }).map((text) => text.replace('containers[0].resources.claims', '@'));
    expect(using({ name: 'a', request: 'r' }, { name: 'a', request: 's' })).toEqual([]);
    expect(using({ name: 'a', request: 'r' }, { name: 'a', request: 'r' })).toEqual(['@[1]: Duplicate value: "a/r"']);
    expect(using({ name: 'a', request: 'r' }, { name: 'a' })).toEqual(['@[1]: Duplicate value: "a"']);
    expect(using({ name: 'a' }, { name: 'a', request: 'r' })).toEqual(['@[1]: Duplicate value: "a"']);
    expect(using({ name: 'b' })).toEqual(['@[0]: Not found: "b": must be one of the names in pod.spec.resourceClaims: a']);
  });

  test('a claim of a pod is there, or made from a template, never both', () => {
    expect(inPod({ resourceClaims: [{ name: 'a' }, { name: 'a', resourceClaimName: 'x', resourceClaimTemplateName: 'y' }] })).toEqual([
      'resourceClaims[0]: Invalid value: {"Name":"a","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
      'resourceClaims[1].name: Duplicate value: "a"',
      'resourceClaims[1]: Invalid value: {"Name":"a","ResourceClaimName":"x","ResourceClaimTemplateName":"y"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
    ]);
  });
});

describe('metadata', () => {
  test('finalizers', () => {
    expect(inPod({}, { finalizers: ['orphan', 'a.b/c'] })).toEqual([]);
    expect(inPod({}, { finalizers: ['orphan', 'foregroundDeletion'] })).toEqual([
      'metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ]);
    expect(inPod({}, { finalizers: ['own'] })).toEqual([
      'metadata.finalizers[0]: Invalid value: "own": name is neither a standard finalizer name nor is it fully qualified',
    ]);
  });

  test('one controller', () => {
    const owner = (name: string) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name, uid: name, controller: true });
    expect(inPod({}, { ownerReferences: [owner('a')] })).toEqual([]);
    expect(inPod({}, { ownerReferences: [owner('a'), owner('b')] })[0]).toMatch(
      /: Only one reference can have Controller set to true. Found "true" in references for ReplicaSet\/a and ReplicaSet\/b$/,
    );
  });
});
