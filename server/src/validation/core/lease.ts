// Rules for leases.
import type { Lease, LeaseSpec } from '../../schema/generated/types.ts';
import { checkQualifiedName } from '../../kube/names.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateGenericMeta, validateGenericMetaUpdate } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import { root } from '../path.ts';

const at = root('spec');

export const leaseRules: RulesOf<Lease> = {
  validate: (lease) =>
    findings((errors) => {
      validateGenericMeta(lease, subdomainName, errors);
      validateSpec(lease.spec ?? {}, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateGenericMetaUpdate(next, before, errors);
      validateSpec(next.spec ?? {}, errors);
    }),
};

function validateSpec({ leaseDurationSeconds: seconds, leaseTransitions, strategy, preferredHolder }: LeaseSpec, errors: FieldErrors): void {
  if (seconds !== undefined && seconds <= 0) errors.invalid(at.child('leaseDurationSeconds'), seconds, 'must be greater than 0');
  validateNonNegative(leaseTransitions, at.child('leaseTransitions'), errors);
  if (strategy !== undefined) validateStrategy(strategy, errors);
  if (preferredHolder && !strategy) errors.forbidden(at.child('preferredHolder'), 'may only be specified if `strategy` is defined');
}

/** Kubernetes' own strategy, or one with a domain in front. */
function validateStrategy(strategy: string, errors: FieldErrors): void {
  // The server says `strategy` twice.
  const field = at.child('strategy').child('strategy');
  if (strategy.includes('/')) errors.invalidEach(field, strategy, checkQualifiedName(strategy));
  else if (strategy !== 'OldestEmulationVersion') errors.notSupported(field, strategy, ['OldestEmulationVersion']);
}
