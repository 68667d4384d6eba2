import { expect, test } from 'vitest';
import { compile } from '../../../server/src/validation/cel/program.ts';
import { typeOfSchema, valueOf } from '../../../server/src/validation/cel/schema-types.ts';
import { valueText } from '../../../server/src/validation/cel/values.ts';
import type { Schema } from '../../../server/src/schema/custom/structural.ts';

const schema: Schema = {
  type: 'object',
  properties: {
    crew: { type: 'integer' },
    length: { type: 'number' },
    kind: { type: 'string' },
    namespace: { type: 'string' },
    anything: { 'x-kubernetes-preserve-unknown-fields': true },
    'home-port': { type: 'string' },
    tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    decks: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, beds: { type: 'integer' } } } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    port: { 'x-kubernetes-int-or-string': true },
    at: { type: 'string', format: 'date-time' },
    every: { type: 'string', format: 'duration' },
  },
};

const ship = {
  crew: 3,
  length: 12.5,
  kind: 'liner',
  namespace: 'harbour',
  'home-port': 'Kiel',
  tags: ['a', 'b'],
  decks: [
    { name: 'sun', beds: 4 },
    { name: 'main', beds: 12 },
  ],
  labels: { sea: 'north' },
  port: '80%',
  at: '2026-01-02T03:04:05Z',
  every: '1h30m',
};

const variables = new Map([['self', typeOfSchema(schema)]]);

function run(text: string): string {
  const program = compile(text, variables);
  if ('error' in program) return program.error;
  const result = program.run(new Map([['self', valueOf(ship, schema)]]), { left: 1_000_000 });
  return 'error' in result ? `! ${result.error}` : valueText(result.value);
}

test.each([
  ["self.kind != 'liner' || self.crew > 5", 'false'],
  ['self.crew * 2 + 1 - 10 / 3 % 2', '6'],
  ['self.length > 12', 'true'],
  ["self.home__dash__port.startsWith('K')", 'true'],
  ["self.tags == ['b', 'a']", 'true'],
  ["self.tags + ['b', 'c']", '[a, b, c]'],
  ["'a' in self.tags && !('z' in self.labels)", 'true'],
  ['self.decks.all(d, d.beds > 3)', 'true'],
  ['self.decks.exists_one(d, d.beds > 10)', 'true'],
  ['self.decks.map(d, d.beds).sum()', '16'],
  ["self.decks.filter(d, d.name != 'sun').map(d, d.name).join('-')", 'main'],
  ['self.decks.all(i, d, i < 2 && size(d.name) > 2)', 'true'],
  ['has(self.labels.sea) && !has(self.labels.lake)', 'true'],
  ["self.labels.?lake.orValue('none')", 'none'],
  ["self.labels[?'sea'].hasValue()", 'true'],
  ["type(self.port) == string ? 'text' : 'number'", 'text'],
  ["self.at < timestamp('2027-01-01T00:00:00Z')", 'true'],
  ["self.every > duration('1h')", 'true'],
  ["quantity('1.5Gi').isGreaterThan(quantity('1500Mi'))", 'true'],
  ["url('https://example.com:8080/a?b=c').getHost()", 'example.com:8080'],
  ["cidr('10.0.0.0/8').containsIP('10.9.8.7')", 'true'],
  ["ip('127.0.0.1').isLoopback()", 'true'],
  ["'%s has %d and %.1f'.format([self.kind, self.crew, self.length])", 'liner has 3 and 12.5'],
  ["'a1b22'.findAll('[0-9]+')", '[1, 22]'],
  ['[3, 1, 2].isSorted() || [1, 2].max() == 2', 'true'],
  ['optional.of(1).orValue(2) + [4, 5].max()', '6'],
  ["sets.contains(self.tags, ['a'])", 'true'],
  ['self.namespace + self.__namespace__', 'harbourharbour'],
  ['self.tags.transformList(i, v, i > 0, v)', '[b]'],
  ["self.labels.transformMap(k, v, size(v))['sea']", '5'],
  ['[1, 2].first().orValue(0) + [1, 2].last().orValue(0)', '3'],
  ["format.dns1123Label().validate('A').hasValue() && !format.dns1123Label().validate('a').hasValue()", 'true'],
  ["format.named('uuid').hasValue() && !format.named('zip').hasValue()", 'true'],
  ["semver('1.2.3-rc.2').isLessThan(semver('1.2.3-rc.10')) && semver('1.2.3-rc.10').isLessThan(semver('1.2.3'))", 'true'],
  ["semver('1.2.3').compareTo(semver('1.10.0'))", '-1'],
  ["isSemver('v1.0') || !isSemver('v1.0', true)", 'false'],
  ['1 / 0 == 1 || true', 'true'],
  ['1 / 0 == 1', '! division by zero'],
  ["self.labels['lake'] == ''", '! no such key: lake'],
  ['self.decks[7].beds > 1', '! index out of bounds: 7'],
  ['9223372036854775807 + 1 > 0', '! integer overflow'],
  ['-9223372036854775808 < 0', 'true'],
])('%s → %s', (text, expected) => {
  expect(run(text)).toContain(expected);
});

