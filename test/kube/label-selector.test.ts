import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatLabelSelector, formatSelector, matches, selectorOf } from '../../server/src/kube/label-selector.ts';
import { parseSelector } from '../../server/src/kube/label-selector-text.ts';

function checkMatches(text: string, labels: Record<string, string>, expected: boolean) {
  const parsed = parseSelector(text);
  expect('selector' in parsed && matches(parsed.selector, labels)).toBe(expected);
}

test.each([
  ['app=web', { app: 'web' }, true],
  ['app==web', { app: 'api' }, false],
  ['app=', { app: '' }, true],
  ['app=', {}, false],
  ['app!=web', { app: 'api' }, true],
  ['app!=web', {}, true],
  ['app in (web, api)', { app: 'api' }, true],
  ['app notin (web)', {}, true],
  ['app', { app: '' }, true],
  ['!app', { app: 'web' }, false],
  ['weight>3', { weight: '4' }, true],
  ['weight>3', { weight: '3' }, false],
  ['weight<3', { weight: 'x' }, false],
  ['', { app: 'web' }, true],
  ['in in (in,notin)', { in: 'notin' }, true],
  ['app in ()', { app: '' }, true],
  ['app=web,!old', { app: 'web', old: '' }, false],
  ['constructor', {}, false],
])('%s on %j: %s', checkMatches);

test.each([
  ['app=web , tier in (b,a)', 'app=web,tier in (a,b)'],
  ['b,a', 'a,b'],
  ['x in (,b,)', 'x in (,b)'],
  ['x in (,b)', 'x in (,b)'],
  ['x in (b,,c)', 'x in (,b,c)'],
  ['!a', '!a'],
  ['a>1', 'a>1'],
])('%s prints as %s', (text, printed) => {
  const parsed = parseSelector(text);
  expect('selector' in parsed && formatSelector(parsed.selector)).toBe(printed);
});

test.each([
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a=b,', "found '', expected: identifier after ','"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a in', "unable to parse requirement: found '' expected: '('"],
  ['a===b', "unable to parse requirement: found '=', expected: identifier"],
  ['=a', "found '=', expected: !, identifier, or 'end of string'"],
  ['a>x', "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  [
    '-a',
    "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  ],
])('%s is refused', (text, error) => {
  expect(parseSelector(text)).toEqual({ error });
});

test('objects: none matches nothing, an empty one everything', () => {
  const of = (object: Parameters<typeof selectorOf>[0], labels = {}) => {
    const read = selectorOf(object);
    return 'error' in read ? read.error : matches(read.selector, labels);
  };
  expect([of(undefined), of({}), of({ matchLabels: { app: 'web' } }, { app: 'web' })]).toEqual([false, true, true]);
  expect(
    of(
      {
        matchExpressions: [
          { key: 'a', operator: 'NotIn', values: ['b'] },
          { key: 'c', operator: 'Exists' },
        ],
      },
      { c: '' },
    ),
  ).toBe(true);
  expect(of({ matchExpressions: [{ key: 'a', operator: 'Like' }] })).toBe('"Like" is not a valid label selector operator');
  expect(of({ matchExpressions: [{ key: 'a', operator: 'In' }] })).toBe("values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty");
});

test('objects print as kubectl shows them', () => {
  expect(
    formatLabelSelector({
      matchLabels: { b: '2', a: '1' },
      matchExpressions: [
        { key: 'c', operator: 'In', values: ['y', 'x'] },
        { key: 'd', operator: 'DoesNotExist' },
      ],
    }),
  ).toBe('a=1,b=2,c in (x,y),!d');
  expect([formatLabelSelector({}), formatLabelSelector(undefined), formatLabelSelector({ matchExpressions: [{ key: 'a', operator: 'In' }] })]).toEqual([
    '<none>',
    '<none>',
    '<error>',
  ]);
});

const word = fc.stringMatching(/^[a-z]([-a-z0-9]{0,5}[a-z0-9])?$/);

test('what is printed reads back as the same selector', () => {
  const expressions = fc.oneof(
    fc.record({ key: word, operator: fc.constantFrom('In', 'NotIn'), values: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }) }),
    fc.record({ key: word, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  );
  fc.assert(
    fc.property(
      fc.dictionary(word, word, { maxKeys: 4 }),
      fc.array(expressions, { maxLength: 3 }),
      fc.dictionary(word, word),
      (matchLabels, matchExpressions, labels) => {
        const read = selectorOf({ matchLabels, matchExpressions });
        const again = parseSelector('selector' in read ? formatSelector(read.selector) : '');
        if (!('selector' in read && 'selector' in again)) throw new Error('not read');
        expect(formatSelector(again.selector)).toBe(formatSelector(read.selector));
        expect(matches(again.selector, labels)).toBe(matches(read.selector, labels));
        expect(matches(read.selector, labels)).toBe(
          Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matches(again.selector, labels),
        );
      },
    ),
  );
});

test('any text is read or refused, quickly', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab(),!=<> in\u0000é'.split('')), maxLength: 40 }), (text) => void parseSelector(text)));
});
