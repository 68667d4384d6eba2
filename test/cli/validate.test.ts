import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../server/src/cli/validate.ts';
import { boat, boats, deployment, folderWith, run } from './command-line.ts';

test('a file without mistakes', async () => {
  const folder = folderWith({ 'good.yaml': deployment('web') });
  expect(await run(validate, join(folder, 'good.yaml'))).toEqual({ stdout: '1 file: 0 errors, 0 warnings\n', stderr: '', code: 0 });
});

test('mistakes have a place, a code and the text of the API server', async () => {
  const bad = deployment('web').replace('replicas: 2', 'replicas: two').replace('kind: Deployment', 'kind: Deployment # really');
  const folder = folderWith({ 'bad.yaml': bad, 'good.yaml': deployment('web') });
  const path = join(folder, 'bad.yaml');
  const { stdout, code } = await run(validate, join(folder, 'good.yaml'), path);
  expect(code).toBe(1);
  const [first] = stdout.split('\n');
  expect(first).toMatch(`${path}:6:13: error `);
  expect(first).toContain('json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32');
  expect(stdout).toMatch(/\n2 files: 1 error, 0 warnings\n$/);
});

test('warnings alone are no failure', async () => {
  const folder = folderWith({ 'w.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndatum: {}\n' });
  const { stdout, code } = await run(validate, join(folder, 'w.yaml'), '-o', 'json');
  const [{ file, diagnostics }] = JSON.parse(stdout);
  expect(file).toBe(join(folder, 'w.yaml'));
  expect(diagnostics.map(({ severity, range }: { severity: string; range: unknown }) => [severity, range])).toEqual([
    ['error', { start: { line: 3, character: 0 }, end: { line: 3, character: 5 } }],
  ]);
  expect(code).toBe(1);
});

test('a definition in one file counts for the others, in whatever order they are named', async () => {
  const folder = folderWith({ 'boat.yaml': boat('a', 9), 'boats.yaml': boats });
  const { stdout, code } = await run(validate, join(folder, 'boat.yaml'), join(folder, 'boats.yaml'));
  expect(stdout).toContain('boat.yaml:4:15: error invalid: spec.size: Invalid value: 9: spec.size in body should be less than or equal to 3');
  expect(code).toBe(1);
  const alone = await run(validate, join(folder, 'boat.yaml'));
  expect(alone.stdout).toContain('boat.yaml:2:7: information foreign-kind: no matches for kind "Boat" in version "sea.example.com/v1"');
  expect(alone.code).toBe(0);
});

test.each<[string[], string]>([
  [[], 'validate needs at least one FILE'],
  [['a.yaml', '-o', 'yaml'], '--output takes "json", not "yaml"'],
  [['/does/not/exist.yaml'], '/does/not/exist.yaml: there is no such file'],
])('%j is a mistake', async (args, message) => {
  expect(await run(validate, ...args)).toEqual({ stdout: '', stderr: `drydock: ${message}\n`, code: 2 });
});
