import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LanguageService } from '../../server/src/language/language.ts';
import { checkDiagnostics, completionsOf, hoverText, open, symbolsOf, uri } from './check.ts';

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: crontabs.stable.example.com }
spec:
  group: stable.example.com
  scope: Namespaced
  names: { plural: crontabs, kind: CronTab }
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        description: Runs something now and then.
        properties:
          spec:
            type: object
            required: [cronSpec]
            x-kubernetes-validations:
            - { rule: "!has(self.replicas) || self.replicas <= self.most", message: no more replicas than most }
            properties:
              cronSpec: { type: string, description: When it runs., pattern: '^(\\S+ ){4}\\S+$' }
              replicas: { type: integer, minimum: 1, maximum: 10 }
              most: { type: integer, default: 5 }
              when: { type: string, enum: [always, never, "on"], default: always }
              steps:
                type: array
                items: { type: object, required: [name], properties: { name: { type: string, description: What it is called. }, env: { type: object, additionalProperties: { type: string } } } }
`;

const resource = (spec: string, head = '') => `apiVersion: stable.example.com/v1
kind: CronTab
metadata: { name: x${head} }
spec:
${spec}`;

describe('a resource beside its definition', () => {
  test('[C1] what the schema says is said at its place, in the words of the server', () =>
    checkDiagnostics(`
${definition}---
apiVersion: stable.example.com/v1
kind: CronTab
metadata:
  name: x
  label: {}
# ^^^^^ error(unknown-field): strict decoding error: unknown field "metadata.label"
spec:
  cronSpec: now
  #         ^^^ error(invalid): spec.cronSpec: Invalid value: "now": spec.cronSpec in body should match '^(\\S+ ){4}\\S+$'
  replicas: 11
  #         ^^ error(invalid): spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10
  cronspec: x
# ^^^^^^^^ error(unknown-field): strict decoding error: unknown field "spec.cronspec"
  when: seldom
  #     ^^^^^^ error(not-supported): spec.when: Unsupported value: "seldom": supported values: "always", "never", "on"
  steps:
  - env: { A: 1 }
  # ^^^ error(required): spec.steps[0].name: Required value
  #           ^ error(type): spec.steps[0].env.A: Invalid value: "integer": spec.steps[0].env.A in body must be of type string: "integer"
`));

  test('[C2] its rules are asked, with its defaults', () =>
    checkDiagnostics(`
${definition}---
apiVersion: stable.example.com/v1
kind: CronTab
metadata: { name: x }
spec:
#<^^^^ error(invalid): spec: Invalid value: no more replicas than most
  cronSpec: "* * * * *"
  replicas: 6
