// Logs, commands and connections through the server, with the real kubectl of three versions: WebSockets and SPDY.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installKubectl } from './support/install-kubectl.mjs';
import { serve, type Served } from './support/served.ts';

const objects = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: counter}
spec: {containers: [{name: c, image: busybox, command: [sh, -c, 'i=0; while true; do echo "line $i"; i=$((i+1)); sleep 1; done']}]}
---
apiVersion: v1
kind: Pod
metadata: {name: pull, annotations: {drydock.dev/fault: image-pull}}
spec: {containers: [{name: c, image: "nginx:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('kubectl', () => {
  let served: Served;
  const scratch = mkdtempSync(join(tmpdir(), 'drydock-streams-'));

  beforeAll(async () => {
    for (const minor of [28, 32, 36]) installKubectl(minor);
    served = await serve();
    await kubectl(36, 'apply -f -', objects);
    await kubectl(36, 'wait pod/web pod/counter --for=condition=Ready --timeout=20s');
  }, 300_000);

  afterAll(async () => {
    await served.stop();
    rmSync(scratch, { recursive: true });
  });

  function start(minor: number, args: readonly string[]) {
    const env = { ...process.env, HOME: served.folder, KUBECONFIG: served.kubeconfig.file, KUBECTL_KUBERC: 'false' };
    return spawn(installKubectl(minor), args, { env });
  }

  /** Arguments are split at blanks, except behind `--`, where the last is one. */
  function kubectl(minor: number, command: string | readonly string[], stdin = ''): Promise<{ code: number | null; out: string; err: string }> {
    const child = start(minor, typeof command === 'string' ? command.split(' ') : command);
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    child.stdin.end(stdin);
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  }

  const sh = (minor: number, script: string, stdin?: string) =>
    kubectl(minor, ['exec', ...(stdin === undefined ? [] : ['-i']), 'web', '--', 'sh', '-c', script], stdin);

  test('[W1] logs: tail, timestamps, previous', async () => {
    expect((await kubectl(36, 'logs counter --tail=1 --timestamps')).out).toMatch(/^\d{4}-\S+Z line \d+\n$/);
    expect((await kubectl(36, 'logs web --previous')).err).toBe('Error from server (BadRequest): previous terminated container "c" in pod "web" not found\n');
    expect((await kubectl(36, 'logs pull')).err).toContain('container "c" in pod "pull" is waiting to start: ');
  });

  test('[W2] a log that is followed grows', async () => {
    const child = start(36, ['logs', '-f', 'counter', '--tail=1']);
    const lines = await new Promise<readonly string[]>((resolve) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.split('\n').length > 5) resolve(text.split('\n').slice(0, 5));
      });
    });
    child.kill();
    const numbers = lines.map((line) => Number(line.split(' ')[1]));
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
  });

  test.each([28, 32, 36])('[W3] 1.%i runs commands: output, input, exit code', async (minor) => {
    expect(await sh(minor, 'echo out; echo err >&2; exit 3')).toEqual({ code: 3, out: 'out\n', err: expect.stringContaining('err\n') });
    expect(await sh(minor, 'wc -c; echo done', 'x'.repeat(200_000))).toEqual({ code: 0, out: '200000\ndone\n', err: '' });
    expect(await sh(minor, 'sleep 5; echo slept')).toEqual({ code: 0, out: 'slept\n', err: '' });
    expect((await kubectl(minor, ['exec', 'web', '--', 'nothing'])).err).toContain('exec: "nothing": executable file not found in $PATH: unknown');
    expect((await kubectl(minor, ['exec', 'pull', '--', 'ls'])).err).toContain('unable to upgrade connection: container not found ("c")');
  });

  test.each([28, 36])('[W4] 1.%i copies files there and back', async (minor) => {
    const [there, back] = [join(scratch, `there-${minor}`), join(scratch, `back-${minor}`)];
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251));
    writeFileSync(there, bytes);
    expect((await kubectl(minor, `cp ${there} web:/tmp/copied`)).code).toBe(0);
    expect((await kubectl(minor, `cp web:/tmp/copied ${back}`)).code).toBe(0);
    expect(readFileSync(back).equals(bytes)).toBe(true);
  });

  test.each([28, 32, 36])('[W5] 1.%i forwards ports', async (minor) => {
    const child = start(minor, ['port-forward', 'pod/web', ':80']);
    const port = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        const found = /127\.0\.0\.1:(\d+)/.exec((text += chunk));
        if (found) resolve(found[1]!);
      });
    });
    try {
      const answers = await Promise.all(['/', '/nothing'].map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()));
      expect(answers).toEqual([expect.stringContaining('Served by pod web.'), expect.stringContaining('404 Not Found')]);
    } finally {
      child.kill();
    }
  });

  test('[W6] the server as a way in', async () => {
    expect((await kubectl(36, 'get --raw /api/v1/namespaces/default/services/web:80/proxy/')).out).toContain('Served by pod web.');
    expect((await kubectl(36, 'get --raw /api/v1/nodes/node-1/proxy/healthz')).out).toBe('ok');
    expect((await kubectl(36, 'get --raw /api/v1/namespaces/default/pods/web:81/proxy/')).err).toMatch(
      /error trying to reach service: dial tcp \S+:81: connect: connection refused/,
    );
  });

  test('[W7] a container that joins a pod', async () => {
    const { code, err } = await kubectl(36, ['debug', 'web', '--image=busybox', '-c', 'look', '--', 'sleep', '1d']);
    expect([code, err]).toEqual([0, expect.any(String)]);
    await kubectl(36, 'wait pod/web --for=jsonpath={.status.ephemeralContainerStatuses[0].state.running} --timeout=10s');
    expect(await kubectl(36, ['exec', 'web', '-c', 'look', '--', 'hostname'])).toEqual({ code: 0, out: 'web\n', err: '' });
  });

  test('[W10] run takes part in what it starts, and the container ends with it', async () => {
    const shell = ['run', 'shell', '--image=busybox', '-i', '-q', '--restart=Never', '--', 'sh'];
    expect(await kubectl(36, shell, 'echo hi $HOSTNAME\nexit 7\n')).toMatchObject({ code: 7, out: 'hi shell\n' });
    expect((await kubectl(36, 'get pod shell -o jsonpath={.status.phase}')).out).toBe('Failed');
    const script = ['run', 'script', '--image=busybox', '--rm', '--attach', '-q', '--restart=Never', '--', 'sh', '-c', 'sleep 20; echo done'];
    expect(await kubectl(36, script)).toMatchObject({ code: 0, out: expect.stringContaining('done\n') });
  });

  test('[W8] top: only with the add-on', async () => {
    expect((await kubectl(36, 'top nodes')).err).toBe('error: Metrics API not available\n');
    const spec = {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: 'metrics-server', namespace: 'kube-system' },
    };
    const body = JSON.stringify({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1beta1.metrics.k8s.io' }, spec });
    expect((await kubectl(36, 'create -f -', body)).code).toBe(0);
    expect((await kubectl(36, 'top nodes --no-headers')).out).toMatch(/^node-1 +\d+m +\d+% +\d+Mi +\d+%/);
    expect((await kubectl(36, 'top pod web --no-headers')).out).toMatch(/^web +\d+m +\d+Mi/);
  });

  test.each([
    ['a page', { origin: 'https://example.com' }, 403],
    ['another host', { host: 'example.com' }, 403],
    ['no token', { authorization: '' }, 403],
    ['a wrong token', { authorization: 'Bearer no' }, 401],
  ])('[W9] an upgrade is refused to %s', async (_who, headers, code) => {
    const { hostname, port } = new URL(served.server.access.server);
    const sent = {
      authorization: `Bearer ${served.server.access.token}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      ...headers,
    };
    const path = '/api/v1/namespaces/default/pods/web/exec?command=ls&stdout=1';
    const answered = await new Promise<number>((resolve, reject) => {
      const asked = request({ hostname, port, path, headers: sent, ca: served.server.access.certificate, servername: 'localhost' }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      asked.on('upgrade', (_response, socket) => {
        socket.destroy();
        resolve(101);
      });
      asked.on('error', reject).end();
    });
    expect(answered).toBe(code);
  });
});
