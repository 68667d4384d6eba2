// All functions and operators, by name. A new library is a file here and a line in `all`.
import type { Overload } from '../signature.ts';
import { authorizerFunctions } from './authorizer.ts';
import { formatFunctions } from './formats.ts';
import { kubernetesFunctions } from './kubernetes.ts';
import { listFunctions } from './lists.ts';
import { operators } from './operators.ts';
import { conversions } from './conversions.ts';
import { semverFunctions } from './semver.ts';
import { stringFunctions } from './strings.ts';
import { timeFunctions } from './times.ts';

const all: readonly Overload[] = [
  ...operators,
  ...conversions,
  ...stringFunctions,
  ...listFunctions,
  ...timeFunctions,
  ...kubernetesFunctions,
  ...formatFunctions,
  ...semverFunctions,
  ...authorizerFunctions,
];

const members = new Map<string, Overload[]>();
const globals = new Map<string, Overload[]>();
for (const one of all) {
  const table = one.isMember ? members : globals;
  const found = table.get(one.name);
  if (found) found.push(one);
  else table.set(one.name, [one]);
}

const none: readonly Overload[] = [];

export const overloadsOf = (name: string, isMember: boolean): readonly Overload[] => (isMember ? members : globals).get(name) ?? none;
