// The built-in kubectl as a program of its own, against a server: what people get in a terminal.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeKubeconfig } from '../../server/src/apiserver/kubeconfig.ts';
import { serve, type Served } from '../apiserver/support/served.ts';

let served: Served;
let program: string;

beforeAll(async () => {
  served = await serve();
  program = join(served.folder, 'kubectl.mjs');
  const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const entry = join(import.meta.dirname, '../../server/src/cli/kubectl/main.ts');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', target: 'node20', banner: { js: require }, outfile: program });
}, 60_000);

afterAll(() => served.stop());

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, { stdin = '', config = 'config', endAfterMs = 0 } = {}): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...command.split(' ')], { cwd: served.folder, env: { KUBECONFIG: join(served.folder, config) } });
  const said = { stdout: '', stderr: '' };
  for (const way of ['stdout', 'stderr'] as const) child[way].setEncoding('utf8').on('data', (text: string) => (said[way] += text));
  child.stdin.end(stdin);
  if (endAfterMs > 0) setTimeout(() => child.kill('SIGINT'), endAfterMs);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

const configMap = (value: string, unknown = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: "${value}"}\n${unknown}`;

test('a Deployment is created, waited for, listed and deleted', async () => {
  expect(await run('create deployment web --image=nginx --replicas=2')).toEqual({ code: 0, stdout: 'deployment.apps/web created\n', stderr: '' });
  expect((await run('rollout status deployment web')).stdout).toMatch(/deployment "web" successfully rolled out\n$/);
  expect((await run('get pods -l app=web -o name')).stdout).toMatch(/^pod\/web-[a-z0-9]+-[a-z0-9]{5}\npod\/web-[a-z0-9]+-[a-z0-9]{5}\n$/);
  expect((await run('delete deployment web')).stdout).toBe('deployment.apps "web" deleted from default namespace\n');
});

test('what is created comes from standard input, changes by a patch, and is refused in the words of the server', async () => {
  expect((await run('apply -f -', { stdin: configMap('1') })).stdout).toBe('configmap/settings created\n');
  expect((await run('apply -f -', { stdin: configMap('2') })).stdout).toBe('configmap/settings configured\n');
  expect((await run('get configmap settings -o jsonpath={.data.a}')).stdout).toBe('2');
  const { code, stderr } = await run('apply -f -', { stdin: configMap('3', 'extra: 1\n') });
  expect({ code, isTold: stderr.includes('unknown field "extra"') }).toEqual({ code: 1, isTold: true });
});

test('a watch prints what happens until it is ended', async () => {
  const watching = run('get configmaps -w --no-headers', { endAfterMs: 4_000 });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await run('create configmap seen');
  expect((await watching).stdout).toMatch(/^seen /m);
});

test('a missing kubeconfig and a server that is gone are said in one line', async () => {
  const missing = await run('get pods', { config: 'nothing' });
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toMatch(/^error: .*nothing does not say how to reach a cluster: .*\n$/);
  await writeKubeconfig(join(served.folder, 'gone'), { ...served.server.access, server: 'https://127.0.0.1:1' });
  expect(await run('get pods', { config: 'gone' })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n',
  });
});
