// The built-in kubectl as a program of its own, against a server: what people get in a terminal.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeKubeconfig } from '../../server/src/apiserver/kubeconfig.ts';
import { serve, type Served } from '../apiserver/support/served.ts';
import { buildProgram } from './program.ts';

let served: Served;
let program: string;

beforeAll(async () => {
  served = await serve();
  program = await buildProgram('kubectl/main.ts', join(served.folder, 'kubectl.mjs'));
}, 60_000);

afterAll(() => served.stop());

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Words are parted by blanks; what stands in single quotes is one word. */
const wordsOf = (command: string) => Array.from(command.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);

function run(command: string, { stdin = '', config = 'config', endAfterMs = 0, editor = '' } = {}): Promise<Ran> {
  const env = { PATH: process.env['PATH'], KUBECONFIG: join(served.folder, config), KUBE_EDITOR: editor };
  const child = spawn(process.execPath, [program, ...wordsOf(command)], { cwd: served.folder, env });
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

/** A pod whose container says a number every second. */
const counting = "run counter --image=busybox -- sh -c 'i=0; while :; do i=$((i+1)); echo line $i; sleep 1; done'";

test('logs are read, and followed while the container writes', async () => {
  await run(counting);
  expect((await run('wait --for=condition=Ready pod/counter')).code).toBe(0);
  const { stdout } = await run('logs -f counter', { endAfterMs: 5_000 });
  expect(stdout).toMatch(/^line 1\nline 2\n(?:line \d+\n)*$/);
  expect(stdout.split('\n').length).toBeGreaterThan(3);
  expect((await run('logs counter --tail=1')).stdout).toMatch(/^line \d+\n$/);
  expect(await run('logs nobody')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: error from server (NotFound): pods "nobody" not found in namespace "default"\n',
  });
  expect((await run('logs counter -c nothing')).stderr).toBe('error: container nothing is not valid for pod counter out of: counter\n');
}, 30_000);

test('exec: what goes in, what comes out, how it ends', async () => {
  await run('run box --image=busybox -- sleep 1000');
  expect((await run('wait --for=condition=Ready pod/box')).code).toBe(0);
  expect(await run("exec box -- sh -c 'echo out; echo err >&2; exit 7'")).toEqual({
    code: 7,
    stdout: 'out\n',
    stderr: 'err\ncommand terminated with exit code 7\n',
  });
  expect(await run('exec -i box -- cat', { stdin: 'über\n'.repeat(20_000) })).toEqual({ code: 0, stdout: 'über\n'.repeat(20_000), stderr: '' });
  expect((await run('exec box -- nothing')).stderr).toMatch(/^error: Internal error occurred: .*"nothing": executable file not found in \$PATH: unknown\n$/);
  expect((await run('exec box -c nothing -- ls')).stderr).toBe('error: container nothing is not valid for pod box out of: box\n');
}, 30_000);

test('--as counts for logs, commands and ports too', async () => {
  await run('run shared --image=nginx --port=80');
  expect((await run('wait --for=condition=Ready pod/shared')).code).toBe(0);
  await run('create role reader --verb=get,list,watch --resource=pods');
  await run('create rolebinding reader --role=reader --user=alice');
  // A WebSocket begins with a GET.
  const refused = (verb: string, what: string) => ({
    code: 1,
    stdout: '',
    stderr: `Error from server (Forbidden): pods "shared" is forbidden: User "alice" cannot ${verb} resource "pods/${what}" in API group "" in the namespace "default"\n`,
  });
  expect((await run('get pod shared -o name --as=alice')).stdout).toBe('pod/shared\n');
  expect(await run('logs shared --as=alice')).toEqual(refused('get', 'log'));
  expect(await run('exec shared --as=alice -- env')).toEqual(refused('get', 'exec'));
  await run('create role talker --verb=get,create --resource=pods/log,pods/exec');
  await run('create rolebinding talker --role=talker --group=talkers');
  expect((await run('logs shared --as=alice --as-group=talkers')).code).toBe(0);
  expect((await run('exec shared --as=alice --as-group=talkers -- hostname')).stdout).toBe('shared\n');
}, 30_000);

test('cp: bytes stay what they are, folders keep their shape', async () => {
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256));
  writeFileSync(join(served.folder, 'bytes'), bytes);
  mkdirSync(join(served.folder, 'tree/inner'), { recursive: true });
  writeFileSync(join(served.folder, 'tree/inner/leaf'), 'green');
  expect(await run('cp bytes box:/tmp/bytes')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await run('cp box:/tmp/bytes back')).code).toBe(0);
  expect(readFileSync(join(served.folder, 'back')).equals(bytes)).toBe(true);
  expect((await run('cp tree box:/tmp/')).code).toBe(0);
  expect((await run('exec box -- cat /tmp/tree/inner/leaf')).stdout).toBe('green');
  expect((await run('cp box:/tmp/tree grown')).code).toBe(0);
  expect(readFileSync(join(served.folder, 'grown/inner/leaf'), 'utf8')).toBe('green');
}, 30_000);

test('edit opens the editor and sends what it left', async () => {
  await run('create configmap poem --from-literal=first=rose');
  expect(await run('edit configmap poem', { editor: 'sed -i.bak s/rose/tulip/' })).toEqual({ code: 0, stdout: 'configmap/poem edited\n', stderr: '' });
  expect((await run('get configmap poem -o jsonpath={.data.first}')).stdout).toBe('tulip');
  expect(await run('edit configmap poem', { editor: 'true' })).toEqual({ code: 0, stdout: '', stderr: 'Edit cancelled, no changes made.\n' });
  expect(await run('edit configmap poem', { editor: 'false' })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: there was a problem with the editor "false"\n',
  });
});

test('port-forward answers on a port of this machine', async () => {
  await run('run page --image=nginx --port=80');
  expect((await run('wait --for=condition=Ready pod/page')).code).toBe(0);
  const held = createServer();
  const port = await listen(held);
  const forward = `port-forward pod/page ${port}:80 --address=127.0.0.1`;
  expect((await run(forward)).stderr).toContain(`error: unable to listen on any of the requested ports: [{${port} 80}]`);
  await new Promise((resolve) => held.close(resolve));
  const forwarding = run(forward, { endAfterMs: 8_000 });
  expect(await pageAt(`http://127.0.0.1:${port}/`)).toContain('Welcome to nginx!');
  expect((await forwarding).stdout).toBe(`Forwarding from 127.0.0.1:${port} -> 80\nHandling connection for ${port}\n`);
}, 30_000);

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { readonly port: number }).port)));

/** As soon as somebody answers. */
async function pageAt(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return response.text();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('--as acts as somebody else', async () => {
  expect((await run('get pods --as=bob')).stderr).toMatch(/^Error from server \(Forbidden\): pods is forbidden: User "bob" cannot list resource "pods"/);
});
