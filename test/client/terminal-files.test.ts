// What a terminal finds on disk. The kubectl that is written is run, so that quoting is tried and not read.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasProgram, withFolder, writeAccess, writeKubectl } from '../../client/src/terminal/terminal-files.ts';

// A blank and a quote, as a person's home folder may have them.
const folder = mkdtempSync(join(tmpdir(), "it's a terminal-"));
afterAll(() => rmSync(folder, { recursive: true }));

test('only its owner may read the kubeconfig, also where another one stood; it goes with the window', () => {
  const place = join(folder, 'storage');
  const first = writeAccess(place, 'one');
  chmodSync(first.file, 0o644);
  const { file, remove } = writeAccess(place, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  remove();
  expect(existsSync(file)).toBe(false);
});

test('kubectl is found on the PATH when it can be run, and only then', () => {
  const bin = join(folder, 'tools');
  mkdirSync(bin);
  writeFileSync(join(bin, 'kubectl'), '');
  expect(hasProgram('kubectl', { PATH: `/nowhere:${bin}` }, 'linux')).toBe(false);
  chmodSync(join(bin, 'kubectl'), 0o755);
  expect(hasProgram('kubectl', { PATH: `/nowhere:${bin}` }, 'linux')).toBe(true);
  expect(hasProgram('kubectl', {}, 'linux')).toBe(false);
});

test('the kubectl that is written passes its arguments on as they are', () => {
  const script = join(folder, 'echo.cjs');
  writeFileSync(script, 'console.log(JSON.stringify([process.env.ELECTRON_RUN_AS_NODE, ...process.argv.slice(2)]))');
  const bin = writeKubectl(folder, script, 'linux');
  const { stdout } = spawnSync(join(bin, 'kubectl'), ['get', "it's", 'a b', '$HOME'], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual(['1', 'get', "it's", 'a b', '$HOME']);
});

test('on Windows it is a command file', () => {
  const bin = writeKubectl(folder, String.raw`C:\drydock\kubectl.js`, 'win32', String.raw`C:\Program Files\code.exe`);
  expect(readFileSync(join(bin, 'kubectl.cmd'), 'utf8')).toContain(String.raw`"C:\Program Files\code.exe" "C:\drydock\kubectl.js" %*`);
});

test('the folder comes first on the PATH, whatever that is called', () => {
  expect(withFolder('/tools', { Path: '/a:/b' })).toEqual({ Path: '/tools:/a:/b' });
  expect(withFolder('/tools', {})).toEqual({ PATH: '/tools' });
});
