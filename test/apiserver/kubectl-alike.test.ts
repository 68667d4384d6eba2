// The built-in kubectl beside the real one, on the same cluster: the same words, the same streams, the same exit codes.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeKubeconfig } from '../../server/src/apiserver/kubeconfig.ts';
import { ApiServer } from '../../server/src/apiserver/server.ts';
import { conduct } from '../../server/src/cli/play/conductor.ts';
import { filesIn } from '../../server/src/cli/local-files.ts';
import { plainWords } from '../../server/src/cli/play/plain-words.ts';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { apiBackend } from '../../server/src/worker/api-backend.ts';
import { LiveClock } from '../../server/src/worker/live-clock.ts';
import { deployment } from '../kubectl/cluster-shell.ts';
import { installKubectl } from './support/install-kubectl.mjs';

const files = {
  'web.yaml': deployment('web', 'nginx:1.27', 3),
  'new.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {k: v}\n',
  'app.properties': 'color=blue\n',
  'permissions.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules: [{apiGroups: [""], resources: [pods, services], verbs: [get, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: bob, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: eve, apiGroup: rbac.authorization.k8s.io}]
`,
};

/** None of them changes anything. */
const lines = [
  'get deploy web -o yaml',
  'get deploy,cm -o name',
  'get deploy nope',
  'get nope',
  'get deploy --foo',
  "get cm settings -o 'go-template={{range $k, $v := .data}}{{$k}}={{$v}} {{end}}{{len .data}}'",
  'get deploy web -o \'go-template={{.spec.replicas}} {{.nope}} {{printf "%s-%d" .metadata.name 5}} {{.spec.selector}}\'',
  "get deploy web -o 'go-template={{nofunc}}'",
  "get cm settings -o 'custom-columns=NAME:.metadata.name,A:.data.a,X:.nope'",
  'get cm settings -o kyaml',
  'describe cm settings',
  'describe role reader',
  'describe rolebinding bob',
  'describe nope',
  'explain deployment.spec.strategy',
  'explain pod.spec.containers.livenessProbe --recursive',
  'explain pod.spec.nope',
  'api-resources --api-group=apps',
  'create configmap c --from-literal=a=b --from-file=app.properties --append-hash --dry-run=client -o yaml',
  'create secret docker-registry s --docker-username=u --docker-password=p --docker-server=x --dry-run=client -o yaml',
  'create service nodeport s --tcp=80:8080 --node-port=30001 --dry-run=client -o yaml',
  'create job j --image=busybox --dry-run=client -o yaml -- date -u',
  'create cronjob c --image=busybox',
  "create ingress i '--rule=a.com/x*=web:80,tls=s' --class=nginx --dry-run=client -o yaml",
  'create role r --verb=get --resource=pods,deploy,pods/log --dry-run=client -o yaml',
  'create quota q --hard=pods=2,cpu=1 --dry-run=client -o yaml',
  'create pdb p --selector=app=web --min-available=50% --dry-run=client -o yaml',
  'create -f nope.yaml',
  'run p --image=nginx --port=80 --env=A=b --labels=x=y --dry-run=client -o yaml',
  'expose deployment web --port=80 --type=NodePort --dry-run=client -o yaml',
  'autoscale deployment web --min=2 --max=5 --cpu=50% --dry-run=client -o yaml',
  'set env deploy/web --list',
  'set subject rolebinding bob --user=eve --dry-run=client -o yaml',
  'rollout history deploy/web',
  'rollout history cm/settings',
  'rollout foo',
  'label deploy/web tier=x --dry-run=client',
  'patch deploy web --type=json -p \'[{"op":"replace","path":"/spec/replicas","value":3}]\' --dry-run=client -o jsonpath=x',
  'apply -f web.yaml --dry-run=server',
  'apply -f new.yaml --server-side --dry-run=server',
  'apply',
  'replace -f new.yaml --dry-run=server',
  'delete deploy web --dry-run=client',
  'delete',
  'taint nodes node-1 a=b:Foo',
  'drain node-1 --dry-run=client',
  'auth can-i create pods',
  'auth can-i get pods --as=bob',
  'auth can-i --list --as=bob',
  'auth reconcile -f permissions.yaml --dry-run=client',
  'auth reconcile -f permissions.yaml --dry-run=client --remove-extra-permissions --remove-extra-subjects',
  'auth reconcile',
  'certificate approve',
  'certificate approve nope',
  'config get-contexts -o name',
  'cp a b',
  'cp web-1:/a web-2:/b',
  'cp nope web-1:/tmp',
  'cp :a b',
  'events -n kube-public',
  'events --for web',
  'events --types=Loud',
  'exec deploy/web -- echo hello',
  "exec deploy/web -- sh -c 'echo out; echo err >&2; exit 3'",
  'exec deploy/web -- ls /nope',
  'exec deploy/web',
  'exec nope -- ls',
  'exec deploy/web -c nope -- ls',
  'explain hpa.spec',
  'explain hpa.spec.metrics',
  'explain event.series',
  'logs deploy/web --tail=3 --since=1h',
  'logs nope',
  'logs deploy/web -c nope',
  'apply view-last-applied deploy/web',
  'apply edit-last-applied deploy/web',
  'edit deploy web',
  'port-forward deploy/web',
  'config view',
] as const;

// The package has the program for this platform alone.
describe.runIf(process.platform === 'linux' && process.arch === 'x64')('real and built-in kubectl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-alike-'));
  const cluster = new Cluster({ freeze: true, startAt: Math.floor(Date.now() / 1000) * 1000 });
  const clock = new LiveClock(cluster, { now: () => performance.now(), setTimeout, clearTimeout }, 20, () => {});
  const kubeconfig = join(folder, 'config');
  let server: ApiServer;
  let program: string;

  beforeAll(async () => {
    program = installKubectl(36);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    server = await ApiServer.start(apiBackend(cluster, clock), { port: 0, now: Date.now() });
    await writeKubeconfig(kubeconfig, server.access);
    for (const line of [
      'create deployment web --image=nginx:1.25 --replicas=2',
      'create configmap settings --from-literal=a=1 --from-literal=b=two',
      'create role reader --verb=get,list --resource=pods',
      'create rolebinding bob --role=reader --user=bob',
      'rollout status deploy/web --timeout=30s',
    ])
      expect((await real(line)).code).toBe(0);
    // From here on time stands still, so that both see the same.
    clock.close();
  }, 120_000);

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const words = (line: string) => plainWords(`kubectl ${line}`)!.slice(1);

  function real(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const env = { ...process.env, HOME: folder, KUBECONFIG: kubeconfig, KUBECTL_KUBERC: 'false', KUBE_EDITOR: 'true' };
    const child = spawn(program, words(line), { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const result = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) child[stream].setEncoding('utf8').on('data', (chunk: string) => (result[stream] += chunk));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...result })));
  }

  const builtIn = (line: string) =>
    conduct(cluster, words(line), {
      files: filesIn(folder),
      kubeconfig: { read: () => readFileSync(kubeconfig, 'utf8'), write: () => {} },
      stdin: () => '',
      edit: (text) => ({ text }),
      until: cluster.agenda.now + 5_000,
    });

  /** What differs from one run to the next whoever asks: uids and moments of things that are only tried. */
  const settled = (text: string) => text.replace(/uid: .*/g, 'uid').replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'time');

  test.each(lines)('kubectl %s', async (line) => {
    const [theirs, ours] = [await real(line), builtIn(line)];
    expect({ code: ours.code, stdout: settled(ours.stdout), stderr: settled(ours.stderr) }).toEqual({
      code: theirs.code,
      stdout: settled(theirs.stdout),
      stderr: settled(theirs.stderr),
    });
  });
});
