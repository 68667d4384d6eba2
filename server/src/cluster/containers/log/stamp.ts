/** '2026-01-01T00:00:01.250017345Z': `at` in virtual milliseconds, `nanos` of that millisecond. */
export const stamp = (at: number, nanos: number): string =>
  `${new Date(Math.floor(at)).toISOString().slice(0, 23)}${String(nanos % 1_000_000).padStart(6, '0')}Z`;
