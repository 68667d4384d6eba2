// The parts of timestamps and durations.
import { overload, type Overload } from '../signature.ts';
import { Duration, Timestamp } from '../values.ts';

const parts: Readonly<Record<string, (date: Date) => number>> = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDate: (date) => date.getUTCDate(),
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDayOfWeek: (date) => date.getUTCDay(),
  getDayOfYear: (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000),
  getHours: (date) => date.getUTCHours(),
  getMinutes: (date) => date.getUTCMinutes(),
  getSeconds: (date) => date.getUTCSeconds(),
  getMilliseconds: (date) => date.getUTCMilliseconds(),
};

const spans: Readonly<Record<string, bigint>> = {
  getHours: 3_600_000_000_000n,
  getMinutes: 60_000_000_000n,
  getSeconds: 1_000_000_000n,
  getMilliseconds: 1_000_000n,
};

export const timeFunctions: readonly Overload[] = [
  ...Object.entries(parts).map(([name, part]) => overload(`timestamp.${name}(): int`, ({ ms }: Timestamp) => BigInt(part(new Date(ms))))),
  ...Object.entries(spans).map(([name, span]) => overload(`duration.${name}(): int`, ({ ns }: Duration) => ns / span)),
];
