// Events of events.k8s.io/v1 are those of v1 under other names (pkg/apis/events/v1/conversion.go).
import type { Event, EventsV1Event } from '../../schema/generated/types.ts';
import type { Conversion } from './conversion.ts';

export const eventVersions: Conversion<EventsV1Event, Event> = {
  stored: { apiVersion: 'v1', kind: 'Event' },
  toStored(event) {
    const { kind, metadata, regarding, related, note, type, ...rest } = event;
    const { deprecatedSource, deprecatedFirstTimestamp, deprecatedLastTimestamp, deprecatedCount, reportingController, reportingInstance, eventTime } = rest;
    const { reason, action, series } = rest;
    return written<Event>({
      kind,
      apiVersion: 'v1',
      metadata,
      involvedObject: regarding ?? {},
      reason,
      message: note,
      source: deprecatedSource ?? {},
      firstTimestamp: deprecatedFirstTimestamp ?? null,
      lastTimestamp: deprecatedLastTimestamp ?? null,
      count: deprecatedCount,
      type,
      eventTime: eventTime ?? null,
      series,
      action,
      related,
      reportingComponent: reportingController ?? '',
      reportingInstance: reportingInstance ?? '',
    });
  },
  fromStored(event) {
    const { kind, metadata, involvedObject, related, message, type, source, firstTimestamp, lastTimestamp, count, reportingComponent, ...rest } = event;
    const { reportingInstance, eventTime, reason, action, series } = rest;
    return written<EventsV1Event>({
      kind,
      apiVersion: 'events.k8s.io/v1',
      metadata,
      eventTime: eventTime ?? null,
      series,
      reportingController: reportingComponent || undefined,
      reportingInstance: reportingInstance || undefined,
      action,
      reason,
      regarding: involvedObject ?? {},
      related,
      note: message,
      type,
      deprecatedSource: source ?? {},
      deprecatedFirstTimestamp: firstTimestamp ?? null,
      deprecatedLastTimestamp: lastTimestamp ?? null,
      deprecatedCount: count,
    });
  },
};

/** Without the fields that have no value: Go leaves them out. */
function written<T extends object>(fields: object): T {
  const absent = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const copy = { ...fields } as Record<string, unknown>;
  for (const name of absent) delete copy[name];
  return copy as T;
}
