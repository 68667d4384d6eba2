// CSI drivers: generations are counted from the first change on, so that a new driver has none.
import { isEqual } from '../../../kube/equal.ts';
import type { CSIDriver } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const csiDriverStrategy: KindStrategy<CSIDriver> = {
  prepareForUpdate: (next, before) =>
    isEqual(next.spec, before.spec) ? next : { ...next, metadata: { ...next.metadata, generation: (before.metadata.generation ?? 0) + 1 } },
};
