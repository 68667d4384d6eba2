import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../server/src/kube/base64.ts';
import { formatGoDuration, humanDuration, parseGoDuration, shortHumanDuration } from '../../server/src/kube/duration.ts';
import { formatFieldSelector, matchesFields, parseFieldSelector } from '../../server/src/kube/field-selector.ts';
import { fieldErrorText } from '../../server/src/kube/field-error.ts';
import { resolveIntOrString, scaledValue } from '../../server/src/kube/int-or-string.ts';
import { byteLength, quote } from '../../server/src/kube/quote.ts';
import { formatMicroTime, formatTime, parseGoTime, parseTime } from '../../server/src/kube/time.ts';

test.each([
  ['25%', 10, 3, 2],
  ['0%', 10, 0, 0],
  ['100%', 7, 7, 7],
  ['1%', 3, 1, 0],
  [4, 10, 4, 4],
  ['33%', 1_000_000_000, 330_000_000, 330_000_000],
])('%s of %d is %d rounded up and %d rounded down', (value, total, up, down) => {
  expect([resolveIntOrString(value, total, 'up'), resolveIntOrString(value, total, 'down')]).toEqual([up, down]);
});

test('text that is no percentage is an error where asked, and 0 where validation has passed', () => {
  expect(scaledValue('five', 10, 'up')).toEqual({ error: 'invalid value for IntOrString: invalid type: string is not a percentage' });
  expect(scaledValue('x%', 10, 'up')).toEqual({ error: 'invalid value for IntOrString: invalid value "x%": strconv.Atoi: parsing "x": invalid syntax' });
  expect(resolveIntOrString(undefined, 10, 'up')).toBe(0);
});

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

test.each([
  [0, '0s', '0s'],
  [-1500, '0s', '0s'],
  [-2000, '<invalid>', '<invalid>'],
  [119 * second, '119s', '1m'],
  [2 * minute, '2m', '2m'],
  [125 * second, '2m5s', '2m'],
  [10 * minute + 5 * second, '10m', '10m'],
  [179 * minute, '179m', '2h'],
  [3 * hour + 10 * minute, '3h10m', '3h'],
  [8 * hour + minute, '8h', '8h'],
  [47 * hour, '47h', '1d'],
  [49 * hour, '2d1h', '2d'],
  [191 * hour, '7d23h', '7d'],
  [8 * day, '8d', '8d'],
  [729 * day, '729d', '1y'],
  [730 * day, '2y', '2y'],
  [912 * day, '2y182d', '2y'],
  [3000 * day, '8y', '8y'],
])('%d ms is an age of %s, in short %s', (ms, age, short) => {
  expect([humanDuration(ms), shortHumanDuration(ms)]).toEqual([age, short]);
});

test.each([
  [0, '0s'],
  [90_000, '1m30s'],
  [1500, '1.5s'],
  [0.25, '250µs'],
  [0.000001, '1ns'],
  [500, '500ms'],
  [hour, '1h0m0s'],
  [-1500, '-1.5s'],
  [789_843_495_747, '219400h58m15.747s'],
])('%d ms is written %s, and read back', (ms, text) => {
  expect(formatGoDuration(ms)).toBe(text);
  expect(parseGoDuration(text)).toEqual({ ms });
});

test.each([
  ['', 'time: invalid duration ""'],
  ['1', 'time: missing unit in duration "1"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['.s', 'time: invalid duration ".s"'],
  ['1µx', 'time: unknown unit "\\xc2\\xb5x" in duration "1\\xc2\\xb5x"'],
  ['99999999h', 'time: invalid duration "99999999h"'],
])('the duration %j is refused', (text, error) => {
  expect(parseGoDuration(text)).toEqual({ error });
});

test('times are written in seconds and microseconds, and read in any zone', () => {
  expect([formatTime(1_700_000_000_999), formatMicroTime(1_700_000_000_500.25)]).toEqual(['2023-11-14T22:13:20Z', '2023-11-14T22:13:20.500250Z']);
  expect(parseTime('2023-11-15T00:13:20+02:00')).toBe(1_700_000_000_000);
  expect([parseTime(undefined), parseTime(null), parseTime('yesterday')]).toEqual([undefined, undefined, undefined]);
});

test.each([
  ['now', 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
  ['2024-13-01T00:00:00Z', 'parsing time "2024-13-01T00:00:00Z": month out of range'],
  ['2023-02-29T00:00:00Z', 'parsing time "2023-02-29T00:00:00Z": day out of range'],
  ['2024-01-01T24:00:00Z', 'parsing time "2024-01-01T24:00:00Z": hour out of range'],
  ['2024-01-01', 'parsing time "2024-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
  ['2024-01-01T00:00:00Zx', 'parsing time "2024-01-01T00:00:00Zx": extra text: "x"'],
])('the time %s is refused', (text, error) => {
  expect(parseGoTime(text, 'time')).toEqual({ error });
});

test('every millisecond survives writing as MicroTime', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (ms) => void expect(parseTime(formatMicroTime(ms))).toBeCloseTo(ms, 3)));
});

test("base64 is Go's: padding is required, line breaks are not seen", () => {
  expect(['secret', 'QUI', 'QQ=', 'Q', '=QQ=', 'QQ==x', 'Q==='].map((text) => decodeBase64(text))).toEqual(
    [4, 0, 3, 0, 0, 4, 1].map((at) => ({ error: `illegal base64 data at input byte ${at}` })),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), fc.nat(40), (bytes, cut) => {
      const text = encodeBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(`${text.slice(0, cut)}\n${text.slice(cut)}`)).toEqual({ bytes });
    }),
  );
});

test('field selectors', () => {
  const read = (text: string) => {
    const parsed = parseFieldSelector(text);
    return 'error' in parsed ? parsed.error : formatFieldSelector(parsed.selector);
  };
  expect([read('status.phase!=Running,metadata.name==web'), read(''), read('a=x\\,y')]).toEqual(['metadata.name=web,status.phase!=Running', '', 'a=x\\,y']);
  expect(read('metadata.name')).toBe("invalid selector: 'metadata.name'; can't understand 'metadata.name'");
  expect(read('a=b=c')).toBe('invalid field selector: unescaped character in value: 61');
  expect(read('a=\\x')).toBe('invalid field selector: invalid escape sequence: \\x');
  const parsed = parseFieldSelector('metadata.name=web,status.phase!=Running');
  const fields: Record<string, string> = { 'metadata.name': 'web' };
  expect('selector' in parsed && matchesFields(parsed.selector, (field) => fields[field] ?? '')).toBe(true);
});

test("quoted text is Go's", () => {
  expect(['a"b\\', 'tab\t', '\u0000', 'é日😀', '\u00a0', '\u200b', '\u{e0001}'].map(quote)).toEqual([
    '"a\\"b\\\\"',
    '"tab\\t"',
    '"\\x00"',
    '"é日😀"',
    '"\\u00a0"',
    '"\\u200b"',
    '"\\U000e0001"',
  ]);
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(byteLength(text)).toBe(Buffer.byteLength(text))));
});

test('field errors read as the server writes them', () => {
  expect(fieldErrorText({ type: 'FieldValueInvalid', path: 'spec.replicas', badValue: -1, detail: 'must be greater than or equal to 0' })).toBe(
    'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  );
  expect(fieldErrorText({ type: 'FieldValueRequired', path: 'spec.selector', detail: '' })).toBe('spec.selector: Required value');
  expect(fieldErrorText({ type: 'FieldValueInvalid', path: 'a', badValue: { app: '<b>' }, detail: '' })).toBe('a: Invalid value: {"app":"\\u003cb\\u003e"}');
});
