import type { VolumeAttachment, VolumeAttributesClass } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const volumeAttachmentCells: CellsOf<VolumeAttachment> = (attachment, now) => {
  const { attacher = '', source = {}, nodeName = '' } = attachment.spec;
  return [attachment.metadata.name, attacher, source.persistentVolumeName ?? '', nodeName, attachment.status?.attached ?? false, ageOf(attachment, now)];
};

export const volumeAttributesClassCells: CellsOf<VolumeAttributesClass> = (object, now) => [object.metadata.name, object.driverName ?? '', ageOf(object, now)];
