import { formatMicroTime } from '../../../kube/time.ts';

/** '2026-01-01T00:00:01.250017345Z': `at` in virtual milliseconds, `nanos` of that millisecond. */
export const stamp = (at: number, nanos: number): string => `${formatMicroTime(Math.floor(at)).slice(0, 23)}${String(nanos % 1_000_000).padStart(6, '0')}Z`;
