import { expect, test } from 'vitest';
import { compileGoRegexp } from '../../server/src/kube/go-regexp.ts';

function checkMatch(pattern: string, text: string, expected: boolean): void {
  const compiled = compileGoRegexp(pattern);
  if ('error' in compiled) throw new Error(compiled.error);
  expect(compiled.expression.test(text)).toBe(expected);
}

test.each([
  ['^[a-z]+$', 'abc', true],
  ['^[a-z]+$', 'aBc', false],
  ['(?i)^abc$', 'ABC', true],
  ['^[[:alpha:]_]+$', 'a_B', true],
  ['^[[:digit:]]+$', 'a', false],
  [String.raw`\Aab\z`, 'ab', true],
  ['(?P<year>[0-9]{4})', 'in 2026', true],
  [String.raw`^\d+\/\w+$`, '1/a', true],
  [String.raw`^a\-b\:c$`, 'a-b:c', true],
  [String.raw`^\p{Lu}$`, 'Ä', true],
])('%s matches %s: %s', (pattern, text, expected) => checkMatch(pattern, text, expected));

test.each([
  ['(a', 'missing closing ): `(a`'],
  ['a)', 'unexpected ): `a)`'],
  ['[a', 'missing closing ]: `[a`'],
  ['*a', 'missing argument to repetition operator: `*`'],
  ['a(?=b)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
])('%s is no expression', (pattern, message) => {
  expect(compileGoRegexp(pattern)).toEqual({ error: `error parsing regexp: ${message}` });
});
