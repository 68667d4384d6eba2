// Rules for what is claimed: requests for devices, and how they belong together.
import { checkDns1123Subdomain, checkLabelValue } from '../../kube/names.ts';
import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSubRequest,
  DeviceToleration,
  ExactDeviceRequest,
  ResourceClaimSpec,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelName } from '../metadata/labels.ts';
import type { Path } from '../path.ts';
import { maxConfigs, validateAttributeName, validateConfiguration, validateLabel, validateSelectors } from './device-parts.ts';
import { validateSet, validateSlice } from './lists.ts';

const maxRequests = 32;
const maxConstraints = 32;
const maxAlternatives = 8;
const effects = ['NoExecute', 'NoSchedule', 'None'];
const oneOf = 'exactly one of `exactly` or `firstAvailable` is required';

export function validateClaimSpec({ devices = {} }: Partial<ResourceClaimSpec>, path: Path, errors: FieldErrors): void {
  const at = path.child('devices');
  validateSet(devices.requests, maxRequests, validateRequest, ({ name }) => name, at.child('requests'), errors);
  validateSlice(
    devices.constraints,
    maxConstraints,
    (constraint, field) => validateConstraint(constraint, devices, field, errors),
    at.child('constraints'),
    errors,
  );
  const config = (one: NonNullable<DeviceClaim['config']>[number], field: Path) => {
    validateReferences(one.requests, devices, field.child('requests'), errors);
    validateConfiguration(one, field, errors);
  };
  validateSlice(devices.config, maxConfigs, config, at.child('config'), errors);
}

// ---- requests ----

function validateRequest({ name, exactly, firstAvailable }: DeviceRequest, at: Path, errors: FieldErrors): void {
  validateLabel(name, at.child('name'), errors);
  const hasAlternatives = (firstAvailable?.length ?? 0) > 0;
  if (exactly && hasAlternatives) errors.invalid(at, null, `${oneOf}, but multiple fields are set`);
  else if (exactly) validateExact(exactly, at.child('exactly'), errors);
  else if (hasAlternatives) validateSet(firstAvailable, maxAlternatives, validateAlternative, (one) => one.name, at.child('firstAvailable'), errors);
  else errors.required(at, oneOf);
}

function validateAlternative(request: DeviceSubRequest, at: Path, errors: FieldErrors): void {
  validateLabel(request.name, at.child('name'), errors);
  validateExact(request, at, errors);
}

function validateExact(request: ExactDeviceRequest, at: Path, errors: FieldErrors): void {
  const { deviceClassName: name, allocationMode = '', count = 0 } = request;
  if (!name) errors.required(at.child('deviceClassName'));
  else errors.invalidEach(at.child('deviceClassName'), name, checkDns1123Subdomain(name));
  validateSelectors(request.selectors, at.child('selectors'), errors);
  if (allocationMode === 'All') {
    if (count !== 0) errors.invalid(at.child('count'), count, "must not be specified when allocationMode is 'All'");
  } else if (allocationMode === 'ExactCount') {
    if (count <= 0) errors.invalid(at.child('count'), count, 'must be greater than zero');
  } else errors.notSupported(at.child('allocationMode'), allocationMode, ['All', 'ExactCount']);
  request.tolerations?.forEach((toleration, i) => validateToleration(toleration, at.child('tolerations').index(i), errors));
}

function validateToleration({ key, operator = '', value = '', effect }: DeviceToleration, at: Path, errors: FieldErrors): void {
  if (key) validateLabelName(key, at.child('key'), errors);
  if (operator === 'Exists') {
    if (value) errors.invalid(at.child('value'), value, 'must be empty for operator `Exists`');
  } else if (operator === 'Equal') errors.invalidEach(at.child('value'), value, checkLabelValue(value));
  else if (operator === '') errors.required(at.child('operator'));
  else errors.notSupported(at.child('operator'), operator, ['Equal', 'Exists']);
  if (effect && !effects.includes(effect)) errors.notSupported(at.child('effect'), effect, effects);
}

// ---- references ----

function validateConstraint(constraint: DeviceConstraint, devices: DeviceClaim, at: Path, errors: FieldErrors): void {
  validateReferences(constraint.requests, devices, at.child('requests'), errors);
  const { matchAttribute, distinctAttribute } = constraint;
  if (matchAttribute !== undefined) validateAttributeName(matchAttribute, at.child('matchAttribute'), errors);
  else if (distinctAttribute !== undefined) validateAttributeName(distinctAttribute, at.child('distinctAttribute'), errors);
  // The server says so when none is set.
  else errors.required(at, 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set');
}

const referenceText = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

function validateReferences(names: readonly string[] | undefined, devices: DeviceClaim, at: Path, errors: FieldErrors): void {
  const rule = (name: string, field: Path) => {
    const segments = name.split('/');
    if (segments.length > 2) return errors.invalid(field, name, referenceText);
    for (const segment of segments) validateLabel(segment, field, errors);
    if (!isRequest(name, devices)) errors.invalid(field, name, referenceText);
    return undefined;
  };
  validateSet(names, maxRequests, rule, (name) => name, at, errors);
}

function isRequest(name: string, { requests }: DeviceClaim): boolean {
  const [first, second] = name.split('/');
  const request = requests?.find((one) => one.name === first);
  return request !== undefined && (second === undefined || (request.firstAvailable ?? []).some((one) => one.name === second));
}
