import { expect, test } from 'vitest';
import { compileGoRegexp } from '../../server/src/kube/go-regexp.ts';

function checkMatch(pattern: string, text: string, expected: boolean): void {
  const compiled = compileGoRegexp(pattern);
  if ('error' in compiled) throw new Error(compiled.error);
  expect(compiled.test(text)).toBe(expected);
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
  ['a**', 'invalid nested repetition operator: `**`'],
  ['a{2000}', 'invalid repeat count: `{2000}`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
  ['a{1000}'.repeat(11), `expression too large: \`${'a{1000}'.repeat(11)}\``],
])('%s is no expression', (pattern, message) => {
  expect(compileGoRegexp(pattern)).toEqual({ error: `error parsing regexp: ${message}` });
});

test('matches are found as Go finds them: none that is empty right behind another', () => {
  const compiled = compileGoRegexp('a*');
  if ('error' in compiled) throw new Error(compiled.error);
  expect(compiled.find('baaac')).toBe('');
  expect(compiled.findAll('baaac', -1)).toEqual(['', 'aaa', '']);
  expect(compiled.findAll('baaac', 2)).toEqual(['', 'aaa']);
  expect(compiled.findAll('baaac', 0)).toEqual([]);
});

test('matches are replaced, with their groups', () => {
  const compiled = compileGoRegexp('(b)(c)?');
  if ('error' in compiled) throw new Error(compiled.error);
  const show = (groups: readonly (string | undefined)[]) => `<${groups.map((group) => group ?? '-').join(',')}>`;
  expect(compiled.replace('a😀bcxb', show, -1)).toBe('a😀<bc,b,c>x<b,b,->');
  expect(compiled.replace('a😀bcxb', show, 1)).toBe('a😀<bc,b,c>xb');
  expect(compiled.replace('q', show, -1)).toBe('q');
});

test.each(['^(a+)+$', '(a*)*b', '(a|a)*b', '(.*)(.*)(.*)(.*)(.*)[0-9]'])('%s ends in time on a text that would never end otherwise', (pattern) => {
  const started = performance.now();
  checkMatch(pattern, `${'a'.repeat(20_000)}!`, false);
  expect(performance.now() - started).toBeLessThan(5_000);
});
