// The built-in client on a cluster: commands and what they say. Texts are the real client's.
import { expect, test } from 'vitest';
import { ClusterShell, deployment } from './cluster-shell.ts';

function shellWith(...names: readonly string[]): ClusterShell {
  const shell = new ClusterShell({ 'd.yaml': names.map((name) => deployment(name)).join('---\n') });
  shell.ok('kubectl apply -f d.yaml');
  shell.cluster.settle();
  return shell;
}

test('apply: created, unchanged, configured; what left the file is removed', () => {
  const shell = new ClusterShell({ 'a.yaml': deployment('web').replace('replicas: 2', 'replicas: 2\n  minReadySeconds: 1') });
  expect(shell.ok('kubectl apply -f a.yaml')).toBe('deployment.apps/web created\n');
  expect(shell.ok('kubectl apply -f a.yaml')).toBe('deployment.apps/web unchanged\n');
  shell.files['a.yaml'] = deployment('web', 'nginx:1.26');
  expect(shell.ok('kubectl apply -f a.yaml')).toBe('deployment.apps/web configured\n');
  expect(shell.ok("kubectl get deploy web -o jsonpath='{.spec.minReadySeconds}/{.spec.template.spec.containers[0].image}'")).toBe('/nginx:1.26');
});

test('apply of an object that was created otherwise warns and then remembers', () => {
  const shell = new ClusterShell({ 'a.yaml': deployment('web') });
  shell.ok('kubectl create -f a.yaml');
  const { stderr, stdout } = shell.run('kubectl apply -f a.yaml');
  expect(stderr).toContain('Warning: resource deployments/web is missing the kubectl.kubernetes.io/last-applied-configuration annotation');
  expect(stdout).toBe('deployment.apps/web configured\n');
  expect(shell.run('kubectl apply -f a.yaml').stderr).toBe('');
});

test('apply reads folders and stdin, and says which file is broken', () => {
  const shell = new ClusterShell({ 'm/b.yaml': deployment('b'), 'm/a.yml': deployment('a'), 'm/notes.txt': 'no', 'm/deep/c.yaml': deployment('c') });
  expect(shell.ok('kubectl apply -f m')).toBe('deployment.apps/a created\ndeployment.apps/b created\n');
  expect(shell.ok('kubectl apply -R -f m')).toContain('deployment.apps/c created\n');
  shell.stdin = deployment('d');
  expect(shell.ok('kubectl apply -f -')).toBe('deployment.apps/d created\n');
  shell.files['x.yaml'] = 'metadata:\n  name: x\n data: {}\n';
  expect(shell.fails('kubectl apply -f x.yaml')).toBe('error: error parsing x.yaml: error converting YAML to JSON: yaml: line 2: did not find expected key\n');
  expect(shell.fails('kubectl apply -f nope.yaml')).toBe('error: the path "nope.yaml" does not exist\n');
});

test('one wrong document does not keep the others from being applied', () => {
  const shell = new ClusterShell({ 'a.yaml': [deployment('a'), deployment('B'), deployment('c')].join('---\n') });
  const { stdout, stderr, code } = shell.run('kubectl apply -f a.yaml');
  expect(stdout).toBe('deployment.apps/a created\ndeployment.apps/c created\n');
  expect(stderr).toMatch(/^The Deployment "B" is invalid: /);
  expect(code).toBe(1);
});

test('get: one table a kind, names with kinds when there are several, what is missing last', () => {
  const shell = shellWith('web', 'api');
  expect(shell.ok('kubectl get deploy,rs --no-headers').split('\n')[0]).toMatch(/^deployment.apps\/api +2\/2 +2 +2 +\d+s$/);
  const { stdout, stderr } = shell.run('kubectl get deploy web nope');
  expect(stdout).toMatch(/^NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb /);
  expect(stderr).toBe('Error from server (NotFound): deployments.apps "nope" not found\n');
  expect(shell.run('kubectl get pods -l app=zzz').stderr).toBe('No resources found in default namespace.\n');
  expect(shell.fails('kubectl get nope')).toBe('error: the server doesn\'t have a resource type "nope"\n');
  expect(shell.ok('kubectl get deploy -A --no-headers')).toMatch(/^default +api /);
  expect(shell.ok('kubectl get deploy -L app --show-labels')).toMatch(/AGE +APP +LABELS\n/);
  expect(shell.ok('kubectl get deploy --sort-by=.metadata.name -o name')).toBe('deployment.apps/api\ndeployment.apps/web\n');
});

