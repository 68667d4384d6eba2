import type { PodTemplate } from '../../schema/generated/types.ts';
import { containerCells, formatLabels, type CellsOf } from './cell.ts';

export const podTemplateCells: CellsOf<PodTemplate> = ({ metadata, template }) => [
  metadata.name,
  ...containerCells(template?.spec?.containers),
  formatLabels(template?.metadata?.labels),
];
