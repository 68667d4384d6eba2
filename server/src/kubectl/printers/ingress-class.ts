import type { IngressClass } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

const isDefault = 'ingressclass.kubernetes.io/is-default-class';

export const ingressClassCells: CellsOf<IngressClass> = (ingressClass, now) => {
  const { metadata, spec } = ingressClass;
  const { kind = '', apiGroup, name = '' } = spec?.parameters ?? {};
  const parameters = spec?.parameters ? `${kind}${typeof apiGroup === 'string' ? `.${apiGroup}` : ''}/${name}` : none;
  return [`${metadata.name}${metadata.annotations?.[isDefault] === 'true' ? ' (default)' : ''}`, spec?.controller ?? '', parameters, ageOf(ingressClass, now)];
};
