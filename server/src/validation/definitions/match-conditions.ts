// Conditions under which webhooks and policies are asked at all.
import { checkQualifiedName } from '../../kube/names.ts';
import type { MatchCondition } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { compileCondition } from './policy-programs.ts';

const mostConditions = 64;

/** `hasParams`: the expressions may speak of the parameters of a policy. */
export function validateMatchConditions(conditions: readonly MatchCondition[], hasParams: boolean, path: Path, errors: FieldErrors): void {
  if (conditions.length > mostConditions) errors.tooMany(path, conditions.length, mostConditions);
  const seen = new Set<string>();
  conditions.forEach(({ name, expression = '' }, i) => {
    const at = path.index(i);
    const trimmed = expression.trim();
    const program = trimmed === '' ? undefined : compileCondition(trimmed, hasParams);
    if (!program) errors.required(at.child('expression'));
    else if ('error' in program) errors.invalid(at.child('expression'), trimmed, program.error);
    if (!name) return errors.required(at.child('name'));
    errors.invalidEach(at.child('name'), name, checkQualifiedName(name));
    if (seen.has(name)) errors.duplicate(at.child('name'), name);
    seen.add(name);
    return undefined;
  });
}
