import type { Event } from '../../schema/generated/types.ts';
import { since, type CellsOf } from './cell.ts';

export const eventCells: CellsOf<Event> = (event, now) => {
  const first = since(event.firstTimestamp ?? event.eventTime, now);
  const last = event.series ? since(event.series.lastObservedTime, now) : event.lastTimestamp ? since(event.lastTimestamp, now) : first;
  const { kind = '', name = '', fieldPath = '' } = event.involvedObject;
  return [
    last,
    event.type ?? '',
    event.reason ?? '',
    name === '' ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`,
    fieldPath,
    eventSource(event),
    (event.message ?? '').trim(),
    first,
    event.series?.count ?? (event.count || 1),
    event.metadata.name,
  ];
};

/** 'kubelet, node-1'; events of the newer API name the reporter instead. */
function eventSource({ source, reportingComponent, reportingInstance }: Event): string {
  const [component, instance] = source.component ? [source.component, source.host] : [reportingComponent ?? '', reportingInstance];
  return instance ? `${component}, ${instance}` : component;
}
