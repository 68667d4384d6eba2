// Rules for one device of a slice: what it is, what it takes from shared counters, what keeps pods away from it, where it is.
import { checkDns1123Label, checkDns1123Subdomain, checkLabelValue } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { Counter, CounterSet, Device, DeviceAttribute, DeviceCapacity, DeviceCounterConsumption, DeviceTaint } from '../../schema/generated/types.ts';
import type { FieldErrors, Rule } from '../field-errors.ts';
import { validateLabelName } from '../metadata/labels.ts';
import type { Path } from '../path.ts';
import { validateNodeSelector } from '../pod/affinity.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateAttributeId } from './device-parts.ts';
import { validateSet, validateSlice } from './lists.ts';

const mostParts = 32;
const mostValues = 48;
const mostTaints = 16;
const mostConditions = 4;
const mostConsumptions = 2;
const mostCounters = 32;
const maxValueBytes = 64;
const effects = ['NoExecute', 'NoSchedule', 'None'];

/** `isPlacedAlone`: the slice says that each device says where it is. */
export function validateDevice(device: Device, before: Device | undefined, isPlacedAlone: boolean, at: Path, errors: FieldErrors): void {
  const { attributes = {}, capacity = {}, taints, consumesCounters } = device;
  errors.invalidEach(at.child('name'), device.name ?? '', checkDns1123Label(device.name ?? ''));
  const parts = Object.keys(attributes).length + Object.keys(capacity).length;
  if (parts > mostParts) errors.invalid(at, parts, `the total number of attributes and capacities must not exceed ${mostParts}`);
  if (Object.keys(attributes).length > mostValues) {
    errors.invalid(at, Object.keys(attributes).length, `the total number of attribute values must not exceed ${mostValues}`);
  }
  validateMap(attributes, validateAttributeId, validateAttribute, at.child('attributes'), errors);
  const rule: Rule<DeviceCapacity> = ({ requestPolicy }, path) => {
    if (requestPolicy && !device.allowMultipleAllocations) errors.forbidden(path.child('requestPolicy'), 'allowMultipleAllocations must be true');
  };
  validateMap(capacity, validateAttributeId, rule, at.child('capacity'), errors);
  const isSame = before !== undefined && JSON.stringify(before.taints) === JSON.stringify(taints);
  if (!isSame) validateSlice(taints, mostTaints, validateTaint, at.child('taints'), errors);
  validateSet(consumesCounters, mostConsumptions, validateConsumption, ({ counterSet }) => counterSet, at.child('consumesCounters'), errors);
  validatePlace(device, isPlacedAlone, at, errors);
  validateBindings(device, at, errors);
}

function validateMap<T>(map: Readonly<Record<string, T>>, keyRule: Rule<string>, rule: Rule<T>, at: Path, errors: FieldErrors): void {
  for (const [key, value] of Object.entries(map)) {
    // The server says of a key only in which map it is.
    keyRule(key, at, errors);
    rule(value, at.key(key), errors);
  }
}

const numeric = '(0|[1-9]\\d*)';
const preRelease = '(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const build = '[0-9a-zA-Z-]+';
const semver = new RegExp(`^${numeric}\\.${numeric}\\.${numeric}(-${preRelease}(\\.${preRelease})*)?(\\+${build}(\\.${build})*)?$`);

function validateAttribute(attribute: DeviceAttribute, at: Path, errors: FieldErrors): void {
  const { string, version } = attribute;
  if (string !== undefined && byteLength(string) > maxValueBytes) errors.tooLong(at.child('string'), maxValueBytes);
  if (version !== undefined) {
    if (!semver.test(version)) errors.invalid(at.child('version'), version, 'must be a string compatible with semver.org spec 2.0.0');
    if (byteLength(version) > maxValueBytes) errors.tooLong(at.child('version'), maxValueBytes);
  }
  const count = [attribute.bool, attribute.int, string, version].filter((value) => value !== undefined).length;
  if (count !== 1) errors.invalid(at, count === 0 ? '' : goStruct('DeviceAttribute', attribute), 'exactly one value must be specified');
}

