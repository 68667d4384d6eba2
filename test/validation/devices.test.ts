// Slices and classes of devices: what a real API server said to them.
import { expect, test } from 'vitest';
import { findingsIn, findingsInUpdate, withDefaults } from './objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const object = (kind: string, spec: Fields) => withDefaults({ apiVersion: 'resource.k8s.io/v1', kind, metadata: { name: 'x' }, spec });
const pool = { name: 'p', generation: 1, resourceSliceCount: 1 };
const ofSlice = (spec: Fields) => findingsIn(object('ResourceSlice', { driver: 'ex.com', pool, ...spec }));
const ofDevice = (device: Fields, spec: Fields = { nodeName: 'n' }) => ofSlice({ devices: [{ name: 'd', ...device }], ...spec });
const label = 'a lowercase RFC 1123 label must consist of';

test('[DV1] an attribute has one value', () => {
  const attributes = { 'a b': { string: 'x' }, n: {}, t: { int: 1, bool: true }, v: { version: '1' } };
  const at = 'spec.devices[0].attributes';
  expect(ofDevice({ attributes })).toEqual([
    expect.stringContaining(`${at}: Invalid value: "a b": a valid C identifier must start with`),
    `${at}[n]: Invalid value: "": exactly one value must be specified`,
    `${at}[t]: Invalid value: {"IntValue":1,"BoolValue":true,"StringValue":null,"VersionValue":null,"IntValues":null,"BoolValues":null,"StringValues":null,"VersionValues":null}: exactly one value must be specified`,
    `${at}[v].version: Invalid value: "1": must be a string compatible with semver.org spec 2.0.0`,
  ]);
  expect(ofDevice({ attributes: { v: { version: '1.2.3-rc.1+build.5' } } })).toEqual([]);
});

test('[DV2] taints', () => {
  const taints = [{ key: '-a', value: 'b!', effect: 'X' }, { key: 'a' }];
  expect(ofDevice({ taints })).toEqual([
    expect.stringContaining('spec.devices[0].taints[0].key: Invalid value: "-a": name part must consist of'),
    expect.stringContaining('spec.devices[0].taints[0].value: Invalid value: "b!": a valid label must be an empty string or consist of'),
    'spec.devices[0].taints[0].effect: Unsupported value: "X": supported values: "NoExecute", "NoSchedule", "None"',
    'spec.devices[0].taints[1].effect: Required value',
  ]);
});

test('[DV3] counters, shared and taken', () => {
  const counters = { X: { value: '1' } };
  const consumesCounters = [
    { counterSet: 'A', counters: {} },
    { counterSet: 'c', counters },
  ];
  expect(ofDevice({ consumesCounters })).toEqual([
    expect.stringContaining(`spec.devices[0].consumesCounters[0].counterSet: Invalid value: "A": ${label}`),
    'spec.devices[0].consumesCounters[0].counters: Required value',
    expect.stringContaining(`spec.devices[0].consumesCounters[1].counters: Invalid value: "X": ${label}`),
  ]);
  const sharedCounters = [
    { name: '', counters: {} },
    { name: 'c', counters },
  ];
  expect(ofSlice({ nodeName: 'n', sharedCounters })).toEqual([
    'spec.sharedCounters[0].name: Required value',
    'spec.sharedCounters[0].counters: Required value',
    expect.stringContaining(`spec.sharedCounters[1].counters: Invalid value: "X": ${label}`),
  ]);
});

test('[DV4] what is waited for, and what ends the waiting', () => {
  expect(ofDevice({ bindingConditions: ['a', 'a'], bindingFailureConditions: ['a'] })).toEqual([
    'spec.devices[0].bindingConditions[1]: Duplicate value: "a"',
    'spec.devices[0].bindingFailureConditions[0]: Invalid value: "a": bindingFailureConditions must not overlap with bindingConditions',
  ]);
  expect(ofDevice({ bindingFailureConditions: ['b'] })).toEqual([
    'spec.devices[0].bindingConditions: Invalid value: null: bindingConditions are required to use bindingFailureConditions',
  ]);
});

test('[DV5] where a device is', () => {
  const one = 'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
  expect(ofDevice({ nodeName: 'n' })).toEqual([
    'spec.devices[0]: Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec',
  ]);
  const alone = { perDeviceNodeSelection: true };
  expect(ofDevice({ nodeName: 'n', allNodes: true }, alone)).toEqual([`spec.devices[0]: Invalid value: "{\`nodeName\`, \`allNodes\`}": ${one}`]);
  expect(ofDevice({}, alone)).toEqual([`spec.devices[0]: Required value: ${one}`]);
});

test('[DV6] only what several claims share has a policy of requests', () => {
  const capacity = { 'ex.com/mem': { value: '1', requestPolicy: { default: '1' } } };
  expect(ofDevice({ capacity })).toEqual(['spec.devices[0].capacity[ex.com/mem].requestPolicy: Forbidden: allowMultipleAllocations must be true']);
  expect(ofDevice({ capacity, allowMultipleAllocations: true })).toEqual([]);
});

test('[DV7] selectors are expressions about a device', () => {
  const selectors = ['devices', '1', 'device.driver == "a"'].map((expression) => ({ cel: { expression } }));
  expect(findingsIn(object('DeviceClass', { selectors }))).toEqual([
    `spec.selectors[0].cel.expression: Invalid value: "devices": compilation failed: ERROR: <input>:1:1: undeclared reference to 'devices' (in container '')\n | devices\n | ^`,
    'spec.selectors[1].cel.expression: Invalid value: "1": must evaluate to bool or the unknown type, not int',
  ]);
});

test('[DV8] a template of claims is looked at again before it is said that it may not change', () => {
  const template = (requests: readonly Fields[]) => object('ResourceClaimTemplate', { spec: { devices: { requests } } });
  const [first, second] = findingsInUpdate(template([{ name: 'r' }]), template([{ name: 'r', exactly: { deviceClassName: 'c' } }]));
  expect(first).toBe('spec.spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required');
  expect(second).toMatch(/^spec: Invalid value: .*: field is immutable$/);
});

test('[DV9] a constraint on requests that are not there', () => {
  const devices = { requests: null, constraints: [{ requests: ['r'], matchAttribute: 'ex.com/a' }] };
  expect(findingsIn(object('ResourceClaim', { devices }))).toEqual([
    'spec.devices.constraints[0].requests[0]: Invalid value: "r": must be the name of a request in the claim or the name of a request and a subrequest separated by \'/\'',
  ]);
});
