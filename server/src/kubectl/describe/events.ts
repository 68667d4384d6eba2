// The Events table at the end of a description.
import type { Event } from '../../schema/generated/types.ts';
import { sinceText, type Lines } from './lines.ts';

/** Undefined: events were not asked for. */
export function eventLines(events: readonly Event[] | undefined, now: number): Lines {
  if (!events) return [];
  if (events.length === 0) return ['Events:\t<none>'];
  const rows = events
    .toSorted((a, b) => compare(a.lastTimestamp ?? '', b.lastTimestamp ?? ''))
    .map(
      (event) =>
        `  ${event.type ?? ''}\t${event.reason ?? ''}\t${eventAge(event, now)}\t${event.source.component || event.reportingComponent || ''}\t${messageOf(event)}`,
    );
  return ['Events:', '  Type\tReason\tAge\tFrom\tMessage', '  ----\t------\t----\t----\t-------', ...rows];
}

/** '5s', or '5s (x3 over 1m)' for one that was seen several times. */
export function eventAge(event: Event, now: number): string {
  const first = sinceText(event.eventTime ?? event.firstTimestamp, now);
  if (event.series) return `${sinceText(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  return (event.count ?? 0) > 1 ? `${sinceText(event.lastTimestamp, now)} (x${event.count} over ${first})` : first;
}

/** What a container did is told with the container in front: 'spec.containers{web}: Container started'. */
function messageOf({ involvedObject, message = '' }: Event): string {
  return involvedObject.fieldPath ? `${involvedObject.fieldPath}: ${message.trim()}` : message.trim();
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
