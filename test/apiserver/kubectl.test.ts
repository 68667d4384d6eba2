// The real kubectl against the server: what no test of ours alone can promise.
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installKubectl } from './support/install-kubectl.mjs';
import { serve, type Served } from './support/served.ts';

const isHere = process.platform === 'linux' && process.arch === 'x64';

// The packages have the program for this platform alone. The older two send and accept other forms: no aggregated discovery, JSON bodies, OpenAPI v2.
describe.runIf(isHere).each([28, 32, 36])('kubectl 1.%i', (minor) => {
  let served: Served;
  let program: string;

  beforeAll(async () => {
    program = installKubectl(minor);
    served = await serve();
  }, 120_000);

  afterAll(() => served.stop());

  function kubectl(command: string, stdin = ''): Promise<{ code: number | null; out: string }> {
    const env = { ...process.env, HOME: served.folder, KUBECONFIG: served.kubeconfig.file, KUBECTL_KUBERC: 'false' };
    const child = spawn(program, command.split(' '), { env });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stdin.end(stdin);
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
  }

  const manifest = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
`;

  test('from an empty namespace to a rollout and back', async () => {
    // A body in protobuf.
    expect(await kubectl('create namespace demo')).toEqual({ code: 0, out: 'namespace/demo created\n' });
    // Discovery, OpenAPI, three-way merge.
    expect((await kubectl('apply -f -', manifest('nginx:1.25'))).out).toBe('deployment.apps/web created\n');
    // List, watch.
    expect((await kubectl('rollout status deployment/web -n demo --timeout=30s')).out).toContain('deployment "web" successfully rolled out');
    expect((await kubectl('apply -f -', manifest('nginx:1.26'))).out).toBe('deployment.apps/web configured\n');
    expect((await kubectl('wait deployment/web -n demo --for=jsonpath={.status.observedGeneration}=2 --timeout=30s')).code).toBe(0);
    expect((await kubectl('rollout status deployment/web -n demo --timeout=30s')).code).toBe(0);
    // A table.
    expect(
      (await kubectl('get replicasets -n demo --no-headers')).out
        .trim()
        .split('\n')
        .map((row) => row.split(/\s+/).slice(1, 4)),
    ).toEqual(
      expect.arrayContaining([
        ['3', '3', '3'],
        ['0', '0', '0'],
      ]),
    );
    expect((await kubectl('rollout undo deployment/web -n demo')).out).toContain('deployment.apps/web rolled back');
    // A delete that waits until it is gone.
    expect((await kubectl('delete namespace demo')).out).toBe('namespace "demo" deleted\n');
  });

  test('mistakes in the words of the server', async () => {
    const { code, out } = await kubectl('apply -f - -n default', manifest('nginx').replace('replicas', 'replica').replace('demo', 'default'));
    expect([code, out]).toEqual([1, expect.stringContaining('strict decoding error: unknown field "spec.replica"')]);
    expect((await kubectl('get pods --field-selector=spec.image=x')).out).toContain('field label not supported: spec.image');
    expect((await kubectl('get nothings')).out).toBe('error: the server doesn\'t have a resource type "nothings"\n');
  });

  test('explain reads the schema', async () => {
    expect((await kubectl('explain deployment.spec.replicas')).out).toMatch(/FIELD: replicas <integer>[^]*Number of desired pods/);
  });
});
