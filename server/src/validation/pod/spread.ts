// Rules for spreading pods over zones and nodes.
import type { TopologySpreadConstraint } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import { validatePositive } from '../numbers.ts';
import type { Path } from '../path.ts';
import { validateMatchLabelKeys } from './match-label-keys.ts';

const actions = ['DoNotSchedule', 'ScheduleAnyway'];
const policies = ['Honor', 'Ignore'];

export function validateTopologySpread(constraints: readonly TopologySpreadConstraint[] | undefined, path: Path, errors: FieldErrors): void {
  constraints?.forEach((constraint, i) => {
    const at = path.index(i);
    const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector } = constraint;
    validatePositive(maxSkew, at.child('maxSkew'), errors);
    if (!topologyKey) errors.required(at.child('topologyKey'), 'can not be empty');
    if (!actions.includes(whenUnsatisfiable)) errors.notSupported(at.child('whenUnsatisfiable'), whenUnsatisfiable, actions);
    const isRepeated = constraints.slice(i + 1).some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (isRepeated) errors.duplicate(at.child('{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${whenUnsatisfiable}}`);
    validateMinDomains(constraint, at.child('minDomains'), errors);
    for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = constraint[field];
      if (policy !== undefined && !policies.includes(policy)) errors.notSupported(at.child(field), policy, policies);
    }
    validateMatchLabelKeys(constraint.matchLabelKeys, undefined, labelSelector, at, errors);
    validateLabelSelector(labelSelector, at.child('labelSelector'), errors);
  });
}

function validateMinDomains({ minDomains, whenUnsatisfiable }: TopologySpreadConstraint, at: Path, errors: FieldErrors): void {
  if (minDomains === undefined) return;
  validatePositive(minDomains, at, errors);
  if (whenUnsatisfiable === 'DoNotSchedule') return;
  errors.invalid(at, minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`);
}