`));

  test('[C3] the order of the documents does not matter', () => {
    expect(open(`${resource('  replicas: 1\n')}---\n${definition}`).diagnose(uri)).toMatchObject([
      { code: 'required', message: 'spec.cronSpec: Required value', range: { start: { line: 3 } } },
    ]);
  });

  test('[C4] unknown fields are explained', () => {
    const [one] = open(`${definition}---\n${resource('  cronSpec: "* * * * *"\n  replica: 1\n')}`).diagnose(uri);
    expect(one).toMatchObject({ explanation: 'spec (map) has no field "replica". Did you mean "replicas"?', replacements: [{ text: 'replicas' }] });
  });

  test('[C5] hover tells the description, type, default and limits', async () => {
    const at = (text: string) => hoverText(`${definition}---\n${text}`);
    expect(await at(resource('  cron$0Spec: "* * * * *"\n'))).toBe('**cronSpec** · text · required\n\nWhen it runs.\n\nMatches: `^(\\S+ ){4}\\S+$`');
    expect(await at(resource('  cronSpec: "* * * * *"\n  repli$0cas: 1\n'))).toBe('**replicas** · whole number\n\nTakes at least 1, at most 10');
    expect(await at(resource('  cronSpec: "* * * * *"\n  wh$0en: never\n'))).toContain('Default: `always`\n\nOne of: `always`, `never`, `on`');
    expect(await at(resource('  cronSpec: "* * * * *"\n  steps:\n  - na$0me: a\n'))).toContain('What it is called.');
    expect(await at(resource('  cronSpec: "* * * * *"\n').replace('CronTab', 'Cron$0Tab'))).toBe(
      '**CronTab** · stable.example.com/v1\n\nRuns something now and then.',
    );
    expect(await at(resource('  cronSpec: "* * * * *"\n').replace('metadata: { name', 'metadata: { na$0me'))).toContain(
      'Name must be unique within a namespace',
    );
  });

  test('[C6] completion knows kinds, versions, keys and values', () => {
    const labels = (text: string) => completionsOf(`${definition}---\n${text}`).map(({ label }) => label);
    expect(labels(resource('  re$0\n'))).toEqual(['cronSpec', 'most', 'replicas', 'steps', 'when']);
    expect(labels(resource('  when: $0\n'))).toEqual(['always', 'never', '"on"']);
    expect(labels(resource('  steps:\n  - na$0\n'))).toEqual(['name', 'env']);
    expect(labels('apiVersion: stable.example.com/v1\nkind: $0\n')).toEqual(['CronTab']);
    expect(labels('apiVersion: $0\nkind: CronTab\n')).toEqual(['stable.example.com/v1']);
  });

  test('[C7] symbols, objects and doubles', () => {
    const text = `${definition}---\n${resource('  cronSpec: "* * * * *"\n')}`;
    expect(symbolsOf(text).map(({ name }) => name)).toEqual(['CustomResourceDefinition crontabs.stable.example.com', 'CronTab x']);
    expect(
      open(text)
        .objects(uri)
        .map(({ isApplicable, info }) => [isApplicable, info?.resource]),
    ).toEqual([
      [true, 'customresourcedefinitions'],
      [true, 'crontabs'],
    ]);
    expect(open(`${text}---\n${resource('  cronSpec: "* * * * *"\n')}`).diagnose(uri)).toMatchObject([{ code: 'duplicate-object' }]);
  });

  test('[C8] a List holds both', () => {
    const item = (text: string) => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;
    const service = new LanguageService();
    service.open(uri, `apiVersion: v1\nkind: List\nitems:\n${item(definition)}${item(resource('  replicas: 1'))}`);
    for (let tries = 0; !service.prepare(uri, () => false); tries++) expect(tries).toBeLessThan(3);
    expect(service.diagnose(uri)[0]).toMatchObject({ message: 'spec.cronSpec: Required value' });
  });
});

describe('a resource without its definition', () => {
  const messages = (service: LanguageService, file: string) => service.diagnose(file).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

  test('[C9] it is an information what to do, and it can be applied: the cluster may know it', () => {
    const service = open(resource('  replicas: 1\n'));
    expect(service.diagnose(uri)).toMatchObject([
      {
        severity: 'information',
        message: 'no matches for kind "CronTab" in version "stable.example.com/v1"',
        explanation: 'Open or save the file with the CustomResourceDefinition of CronTab: it then is checked here, and the cluster takes it.',
      },
    ]);
    expect(service.objects(uri)).toMatchObject([{ isApplicable: true, info: undefined }]);
    expect(open(resource('').replace(/metadata.*\n/, '')).objects(uri)).toMatchObject([{ isApplicable: false }]);
  });

  test('[C10] the definition in another open file counts, as it is now; who is outdated is told once', () => {
    const service = open(resource('  replicas: 1\n'));
    const other = 'file:///definition.yaml';
    service.open('file:///web.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n');
    for (const one of [uri, 'file:///web.yaml']) service.diagnose(one);
    service.open(other, definition);
    service.diagnose(other);
    expect(service.takeOutdated()).toEqual([uri]);
    expect(service.takeOutdated()).toEqual([]);
    expect(messages(service, uri)[0]).toBe('error required: spec.cronSpec: Required value');
    const line = definition.split('\n').findIndex((text) => text.includes('required: [cronSpec]'));
    service.change(other, [{ range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, text: '' }]);
    service.diagnose(other);
    expect(service.takeOutdated()).toEqual([uri]);
    expect(messages(service, uri)).toEqual([]);
    service.close(other);
    expect(service.takeOutdated()).toEqual([uri]);
    expect(messages(service, uri)[0]).toMatch('information foreign-kind');
  });

  test('[C11] a definition with errors counts for nothing; a nearly right kind or version is pointed out', () => {
    const broken = definition.replace('scope: Namespaced', 'scope: Everywhere');
    expect(open(`${broken}---\n${resource('')}`).diagnose(uri)).toMatchObject([{ code: 'not-supported' }, { code: 'foreign-kind', severity: 'information' }]);
    const near = (text: string) => open(`${definition}---\n${text}`).diagnose(uri);
    expect(near(resource('').replace('CronTab', 'CronTap'))).toMatchObject([{ severity: 'warning', replacements: [{ text: 'CronTab' }] }]);
    expect(near(resource('').replace('com/v1', 'com/v2'))).toMatchObject([
      { explanation: 'CronTab is served in stable.example.com/v1.', replacements: [{ text: 'stable.example.com/v1' }] },
    ]);
  });
});

test('[C14] what a definition brings is also suggested where it stands in another file', () => {
  const service = open(resource('').replace('CronTab', 'CronTap'));
  expect(service.diagnose(uri)).toMatchObject([{ severity: 'information' }]);
  service.open('file:///definition.yaml', definition);
  service.diagnose('file:///definition.yaml');
  expect(service.diagnose(uri)).toMatchObject([{ severity: 'warning', explanation: 'Did you mean "CronTab"?' }]);
});

test('[C12] a keystroke checks one document; the definitions are read again only when one of them changes', () => {
  const many = Array.from({ length: 2_000 }, (_, i) => resource('  cronSpec: "* * * * *"\n', String(i))).join('---\n');
  const service = open(`${definition}---\n${many}`);
  const objects = service.objects(uri);
  expect(objects).toHaveLength(2_001);
  const line = objects[1_000]!.range.start.line + 4;
  service.change(uri, [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: '  most: 1\n' }]);
  const started = performance.now();
  service.diagnose(uri);
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(service.objects(uri)[2_000]!.info).toBe(objects[2_000]!.info);
});

test('[C13] the sample has no mistakes, and the ones that it proposes are found', () => {
  const sample = readFileSync('client/samples/cron-tab.yaml', 'utf8');
  expect(open(sample).diagnose(uri)).toEqual([]);
  expect(open(sample.replace('replicas: 2', 'replicas: 11')).diagnose(uri)).toMatchObject([{ code: 'invalid' }]);
  expect(open(sample.replace('  image: my', '  imgae: my')).diagnose(uri)).toMatchObject([{ code: 'required' }, { code: 'unknown-field' }]);
});