test('get -o jsonpath that does not fit says what it was given', () => {
  const shell = new ClusterShell();
  expect(shell.fails("kubectl get pods -o jsonpath='{.items[0].metadata.name}'")).toBe(
    'error: error executing jsonpath "{.items[0].metadata.name}": Error executing template: array index out of bounds: index 0, length 0. Printing more information for debugging the template:\n\ttemplate was:\n\t\t{.items[0].metadata.name}\n\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{"apiVersion":"v1", "items":[]interface {}{}, "kind":"List", "metadata":map[string]interface {}{"resourceVersion":""}}\n\n',
  );
});

test('get -w prints a line for every change, until it is stopped', () => {
  const shell = shellWith('web');
  shell.ok('kubectl scale deploy/web --replicas=3');
  const { stdout, code } = shell.run('kubectl get deploy web -w', { limitMs: 2_000 });
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^NAME   READY   UP-TO-DATE   AVAILABLE   AGE$/);
  expect(lines.at(-1)).toMatch(/^web    3\/3     3            3           /);
  expect(lines.length).toBeGreaterThan(2);
  expect(code).toBe(124);
});

test('delete waits until the objects are gone', () => {
  const shell = shellWith('web');
  const before = shell.cluster.agenda.now;
  expect(shell.ok('kubectl delete pods --all')).toMatch(/^pod "web-\S+" deleted from default namespace\npod "web-\S+" deleted from default namespace\n$/);
  expect(shell.cluster.agenda.now - before).toBeGreaterThan(500);
  expect(shell.ok('kubectl delete deploy web --wait=false')).toBe('deployment.apps "web" deleted from default namespace\n');
  expect(shell.fails('kubectl delete deploy web')).toBe('Error from server (NotFound): deployments.apps "web" not found\n');
  expect(shell.ok('kubectl delete deploy web --ignore-not-found')).toBe('');
});

test('rollout: set image, status, history with causes, undo, restart, pause, resume', () => {
  const shell = shellWith('web');
  shell.ok('kubectl set image deploy/web web=nginx:1.26 --record');
  expect(shell.ok('kubectl rollout status deploy/web')).toMatch(
    /^Waiting for deployment "web" rollout to finish: 1 out of 2 new [^]*successfully rolled out\n$/,
  );
  expect(shell.ok('kubectl rollout history deploy/web')).toBe(
    'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         kubectl set image deploy/web web=nginx:1.26 --record=true\n\n',
  );
  expect(shell.ok('kubectl rollout undo deploy/web')).toBe('deployment.apps/web rolled back\n');
  shell.cluster.settle();
  expect(shell.ok('kubectl rollout undo deploy/web --to-revision=3')).toBe(
    'deployment.apps/web skipped rollback (current template already matches revision 3)\n',
  );
  expect(shell.ok('kubectl rollout restart deploy/web')).toBe('deployment.apps/web restarted\n');
  expect(shell.ok('kubectl rollout pause deploy/web')).toBe('deployment.apps/web paused\n');
  expect(shell.fails('kubectl rollout pause deploy/web')).toBe('error: deployments.apps "web" is already paused\n');
  expect(shell.fails('kubectl rollout restart deploy/web')).toContain("can't restart paused deployment (run rollout resume first)");
  expect(shell.ok('kubectl rollout resume deploy/web')).toBe('deployment.apps/web resumed\n');
});

