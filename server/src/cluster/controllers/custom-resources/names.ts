// Which names of a CustomResourceDefinition are accepted: those that no other definition of its group has taken
// (apiextensions-apiserver/pkg/controller/status/naming_controller.go).
import type { Writable } from '../../../kube/writable.ts';
import { isEqual } from '../../../kube/equal.ts';
import { quote } from '../../../kube/quote.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionCondition, CustomResourceDefinitionNames } from '../../../schema/generated/types.ts';

type Condition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>;

export interface Naming {
  readonly names: CustomResourceDefinitionNames;
  readonly accepted: Condition;
  readonly established: Condition;
}

/** `others`: the other definitions of the group. */
export function decideNames({ spec, status }: CustomResourceDefinition, others: readonly CustomResourceDefinition[]): Naming {
  const resources = new Set(others.flatMap(({ status: { acceptedNames: names } }) => [names.plural, names.singular ?? '', ...(names.shortNames ?? [])]));
  const kinds = new Set(others.flatMap(({ status: { acceptedNames: names } }) => [names.kind, names.listKind ?? '']));
  const [asked, had] = [spec.names, status.acceptedNames];
  const names: Writable<CustomResourceDefinitionNames> = { ...had };
  let accepted: Condition = { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const refuse = (reason: string, message: string) => (accepted = { type: 'NamesAccepted', status: 'False', reason, message });
  const decide = ({ field, reason }: (typeof single)[number], taken: ReadonlySet<string>) => {
    const name = asked[field] ?? '';
    if (name === (had[field] ?? '') || !taken.has(name)) names[field] = name;
    else refuse(reason, inUse(name));
  };
  // In the server's order: of several conflicts the last one is told.
  for (const one of single.slice(0, 2)) decide(one, resources);
  if (!isEqual(asked.shortNames ?? [], had.shortNames ?? [])) {
    const taken = (asked.shortNames ?? []).filter((name) => !had.shortNames?.includes(name) && resources.has(name)).map(inUse);
    if (taken.length > 0) refuse('ShortNamesConflict', taken.length === 1 ? taken[0]! : `[${taken.join(', ')}]`);
    else if (asked.shortNames) names.shortNames = asked.shortNames;
    else delete names.shortNames;
  }
  for (const one of single.slice(2)) decide(one, kinds);
  if (asked.categories) names.categories = asked.categories;
  else delete names.categories;
  return { names, accepted, established: establishing(status.conditions, accepted.status === 'True') };
}

const inUse = (name: string) => `${quote(name)} is already in use`;

/** Names of resources, then of kinds. */
const single = [
  { field: 'plural', reason: 'PluralConflict' },
  { field: 'singular', reason: 'SingularConflict' },
  { field: 'kind', reason: 'KindConflict' },
  { field: 'listKind', reason: 'ListKindConflict' },
] as const;

/** Once established it stays so. */
function establishing(conditions: CustomResourceDefinition['status']['conditions'], accepted: boolean): Condition {
  const before = conditions?.find(({ type }) => type === 'Established');
  if (before?.status === 'True') return before;
  if (!accepted) return before ?? { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
  return { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' };
}
