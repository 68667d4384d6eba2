// Rules for what a job makes of pods that failed or succeeded: podFailurePolicy, podReplacementPolicy, successPolicy.
import { checkQualifiedName } from '../../kube/names.ts';
import { quote } from '../../kube/quote.ts';
import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { countIndexes } from './job-indexes.ts';

const maxRules = 20;
const maxExitCodes = 255;
const maxConditions = 20;
const maxIndexesLength = 64 * 1024;
const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];
const replacements = ['Failed', 'TerminatingOrFailed'];

export function validateJobPolicies(job: JobSpec, at: Path, errors: FieldErrors): void {
  if (job.podFailurePolicy) validateFailurePolicy(job, at.child('podFailurePolicy').child('rules'), errors);
  if (job.successPolicy) validateSuccessPolicy(job, at.child('successPolicy'), errors);
  const { podReplacementPolicy: policy } = job;
  const supported = job.podFailurePolicy ? ['Failed'] : replacements;
  if (policy !== undefined && !supported.includes(policy)) errors.notSupported(at.child('podReplacementPolicy'), policy, supported);
}

// ---- failure ----

function validateFailurePolicy(job: JobSpec, at: Path, errors: FieldErrors): void {
  const rules = job.podFailurePolicy?.rules ?? [];
  if (rules.length > maxRules) errors.tooMany(at, rules.length, maxRules);
  rules.forEach((rule, i) => validateFailureRule(job, rule, at.index(i), errors));
}

function validateFailureRule(job: JobSpec, rule: PodFailurePolicyRule, at: Path, errors: FieldErrors): void {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  if (!action) errors.required(at.child('action'), oneOf(actions));
  else if (!actions.includes(action)) errors.notSupported(at.child('action'), action, actions);
  else if (action === 'FailIndex' && job.backoffLimitPerIndex === undefined) {
    errors.invalid(at.child('action'), action, 'requires the backoffLimitPerIndex to be set');
  }
  const hasConditions = (onPodConditions ?? []).length > 0;
  if (onExitCodes) validateExitCodes(job, onExitCodes, at.child('onExitCodes'), errors);
  if (hasConditions) validateConditions(onPodConditions, at.child('onPodConditions'), errors);
  if (onExitCodes && hasConditions) errors.invalid(at, undefined, 'specifying both OnExitCodes and OnPodConditions is not supported');
  if (!onExitCodes && !hasConditions) errors.invalid(at, undefined, 'specifying one of OnExitCodes and OnPodConditions is required');
}

function validateConditions(patterns: readonly PodFailurePolicyOnPodConditionsPattern[], at: Path, errors: FieldErrors): void {
  if (patterns.length > maxConditions) errors.tooMany(at, patterns.length, maxConditions);
  patterns.forEach(({ type = '', status }, i) => {
    const path = at.index(i);
    errors.invalidEach(path.child('type'), type, checkQualifiedName(type));
    if (!status) errors.required(path.child('status'), oneOf(statuses));
    else if (!statuses.includes(status)) errors.notSupported(path.child('status'), status, statuses);
  });
}

function validateExitCodes({ template }: JobSpec, requirement: PodFailurePolicyOnExitCodesRequirement, at: Path, errors: FieldErrors): void {
  const { operator, containerName, values: sent } = requirement;
  if (!operator) errors.required(at.child('operator'), oneOf(operators));
  else if (!operators.includes(operator)) errors.notSupported(at.child('operator'), operator, operators);
  const containers = [...(template.spec.containers ?? []), ...(template.spec.initContainers ?? [])];
  if (containerName !== undefined && !containers.some(({ name }) => (name ?? '') === containerName)) {
    errors.invalid(at.child('containerName'), containerName, 'must be one of the container or initContainer names in the pod template');
  }
  const [path, values] = [at.child('values'), sent ?? []];
  if (values.length === 0) errors.invalid(path, sent ?? null, 'at least one value is required');
  else if (values.length > maxExitCodes) errors.tooMany(path, values.length, maxExitCodes);
  values.forEach((value, i) => {
    if (operator === 'In' && value === 0) errors.invalid(path.index(i), value, 'must not be 0 for the In operator');
    if (values.indexOf(value) < i) errors.duplicate(path.index(i), value);
  });
  if (values.some((value, i) => i > 0 && (values[i - 1] as number) > value)) errors.invalid(path, values, 'must be ordered');
}

/** As Go prints a list of texts: `valid values: ["In" "NotIn"]`. */
const oneOf = (texts: readonly string[]) => `valid values: [${texts.map(quote).join(' ')}]`;

// ---- success ----

function validateSuccessPolicy(job: JobSpec, at: Path, errors: FieldErrors): void {
  if (job.completionMode !== 'Indexed') return errors.invalid(at, goStruct('SuccessPolicy', job.successPolicy as object), 'requires indexed completion mode');
  const rules = job.successPolicy?.rules ?? [];
  const path = at.child('rules');
  if (rules.length === 0) errors.required(path, 'at least one rules must be specified when the successPolicy is specified');
  if (rules.length > maxRules) errors.tooMany(path, rules.length, maxRules);
  // Without completions the server fails here; that they are missing has been said already.
  rules.forEach((rule, i) => validateSuccessRule(rule, job.completions ?? 0, path.index(i), errors));
  return undefined;
}

function validateSuccessRule(
  { succeededCount: count, succeededIndexes: indexes }: SuccessPolicyRule,
  completions: number,
  at: Path,
  errors: FieldErrors,
): void {
  if (count === undefined && indexes === undefined) errors.required(at, 'at least one of succeededCount or succeededIndexes must be specified');
  let total = 0;
  if (indexes !== undefined) {
    if (indexes.length > maxIndexesLength) errors.tooLong(at.child('succeededIndexes'), maxIndexesLength);
    const counted = countIndexes(indexes, completions);
    if (typeof counted === 'number') total = counted;
    else errors.invalid(at.child('succeededIndexes'), indexes, `error parsing succeededIndexes: ${counted.error}`);
  }
  if (count === undefined) return;
  const path = at.child('succeededCount');
  validateNonNegative(count, path, errors);
  if (count > completions) errors.invalid(path, count, `must be less than or equal to ${completions} (the number of specified completions)`);
  if (indexes !== undefined && count > total) {
    errors.invalid(path, count, `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`);
  }
}
