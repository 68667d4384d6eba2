import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../server/src/cli/serve.ts';
import { run } from './command-line.ts';
import { buildProgram, ServedProgram } from './program.ts';

test.each([
  [['--profile', 'minikube'], 'serve needs --kubeconfig FILE: where to write how the cluster is reached'],
  [['--kubeconfig', 'config', '--profile', 'kind'], '--profile takes plain or minikube, not "kind"'],
  [['--kubeconfig', 'config', '--speed', '0'], '--speed takes a number above 0 and up to 1000000, or max, not "0"'],
])('serve %j says what is wrong', async (args, message) => {
  expect(await run(serve, ...args)).toEqual({ stdout: '', stderr: `drydock: ${message}\n`, code: 2 });
});

const folder = mkdtempSync(join(tmpdir(), 'drydock-serve-'));
let program: string;

beforeAll(async () => void (program = await buildProgram('main.ts', join(folder, 'drydock.mjs'))), 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const start = (env: NodeJS.ProcessEnv = {}) => ServedProgram.start(program, join(folder, 'config'), [], env);

test('an unexpected error ends it with a line that says so', async () => {
  const thrown = "import 'node:http'; process.on('SIGUSR2', () => { throw new Error('out of cheese'); });";
  const served = await start({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(thrown)}` });
  expect(await served.stop('SIGUSR2')).toMatchObject({ code: 3, stderr: 'drydock: unexpected error: out of cheese\n' });
}, 60_000);

test('it goes on when nobody reads what it prints', async () => {
  const served = await start();
  served.child.stdout!.destroy();
  served.child.stderr!.destroy();
  expect((await served.ask('GET', '/version')).major).toBe('1');
  expect(await served.stop()).toMatchObject({ code: 0 });
}, 60_000);