test('rollout status of a StatefulSet tells of its pods, one by one', () => {
  const set = deployment('db').replace('kind: Deployment', 'kind: StatefulSet');
  const shell = new ClusterShell({ 'a.yaml': set });
  shell.ok('kubectl apply -f a.yaml');
  // A line for every change, whether or not it says something new.
  const lines = () => [...new Set(shell.ok('kubectl rollout status sts/db').trimEnd().split('\n'))];
  expect(lines()).toEqual([
    'Waiting for 2 pods to be ready...',
    'Waiting for 1 pods to be ready...',
    'partitioned roll out complete: 2 new pods have been updated...',
  ]);
  shell.ok('kubectl set image sts/db web=nginx:2');
  expect(lines()).toEqual([
    'Waiting for partitioned roll out to finish: 0 out of 2 new pods have been updated...',
    'Waiting for 1 pods to be ready...',
    'Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...',
    'partitioned roll out complete: 2 new pods have been updated...',
  ]);
  expect(shell.ok('kubectl rollout undo sts/db')).toBe('statefulset.apps/db rolled back\n');
  shell.cluster.settle();
  expect(shell.ok('kubectl rollout history sts/db')).toBe('statefulset.apps/db \nREVISION  CHANGE-CAUSE\n2         <none>\n3         <none>\n\n');
});

test('scale: preconditions, several at once', () => {
  const shell = shellWith('web', 'api');
  expect(shell.ok('kubectl scale deploy/web deploy/api --replicas=0')).toBe('deployment.apps/web scaled\ndeployment.apps/api scaled\n');
  expect(shell.fails('kubectl scale deploy/web --current-replicas=2 --replicas=3')).toBe('error: Expected replicas to be 2, was 0\n');
  expect(shell.fails('kubectl scale deploy/web')).toBe('error: required flag(s) "replicas" not set\n');
});

test('label and annotate: set, taken, overwritten, removed', () => {
  const shell = shellWith('web');
  expect(shell.ok('kubectl label deploy web tier=front')).toBe('deployment.apps/web labeled\n');
  expect(shell.ok('kubectl label deploy web tier=front')).toBe('deployment.apps/web not labeled\n');
  expect(shell.fails('kubectl label deploy web tier=back')).toBe("error: 'tier' already has a value (front), and --overwrite is false\n");
  expect(shell.ok('kubectl label deploy web tier-')).toBe('deployment.apps/web unlabeled\n');
  expect(shell.ok('kubectl label deploy web tier-')).toBe('label "tier" not found.\ndeployment.apps/web not labeled\n');
  expect(shell.ok('kubectl annotate deploy web note=a')).toBe('deployment.apps/web annotated\n');
  expect(shell.fails('kubectl annotate deploy web note=b')).toBe(
    "error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (a)\n",
  );
  expect(shell.fails('kubectl label deploy web')).toBe('error: at least one label update is required\n');
});

test('set env and resources change containers by name, and say when there is none', () => {
  const shell = shellWith('web');
  expect(shell.ok('kubectl set env deploy/web A=1 B=2')).toBe('deployment.apps/web env updated\n');
  shell.ok('kubectl set env deploy/web A=3 B- C=4');
  expect(shell.ok('kubectl set env deploy/web --list')).toBe('# Deployment web, container web\nA=3\nC=4\n');
  shell.ok('kubectl set resources deploy/web -c web --limits=cpu=1000m --requests=memory=64Mi');
  expect(shell.ok("kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].resources}'")).toBe(
    '{"limits":{"cpu":"1"},"requests":{"memory":"64Mi"}}',
  );
  expect(shell.fails('kubectl set resources deploy/web -c nope --limits=cpu=1')).toBe('error: unable to find container named "nope"\n');
  expect(shell.fails('kubectl set image deploy/web nope=x')).toBe('error: unable to find container named "nope"\n');
});

