// The grammars are well formed, and their rules match what they are for. Oniguruma and JavaScript agree on every construct used here.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Rule {
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly patterns?: readonly Rule[];
  readonly captures?: Readonly<Record<string, { readonly name?: string; readonly patterns?: readonly Rule[] }>>;
}

interface Grammar extends Rule {
  readonly scopeName: string;
  readonly repository: Readonly<Record<string, Rule>>;
}

const read = (name: string): Grammar => JSON.parse(readFileSync(new URL(`../../syntaxes/${name}.tmLanguage.json`, import.meta.url), 'utf8')) as Grammar;
const scenario = read('scenario');
const kubernetes = read('kubernetes-yaml');

function rulesOf(rule: Rule): readonly Rule[] {
  const inside = [...(rule.patterns ?? []), ...Object.values(rule.captures ?? {}).flatMap(({ patterns }) => patterns ?? [])];
  return [rule, ...inside.flatMap(rulesOf)];
}

/** The scopes that a grammar gives to parts of a line: its first rule that matches decides, as in an editor. */
function checkScopes(grammar: Grammar, names: readonly string[], line: string, scopes: Readonly<Record<string, string>>): void {
  const found: Record<string, string> = {};
  for (const rule of names.flatMap((name) => rulesOf(grammar.repository[name] ?? {}))) {
    const match = rule.match === undefined ? null : new RegExp(rule.match, 'd').exec(line);
    if (!match) continue;
    for (const [index, { name }] of Object.entries(rule.captures ?? {}))
      if (name !== undefined && match[Number(index)]) found[match[Number(index)] as string] = name;
    break;
  }
  expect(found).toMatchObject(scopes);
}

test.each([scenario, kubernetes])('$scopeName: every regular expression compiles and every include exists', (grammar) => {
  const rules = [grammar, ...Object.values(grammar.repository)].flatMap(rulesOf);
  for (const { match, begin, end, include } of rules) {
    for (const source of [match, begin, end]) if (source !== undefined) expect(() => new RegExp(source)).not.toThrow();
    if (include?.startsWith('#')) expect(Object.keys(grammar.repository)).toContain(include.slice(1));
  }
});

const words = (kubernetes.patterns ?? []).map(({ include }) => (include ?? '').slice(1));

test.each([
  ['  cpu: 100m', { '100': 'constant.numeric.quantity.kubernetes', m: 'keyword.other.unit.kubernetes' }],
  ['  requests: { cpu: "1", memory: 128Mi }', { '1': 'constant.numeric.quantity.kubernetes' }],
  ['  maxSurge: 25%', { '25': 'constant.numeric.percentage.kubernetes', '%': 'keyword.other.unit.kubernetes' }],
  ['apiVersion: apps/v1', { 'apps/': 'entity.name.namespace.group.kubernetes', v1: 'constant.numeric.version.kubernetes' }],
  ['kind: Deployment', { Deployment: 'entity.name.type.kind.kubernetes' }],
  [
    '  - image: registry.example.com:5000/team/app:1.2.3',
    { 'registry.example.com:5000/team/app': 'string.unquoted.image.kubernetes', '1.2.3': 'constant.other.tag.kubernetes' },
  ],
  ["image: 'nginx:1.25'", { nginx: 'string.unquoted.image.kubernetes', '1.25': 'constant.other.tag.kubernetes' }],
  ['drydock.dev/ready-after: 1m30s', { 'drydock.dev/ready-after': 'support.type.property-name.drydock', '1m30s': 'constant.numeric.duration.drydock' }],
  ['"drydock.dev/fault": "crash"', { crash: 'constant.language.fault.drydock' }],
])('words: %s', (line, scopes) => checkScopes(kubernetes, words, line, scopes));

test.each(['note: 100m', 'mycpu: 100m', 'cpu: 100mm', 'kind: deployment', 'maxSurge: 25', 'drydock.dev/fault: unheard-of'])('no words: %s', (line) => {
  const rules = words.filter((name) => name !== 'annotation').flatMap((name) => rulesOf(kubernetes.repository[name] ?? {}));
  expect(rules.some(({ match }) => match !== undefined && new RegExp(match).test(line))).toBe(false);
});

test.each([
  ['$ kubectl get pods -o wide', { kubectl: 'entity.name.function.command.drydock-scenario', get: 'support.function.subcommand.drydock-scenario' }],
  ['$ settle 3s', { settle: 'keyword.control.clock.drydock-scenario', '3s': 'constant.numeric.duration.drydock-scenario' }],
  ['$ bounds app=web', { bounds: 'keyword.control.clock.drydock-scenario', ' app=web': 'string.unquoted.argument.drydock-scenario' }],
])('steps: %s', (line, scopes) => checkScopes(scenario, ['step'], line, scopes));

test('sections begin at their header', () => {
  const opens = (name: string, line: string) => new RegExp(scenario.repository[name]?.begin ?? '').test(line);
  expect([
    opens('run', '-- run --'),
    opens('run', '-- run.yaml --'),
    opens('yaml', '-- web.yaml --'),
    opens('json', '-- web.json --'),
    opens('file', '-- notes --'),
  ]).toEqual([true, false, true, true, true]);
});