function validateTaint({ key = '', value, effect }: DeviceTaint, at: Path, errors: FieldErrors): void {
  validateLabelName(key, at.child('key'), errors);
  if (value) errors.invalidEach(at.child('value'), value, checkLabelValue(value));
  if (!effect) errors.required(at.child('effect'));
  else if (!effects.includes(effect)) errors.notSupported(at.child('effect'), effect, effects);
}

// ---- counters ----

function validateConsumption({ counterSet, counters }: DeviceCounterConsumption, at: Path, errors: FieldErrors): void {
  if (!counterSet) errors.required(at.child('counterSet'));
  else errors.invalidEach(at.child('counterSet'), counterSet, checkDns1123Label(counterSet));
  validateCounters(counters, at.child('counters'), errors);
}

export function validateCounterSet({ name, counters }: CounterSet, at: Path, errors: FieldErrors): void {
  if (!name) errors.required(at.child('name'));
  else errors.invalidEach(at.child('name'), name, checkDns1123Label(name));
  validateCounters(counters, at.child('counters'), errors);
}

function validateCounters(counters: Readonly<Record<string, Counter>> | undefined, at: Path, errors: FieldErrors): void {
  const names = Object.keys(counters ?? {});
  if (names.length === 0) errors.required(at);
  else if (names.length > mostCounters) errors.tooMany(at, names.length, mostCounters);
  else for (const name of names) errors.invalidEach(at, name, checkDns1123Label(name));
}

// ---- where it is ----

function validatePlace({ nodeName, nodeSelector, allNodes }: Device, isPlacedAlone: boolean, at: Path, errors: FieldErrors): void {
  const isPlaced = nodeName !== undefined || nodeSelector !== undefined || allNodes !== undefined;
  if (!isPlacedAlone) {
    const detail = '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
    if (isPlaced) errors.invalid(at, null, detail);
    return;
  }
  if (nodeName) errors.invalidEach(at.child('nodeName'), nodeName, checkDns1123Subdomain(nodeName));
  else if (nodeName === '') errors.invalid(at.child('nodeName'), nodeName, 'must not be empty');
  if (nodeSelector) validateNodeSelector(nodeSelector, at.child('nodeSelector'), errors);
  if (allNodes === false) errors.invalid(at.child('allNodes'), false, 'must be either unset or set to true');
  const said = [...(nodeName ? ['`nodeName`'] : []), ...(nodeSelector ? ['`nodeSelector`'] : []), ...(allNodes ? ['`allNodes`'] : [])];
  const detail = 'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
  if (said.length === 0) errors.required(at, detail);
  if (said.length > 1) errors.invalid(at, `{${said.join(', ')}}`, detail);
}

// ---- what is waited for before pods are bound ----

function validateBindings({ bindingConditions: wanted, bindingFailureConditions: failed }: Device, at: Path, errors: FieldErrors): void {
  const [wantedAt, failedAt] = [at.child('bindingConditions'), at.child('bindingFailureConditions')];
  validateSlice(wanted, mostConditions, validateLabelName, wantedAt, errors);
  validateSlice(failed, mostConditions, validateLabelName, failedAt, errors);
  wanted?.forEach((condition, i) => void (wanted.indexOf(condition) < i && errors.duplicate(wantedAt.index(i), condition)));
  failed?.forEach((condition, i) => {
    if (failed.indexOf(condition) < i) errors.duplicate(failedAt.index(i), condition);
    if (wanted?.includes(condition)) errors.invalid(failedAt.index(i), condition, 'bindingFailureConditions must not overlap with bindingConditions');
  });
  if (!wanted?.length && failed?.length) errors.invalid(wantedAt, wanted ?? null, 'bindingConditions are required to use bindingFailureConditions');
  if (!failed?.length && wanted?.length) errors.invalid(failedAt, failed ?? null, 'bindingFailureConditions are required to use bindingConditions');
}