test.each([
  ['self.foo', "ERROR: <input>:1:5: undefined field 'foo'\n | self.foo\n | ....^"],
  ["self.crew == 'a'", "ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(int, string)'\n | self.crew == 'a'\n | ..........^"],
  ['other > 1', "ERROR: <input>:1:1: undeclared reference to 'other' (in container '')\n | other > 1\n | ^"],
  [
    'self.kind.startsWith(1)',
    "ERROR: <input>:1:21: found no matching overload for 'startsWith' applied to 'string.(int)'\n | self.kind.startsWith(1)\n | ....................^",
  ],
  // As the server says it, without the picture.
  ['self.kind && true', "1:5: expected type 'bool' but found 'string'"],
  ['self.decks.all(d, d.name)', "1:20: expected type 'bool' but found 'string'"],
  ['self.tags.exists_one(t, t)', "1:21: found no matching overload for '_?_:_' applied to '(string, int, int)'"],
  ["[1, 'a'].size() == 2", "1:5: expected type 'int' but found 'string'"],
  ["{'a': [1], 'b': ['c']}.size() == 1", "1:17: expected type 'list(int)' but found 'list(string)'"],
  ['self.kind == null', "1:11: found no matching overload for '_==_' applied to '(string, null)'"],
  ['self.tags.sum()', "1:14: found no matching overload for 'sum' applied to 'list(string).()'"],
  ["self.kind.matches('[')", '1:19: invalid matches argument'],
  ["timestamp('x') == self.at", '1:11: invalid timestamp argument'],
  ['self.anything == 1', "1:5: undefined field 'anything'"],
  ['has(self)', '1:5: invalid argument to has() macro'],
  ['self.', "1:6: Syntax error: no viable alternative at input '.'"],
  ['(self.kind', "1:11: Syntax error: missing ')' at '<EOF>'"],
  ['[1', "1:3: Syntax error: mismatched input '<EOF>' expecting {']', ','}"],
  ['[1 2', "1:4: Syntax error: mismatched input '2' expecting {']', ','}"],
  ['[1,', "1:4: Syntax error: missing ']' at '<EOF>'"],
  ['1.2.3.4', "1:4: Syntax error: mismatched input '.3' expecting <EOF>"],
  ['a.5', "1:2: Syntax error: extraneous input '.5' expecting <EOF>"],
  ['a:b', "1:2: Syntax error: mismatched input ':' expecting <EOF>"],
  ['../x', "1:2: Syntax error: no viable alternative at input '..'"],
  ['/abs', "1:1: Syntax error: extraneous input '/' expecting {'[', '{', '(', '.', '-', '!', 'true'"],
  ["duration('1s') > 1", "1:16: found no matching overload for '_>_' applied to '(duration, int)'"],
  ['self.`home-port`', "1:6: unsupported syntax: '`'"],
  ['math.abs(1) == 1', "1:1: undeclared reference to 'math' (in container '')"],
  ["'a'.reverse() == 'a'", "1:12: found no matching overload for 'reverse' applied to 'string.()'"],
])('%s does not compile', (text, expected) => {
  expect(run(text)).toContain(expected);
});

test('a rule that would run for ever is stopped', () => {
  const program = compile(
    'self.all(a, self.all(b, self.all(c, self.all(d, a + b + c + d >= 0))))',
    new Map([['self', typeOfSchema({ type: 'array', items: { type: 'integer' } })]]),
  );
  if ('error' in program) throw new Error(program.error);
  const numbers = Array.from({ length: 1_000 }, (_, i) => i);
  expect(program.run(new Map([['self', valueOf(numbers)]]), { left: 10_000_000 })).toEqual({ error: 'operation cancelled: actual cost limit exceeded' });
});
