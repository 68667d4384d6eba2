import { describe, expect, test } from 'vitest';
import { never, nextTime } from '../../server/src/kube/cron-next.ts';
import { parseCron } from '../../server/src/kube/cron-schedule.ts';
import { formatTimeIn } from '../../server/src/kube/zone-offset.ts';

function next(spec: string, from: string): string {
  const schedule = parseCron(spec);
  if ('error' in schedule) throw new Error(schedule.error);
  const at = nextTime(schedule, Date.parse(from));
  return at === never ? 'never' : new Date(at).toISOString().replace('.000Z', 'Z');
}

// From TestNext and TestActivation of robfig/cron, whose schedules begin with seconds; these are of its five fields.
describe('[CN1] the next time in UTC', () => {
  const cases: [spec: string, from: string, expected: string][] = [
    ['0/15 * * * *', '2012-07-09T14:45:00Z', '2012-07-09T15:00:00Z'],
    ['0/15 * * * *', '2012-07-09T14:59:59Z', '2012-07-09T15:00:00Z'],
    ['20-35/15 * * * *', '2012-07-09T15:45:00Z', '2012-07-09T16:20:00Z'],
    ['20-35/15 * * * *', '2012-07-09T23:46:00Z', '2012-07-10T00:20:00Z'],
    ['0 0 9 apr-oct ?', '2012-07-09T23:35:51Z', '2012-08-09T00:00:00Z'],
    ['0 0 9 apr,aug,oct mon', '2012-07-09T23:35:00Z', '2012-08-06T00:00:00Z'],
    ['0 0 */5 apr,aug,oct mon', '2012-07-09T23:35:00Z', '2012-08-01T00:00:00Z'],
    ['0 0 ? oct mon', '2012-07-09T23:35:00Z', '2012-10-01T00:00:00Z'],
    ['30 23 * jan mon', '2012-07-09T23:35:00Z', '2013-01-07T23:30:00Z'],
    ['0 0 29 feb ?', '2012-07-09T23:35:00Z', '2016-02-29T00:00:00Z'],
    ['0 0 * * 1-5', '2026-01-02T00:00:00Z', '2026-01-05T00:00:00Z'],
    ['@hourly', '2026-01-01T00:00:00.100Z', '2026-01-01T01:00:00Z'],
    ['@every 90s', '2026-01-01T00:00:00.700Z', '2026-01-01T00:01:30Z'],
    ['0 0 30 feb ?', '2012-07-09T23:35:00Z', 'never'],
    ['0 0 31 apr ?', '2012-07-09T23:35:00Z', 'never'],
  ];
  test.each(cases)('%s after %s', (spec, from, expected) => expect(next(spec, from)).toBe(expected));
});

// New York: at 2:00 on 2012-03-11 clocks go to 3:00, at 2:00 on 2012-11-04 to 1:00.
describe('[CN2] the next time where clocks change', () => {
  const zone = (spec: string) => `TZ=America/New_York ${spec}`;
  const cases: [spec: string, from: string, expected: string][] = [
    ['30 2 11 mar ?', '2012-03-11T00:00:00-05:00', '2013-03-11T02:30:00-04:00'],
    ['0 * * * ?', '2012-03-11T01:00:00-05:00', '2012-03-11T03:00:00-04:00'],
    ['0 1 * * ?', '2012-03-10T23:00:00-05:00', '2012-03-11T01:00:00-05:00'],
    ['0 2 * * ?', '2012-03-11T00:00:00-05:00', '2012-03-12T02:00:00-04:00'],
    ['30 2 04 nov ?', '2012-11-04T00:00:00-04:00', '2012-11-04T02:30:00-05:00'],
    ['45 1 04 nov ?', '2012-11-04T01:30:00-04:00', '2012-11-04T01:45:00-04:00'],
    ['0 * * * ?', '2012-11-04T01:00:00-04:00', '2012-11-04T01:00:00-05:00'],
    ['0 3 * * ?', '2012-11-04T01:00:00-05:00', '2012-11-04T03:00:00-05:00'],
    ['0 9 * * ?', '2026-07-01T12:59:00Z', '2026-07-01T13:00:00Z'],
  ];
  test.each(cases)('%s after %s', (spec, from, expected) => expect(Date.parse(next(zone(spec), from))).toBe(Date.parse(expected)));

  test('midnight that is not there', () => {
    // São Paulo, 2018-11-04: 00:00 became 01:00.
    expect(next('TZ=America/Sao_Paulo 0 9 4 nov ?', '2018-10-17T05:00:00-04:00')).toBe('2018-11-04T11:00:00Z');
  });
});

test('[CN3] times as a zone writes them', () => {
  const at = Date.parse('2026-07-01T12:00:00Z');
  expect([undefined, 'UTC', 'Europe/Berlin', 'America/St_Johns', 'Europe/London'].map((zone) => formatTimeIn(zone, at))).toEqual([
    '2026-07-01T12:00:00Z',
    '2026-07-01T12:00:00Z',
    '2026-07-01T14:00:00+02:00',
    '2026-07-01T09:30:00-02:30',
    '2026-07-01T13:00:00+01:00',
  ]);
});
