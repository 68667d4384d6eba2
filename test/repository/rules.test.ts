// The rules that keep the rooms apart and the cluster deterministic bite: each test plants a violation in a copy and sees it caught.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const top = resolve(import.meta.dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'rules-'));
  for (const part of ['server/src', 'client/src', 'tsconfig.base.json', '.oxlintrc.json', 'package.json'])
    cpSync(join(top, part), join(copy, part), { recursive: true });
  symlinkSync(join(top, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What a tool says about one planted file. */
function check(tool: 'lint' | 'types', path: string, code: string): string {
  const file = join(copy, path);
  writeFileSync(file, code);
  const bin = join(top, 'node_modules/.bin', tool === 'lint' ? 'oxlint' : 'tsc');
  const args = tool === 'lint' ? [path] : ['-p', path.split('/').slice(0, 3).join('/')];
  const { stdout, stderr, status } = spawnSync(bin, args, { cwd: copy, encoding: 'utf8' });
  rmSync(file);
  expect(status).not.toBe(0);
  return stdout + stderr;
}

test.each([
  ['kube', 'cluster/cluster.ts'],
  ['schema', 'validation/rules.ts'],
  ['validation', 'cluster/cluster.ts'],
  ['language', 'cluster/cluster.ts'],
  ['cluster', 'kubectl/kubectl.ts'],
  ['kubectl', 'cli/drydock.ts'],
])('[R1] %s may not import %s', (room, target) => {
  expect(check('lint', `server/src/${room}/planted.ts`, `export * from '../${target}';\n`)).toContain('Imports point up the list of rooms');
});

test('[R1] the client may import nothing of the server but its protocol', () => {
  expect(check('lint', 'client/src/planted.ts', `export * from '../../server/src/cluster/cluster.ts';\n`)).toContain('by its protocol alone');
});

test('[R2] the compiler rejects an import from a room that is not referenced', () => {
  expect(check('types', 'server/src/kube/planted.ts', `export { Store } from '../cluster/store/store.ts';\n`)).toContain('TS6307');
});

test.each(['kube', 'schema', 'manifest', 'validation', 'language', 'cluster', 'kubectl'])('[R3] %s is free of Node', (room) => {
  const output = check(
    'types',
    `server/src/${room}/planted.ts`,
    `import { readFileSync } from 'node:fs';\nexport const planted = [readFileSync, process.env];\n`,
  );
  expect(output).toContain(`'node:fs'`);
  expect(output).toContain(`'process'`);
});

test.each([
  ['the wall clock', 'Date.now()'],
  ['the wall clock', 'new Date()'],
  ['the wall clock', 'performance.now()'],
  ['host timers', 'setTimeout(() => {}, 1)'],
  ['host timers', 'setInterval(() => {}, 1)'],
  ['host randomness', 'Math.random()'],
  ['host randomness', 'crypto.randomUUID()'],
  ['a way around', 'globalThis.Date'],
])('[R4] the cluster may not use %s: %s', (_what, code) => {
  expect(check('lint', 'server/src/cluster/planted.ts', `export const planted = ${code};\n`)).toMatch(/no-restricted-(globals|properties)/);
});
