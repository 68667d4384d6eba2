// RoleBinding and ClusterRoleBinding.
import type { RoleBinding } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const roleBindingCells: CellsOf<RoleBinding> = (binding, now) => {
  const { roleRef, subjects = [] } = binding;
  const named = (kind: string) => subjects.filter((subject) => subject.kind === kind);
  return [
    binding.metadata.name,
    `${roleRef.kind}/${roleRef.name}`,
    ageOf(binding, now),
    named('User')
      .map(({ name }) => name)
      .join(', '),
    named('Group')
      .map(({ name }) => name)
      .join(', '),
    named('ServiceAccount')
      .map(({ namespace, name }) => `${namespace ?? ''}/${name}`)
      .join(', '),
  ];
};
