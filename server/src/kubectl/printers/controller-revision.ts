import { controllerOf, groupOf } from '../../kube/object.ts';
import type { ControllerRevision } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

export const controllerRevisionCells: CellsOf<ControllerRevision> = (revision, now) => {
  const owner = controllerOf(revision);
  const group = owner && groupOf(owner.apiVersion);
  const controller = owner ? `${owner.kind.toLowerCase()}${group ? `.${group}` : ''}/${owner.name}` : none;
  return [revision.metadata.name, controller, revision.revision, ageOf(revision, now)];
};
