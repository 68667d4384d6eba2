// Rules for priority classes. Their value never changes, for pods keep it.
import type { PriorityClass } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';

const highestOfUsers = 1_000_000_000;
const highestOfSystem: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 };

/** One of the classes that every cluster has. */
export const isSystemClass = (name: string): boolean => Object.hasOwn(highestOfSystem, name);
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];

export const priorityClassRules: RulesOf<PriorityClass> = {
  validate: (object) => findings((errors) => validateClass(object, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      if (next.value !== before.value) errors.forbidden(root('value'), 'may not be changed in an update.');
      validateImmutable(next.preemptionPolicy, before.preemptionPolicy, root('preemptionPolicy'), errors);
    }),
};

function validateClass(object: PriorityClass, errors: FieldErrors): void {
  const { metadata, value = 0, preemptionPolicy } = object;
  validateObjectMeta(object, subdomainName, errors);
  if (metadata.name.startsWith('system-')) {
    const problem = problemOfSystemClass(object);
    const text = `priority class names with 'system-' prefix are reserved for system use only. error: ${problem}`;
    if (problem !== undefined) errors.forbidden(root('metadata', 'name'), text);
  } else if (value > highestOfUsers) errors.forbidden(root('value'), `maximum allowed value of a user defined priority is ${highestOfUsers}`);
  if (preemptionPolicy === '') errors.required(root('preemptionPolicy'));
  else if (preemptionPolicy !== undefined && !preemptionPolicies.includes(preemptionPolicy)) {
    errors.notSupported(root('preemptionPolicy'), preemptionPolicy, preemptionPolicies);
  }
}

function problemOfSystemClass({ metadata: { name }, value = 0, globalDefault }: PriorityClass): string | undefined {
  const expected = Object.hasOwn(highestOfSystem, name) ? highestOfSystem[name] : undefined;
  if (expected === undefined) return `${name} is not a known system priority class`;
  if (value !== expected) return `value of ${name} PriorityClass must be ${expected}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}
