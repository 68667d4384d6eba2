import type { IPAddress } from '../../schema/generated/types.ts';
import { none, type CellsOf } from './cell.ts';

export const ipAddressCells: CellsOf<IPAddress> = ({ metadata, spec }) => [metadata.name, parentOf(spec) || none];

/** 'services/default/web' */
function parentOf(spec: IPAddress['spec']): string {
  if (!spec?.parentRef) return '';
  const { group, resource, namespace, name } = spec.parentRef;
  return [`${resource}${group ? `.${group}` : ''}`.toLowerCase(), ...(namespace ? [namespace] : []), name].join('/');
}
