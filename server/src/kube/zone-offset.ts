// How far the clocks of a time zone are from UTC.

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Milliseconds to add to UTC. No zone, 'Local' and 'UTC' are UTC, as in a control plane; so is one that the runtime does not know. */
export function offsetMsAt(timeZone: string | undefined, at: number): number {
  if (!timeZone || timeZone === 'UTC' || timeZone === 'Local') return 0;
  const format = formatOf(timeZone);
  if (!format) return 0;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(timeZone)) formats.set(timeZone, newFormat(timeZone));
  return formats.get(timeZone);
}

function newFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  const numeric = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch {
    return undefined;
  }
}

/** RFC 3339 as the zone's clocks show it: '2026-03-29T03:00:00+02:00', and 'Z' where that is UTC. */
export function formatTimeIn(timeZone: string | undefined, at: number): string {
  const offset = offsetMsAt(timeZone, at);
  const clock = new Date(at + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${clock}Z`;
  const minutes = Math.floor(Math.abs(offset) / 60_000);
  return `${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const two = (value: number) => String(value).padStart(2, '0');
