import type { PriorityClass } from '../../schema/generated/types.ts';
import { formatLabels } from '../printers/cell.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';

export const describePriorityClass: Describer<PriorityClass> = (priorityClass, around) => {
  const { metadata, value, globalDefault = false, preemptionPolicy = '', description = '' } = priorityClass;
  return [
    `Name:\t${metadata.name}`,
    `Value:\t${value}`,
    `GlobalDefault:\t${globalDefault}`,
    `PreemptionPolicy:\t${preemptionPolicy}`,
    `Description:\t${description}`,
    `Annotations:\t${formatLabels(metadata.annotations)}`,
    ...eventLines(eventsAbout(priorityClass, around), around.now),
  ];
};
