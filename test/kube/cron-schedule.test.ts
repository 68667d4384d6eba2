// Schedules as robfig/cron reads them, and what it says to those that it cannot read.
import { expect, test } from 'vitest';
import { parseCron } from '../../server/src/kube/cron-schedule.ts';
import { isTimeZone, isTimeZoneRegion } from '../../server/src/kube/time-zones.ts';

function checkField(schedule: string, field: 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'dayOfWeek', values: readonly number[], isStar = false): void {
  const parsed = parseCron(schedule);
  if (!('fields' in parsed)) throw new Error(JSON.stringify(parsed));
  expect({ values: [...parsed.fields[field].values].sort((a, b) => a - b), isStar: parsed.fields[field].isStar }).toEqual({ values, isStar });
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test('lists, ranges, steps and names', () => {
  checkField('1,5-7,50/4 * * * *', 'minute', [1, 5, 6, 7, 50, 54, 58]);
  checkField('0 9-17/4 * * *', 'hour', [9, 13, 17]);
  checkField('0 0 1-31/10 * *', 'dayOfMonth', [1, 11, 21, 31]);
  checkField('0 0 * jan-MAR,12 *', 'month', [1, 2, 3, 12]);
  checkField('0 0 * * mon-fri', 'dayOfWeek', [1, 2, 3, 4, 5]);
  checkField('0 0 * * sun', 'dayOfWeek', [0]);
});

test('a star is remembered unless it has steps, for the days of the month and of the week limit each other', () => {
  checkField('0 0 * * *', 'dayOfMonth', from(1, 31), true);
  checkField('0 0 ? * *', 'dayOfMonth', from(1, 31), true);
  checkField('0 0 */15 * *', 'dayOfMonth', [1, 16, 31]);
  checkField('0 0 5,* * *', 'dayOfMonth', from(1, 31), true);
});

test('descriptors stand for schedules, and intervals have whole seconds', () => {
  expect(parseCron('@weekly')).toEqual(parseCron('0 0 * * 0'));
  expect(parseCron('@every 1h30m')).toEqual({ everyMs: 5_400_000 });
  expect(parseCron('@every 1999ms')).toEqual({ everyMs: 1000 });
  expect(parseCron('@every -5m')).toEqual({ everyMs: 1000 });
});

test('a time zone stands in front', () => {
  expect(parseCron('CRON_TZ=Asia/Tokyo 0 6 * * *')).toMatchObject({ timeZone: 'Asia/Tokyo' });
  expect(parseCron('TZ=Local 0 6 * * *')).toMatchObject({ timeZone: 'Local' });
});

test.each([
  ['0 0 * *', 'expected exactly 5 fields, found 4: [0 0 * *]'],
  ['@reboot', 'unrecognized descriptor: @reboot'],
  ['@every 5', 'failed to parse duration @every 5: time: missing unit in duration "5"'],
  ['61 * * * *', 'end of range (61) above maximum (59): 61'],
  ['* * 0-5 * *', 'beginning of range (0) below minimum (1): 0-5'],
  ['9-3 * * * *', 'beginning of range (9) beyond end of range (3): 9-3'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
  ['* * * * 1,,foo', 'failed to parse int from foo: strconv.Atoi: parsing "foo": invalid syntax'],
  ['99999999999999999999 * * * *', 'failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": value out of range'],
  ['TZ=Nowhere 0 0 * * *', 'provided bad location Nowhere: unknown time zone Nowhere'],
  ['TZ=UTC', 'invalid schedule format: runtime error: slice bounds out of range [:-1]'],
])('%s: %s', (schedule, error) => {
  expect(parseCron(schedule)).toEqual({ error });
});

test('time zones are names of files in folders, letter by letter', () => {
  expect(['Europe/Berlin', 'America/Argentina/Ushuaia', 'UTC', 'Etc/GMT+5'].every(isTimeZone)).toBe(true);
  expect(['europe/berlin', 'Europe', 'Local', ''].some(isTimeZone)).toBe(false);
  expect([isTimeZoneRegion('America/Argentina'), isTimeZoneRegion('America/Argentin'), isTimeZoneRegion('UTC')]).toEqual([true, false, false]);
});
