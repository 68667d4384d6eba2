// What CSI drivers say about themselves and about nodes.
import type { CSIDriver, CSINode } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const csiDriverCells: CellsOf<CSIDriver> = (driver, now) => {
  const {
    attachRequired = true,
    podInfoOnMount = false,
    storageCapacity = false,
    requiresRepublish = false,
    tokenRequests,
    volumeLifecycleModes,
  } = driver.spec;
  const audiences = tokenRequests ? tokenRequests.map(({ audience }) => audience).join(',') : '<unset>';
  const modes = volumeLifecycleModes?.join(',') || '<none>';
  return [driver.metadata.name, attachRequired, podInfoOnMount, storageCapacity, audiences, requiresRepublish, modes, ageOf(driver, now)];
};

export const csiNodeCells: CellsOf<CSINode> = (node, now) => [node.metadata.name, node.spec.drivers?.length ?? 0, ageOf(node, now)];