test('patch: three types, nothing to change, what cannot be read', () => {
  const shell = shellWith('web');
  expect(shell.ok(`kubectl patch deploy web -p '{"spec":{"replicas":3}}'`)).toBe('deployment.apps/web patched\n');
  expect(shell.ok(`kubectl patch deploy web --type=merge -p '{"spec":{"replicas":3}}'`)).toBe('deployment.apps/web patched (no change)\n');
  expect(shell.ok(`kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'`)).toBe('deployment.apps/web patched\n');
  expect(shell.fails("kubectl patch deploy web --type=nope -p '{}'")).toBe('error: --type must be one of [json merge strategic], not "nope"\n');
  expect(shell.fails('kubectl patch deploy web')).toBe('error: must specify --patch or --patch-file containing the contents of the patch\n');
});

test('wait: a condition, a field, an end, and a time that is up', () => {
  const shell = new ClusterShell({ 'd.yaml': deployment('web') });
  shell.ok('kubectl apply -f d.yaml');
  expect(shell.ok('kubectl wait --for=condition=Available deploy/web')).toBe('deployment.apps/web condition met\n');
  expect(shell.ok("kubectl wait --for=jsonpath='{.status.readyReplicas}'=2 deploy/web")).toBe('deployment.apps/web condition met\n');
  expect(shell.fails('kubectl wait --for=condition=Ready=false deploy/web --timeout=1s')).toBe(
    'error: timed out waiting for the condition on deployments/web\n',
  );
  shell.ok('kubectl delete deploy web --wait=false');
  expect(shell.run('kubectl wait --for=delete deploy/web').code).toBe(0);
});

test('namespaces: of the flag, of the context', () => {
  const shell = new ClusterShell({ 'd.yaml': deployment('web'), 'other.yaml': deployment('web').replace('{name: web}', '{name: web, namespace: other}') });
  shell.ok('kubectl create namespace team');
  shell.ok('kubectl apply -f d.yaml -n team');
  expect(shell.run('kubectl get deploy').stderr).toBe('No resources found in default namespace.\n');
  expect(shell.ok('kubectl config set-context --current --namespace=team')).toBe('Context "drydock" modified.\n');
  expect(shell.ok('kubectl get deploy -o name')).toBe('deployment.apps/web\n');
  expect(shell.ok("kubectl config view --minify -o jsonpath='{..namespace}'")).toBe('team');
  expect(shell.fails('kubectl apply -f other.yaml -n team')).toContain('the namespace from the provided object "other" does not match the namespace "team"');
});

test('the command line: unknown words, flags and values are named', () => {
  const shell = new ClusterShell();
  expect(shell.fails('kubectl fly')).toBe('error: unknown command "fly" for "kubectl"\n');
  expect(shell.fails('kubectl get pods --fly')).toBe("error: unknown flag: --fly\nSee 'kubectl get --help' for usage.\n");
  expect(shell.fails('kubectl get pods -o fly')).toContain('unable to match a printer suitable for the output format "fly"');
  expect(shell.fails('kubectl delete pods --wait=perhaps')).toContain('strconv.ParseBool: parsing "perhaps": invalid syntax');
  expect(shell.fails('kubectl get pods pod/x')).toContain('there is no need to specify a resource type as a separate argument');
  expect(shell.ok('kubectl get --help')).toContain('--all-namespaces=false');
  expect(shell.ok('kubectl')).toContain('kubectl rollout undo');
});

test('generators: run, create deployment; --dry-run=client only shows', () => {
  const shell = new ClusterShell();
  expect(shell.ok('kubectl create deployment web --image=nginx --dry-run=client')).toBe('deployment.apps/web created (dry run)\n');
  expect(shell.ok('kubectl run one --image=nginx --port=80')).toBe('pod/one created\n');
  expect(shell.fails('kubectl create deployment x')).toBe('error: required flag(s) "image" not set\n');
  expect(shell.ok('kubectl create deployment web --image=team/my_app:1 -r 2 -- sleep 5')).toBe('deployment.apps/web created\n');
  expect(shell.ok("kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].name} {.spec.template.spec.containers[0].command}'")).toBe(
    'my-app ["sleep","5"]',
  );
});
