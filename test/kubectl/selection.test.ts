// What commands act on: files, kustomizations, everything of a kind; and who is noted as the owner of what they change.
import { expect, test } from 'vitest';
import { ClusterShell, deployment } from './cluster-shell.ts';

function shellWith(...names: readonly string[]): ClusterShell {
  const shell = new ClusterShell({
    'd.yaml': names.map((name) => deployment(name)).join('---\n'),
    'app/d.yaml': deployment('web'),
    'app/kustomization.yaml': 'resources: [d.yaml]\nnamePrefix: my-\n',
  });
  if (names.length > 0) shell.ok('kubectl apply -f d.yaml');
  shell.cluster.settle();
  return shell;
}

test('-k names what a kustomization makes, in every command that takes -f', () => {
  const shell = shellWith();
  shell.ok('kubectl apply -k app');
  expect(shell.ok('kubectl get -k app -o name')).toBe('deployment.apps/my-web\n');
  expect(shell.ok('kubectl scale -k app --replicas=1')).toBe('deployment.apps/my-web scaled\n');
  expect(shell.ok('kubectl label -k app tier=front')).toBe('deployment.apps/my-web labeled\n');
  expect(shell.ok('kubectl rollout restart -k app')).toBe('deployment.apps/my-web restarted\n');
  expect(shell.ok('kubectl delete -k app')).toBe('deployment.apps "my-web" deleted from default namespace\n');
});

test('rollout commands take a kind alone for all of it, and say when there is nothing', () => {
  const shell = shellWith('a', 'b');
  expect(shell.ok('kubectl rollout history deploy')).toContain('deployment.apps/b \nREVISION');
  expect(shell.ok('kubectl rollout restart deploy')).toBe('deployment.apps/a restarted\ndeployment.apps/b restarted\n');
  for (const verb of ['restart', 'pause', 'resume', 'status'])
    expect(shell.run(`kubectl rollout ${verb} deploy -l none=here`)).toMatchObject({ code: 0, stderr: 'No resources found in default namespace.\n' });
  expect(shell.fails('kubectl scale deploy --replicas=1')).toBe('error: resource(s) were provided, but no name was specified\n');
});

test('--local changes what the file has, and nothing else', () => {
  const shell = shellWith();
  const changed = (line: string) => shell.ok(`kubectl ${line} -f d.yaml --local -o yaml`);
  shell.files['d.yaml'] = deployment('web');
  expect(changed('set image web=nginx:9')).toContain('image: nginx:9');
  expect(changed('set env A=1')).toContain('name: A');
  expect(changed('label tier=x')).toContain('tier: x');
  expect(changed('annotate note=yes')).toContain('note: "yes"');
  expect(shell.fails('kubectl set image deploy/web web=nginx:9 --local')).toContain('you must specify resources by --filename when --local is set');
  expect(shell.fails('kubectl get deploy web')).toContain('NotFound');
});

test('--field-manager is noted as the owner', () => {
  const shell = shellWith('a');
  shell.ok('kubectl annotate deploy a note=x --field-manager=notes');
  shell.ok('kubectl set env deploy/a A=1 --field-manager=env');
  shell.ok('kubectl label deploy a x=y');
  const managers = shell.ok("kubectl get deploy a --show-managed-fields -o jsonpath='{.metadata.managedFields[*].manager}'").split(' ');
  expect(managers).toEqual(expect.arrayContaining(['notes', 'env', 'kubectl-label']));
});

test('metadata that cannot be read is refused before it is sent; an unknown kind in a List is told shortly', () => {
  const shell = shellWith();
  shell.files['m.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {x: 1}}\n';
  expect(shell.fails('kubectl apply -f m.yaml')).toBe(
    'error: unable to decode "m.yaml": json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string\n',
  );
  shell.files['l.yaml'] = 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Nope, metadata: {name: x}}\n';
  expect(shell.fails('kubectl apply -f l.yaml')).toBe('error: unable to recognize no matches for kind "Nope" in version "v1"\n');
  shell.files['g.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n';
  expect(shell.fails('kubectl apply -f g.yaml')).toBe('error: from a-: cannot use generate name with apply\n');
});

test('--sort-by: what lacks the field comes first, the last of them before the others; a field that nothing has leaves a table empty', () => {
  const shell = shellWith();
  for (const [name, key] of [
    ['a', 'x'],
    ['b', 'z'],
    ['c', 'z'],
  ])
    shell.ok(`kubectl create cm ${name} --from-literal=${key}=1`);
  const names = (line: string) => shell.ok(`kubectl get ${line} -o custom-columns=N:.metadata.name --no-headers`).split('\n').join(' ');
  expect(names('cm --sort-by=.data.x')).toBe('kube-root-ca.crt c b a ');
  expect(shell.run('kubectl get cm --sort-by=.nope')).toMatchObject({ code: 0, stdout: '', stderr: 'No resources found in default namespace.\n' });
  expect(shell.fails('kubectl get cm -o name --sort-by=.nope')).toBe(`error: couldn't find any field with path "{.nope}" in the list of objects\n`);
  expect(shell.fails('kubectl get cm,sa --sort-by=.metadata.name')).toBe(
    `error: couldn't find any field with path "{.metadata.name}" in the list of objects\n`,
  );
});

test('run --expose makes the Service first, and a line between the two documents', () => {
  const shell = shellWith();
  expect(shell.ok('kubectl run c --image=nginx --port=80 --expose')).toBe('service/c created\npod/c created\n');
  expect(shell.ok('kubectl run d --image=nginx --port=80 --expose --dry-run=client -o yaml')).toMatch(
    /^apiVersion: v1\nkind: Service\n[^]*\n---\n---\napiVersion: v1\nkind: Pod\n/,
  );
});

test('autoscale: what its first version cannot say is lost with the refusal', () => {
  const shell = shellWith('a');
  shell.ok('kubectl autoscale deploy a --max=3 --cpu=50%');
  expect(shell.fails('kubectl autoscale deploy a --max=3 --cpu=50%')).toBe(
    'Error from server (AlreadyExists): horizontalpodautoscalers.autoscaling "a" already exists\n',
  );
  expect(shell.fails('kubectl autoscale deploy a --max=3')).toBe(
    'error: failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: empty input\n',
  );
});

test('-o json of what the client makes itself has the fields of a struct in their order; --save-config notes it down so', () => {
  const shell = shellWith();
  const json = shell.ok('kubectl run p --image=nginx --dry-run=client -o json');
  expect(Object.keys(JSON.parse(json) as object)).toEqual(['kind', 'apiVersion', 'metadata', 'spec', 'status']);
  expect(json.indexOf('"restartPolicy"')).toBeLessThan(json.indexOf('"dnsPolicy"'));
  shell.ok('kubectl create sa robot --save-config');
  expect(shell.ok("kubectl get sa robot -o jsonpath='{.metadata.annotations}'")).toBe(
    '{"kubectl.kubernetes.io/last-applied-configuration":"{\\"kind\\":\\"ServiceAccount\\",\\"apiVersion\\":\\"v1\\",\\"metadata\\":{\\"name\\":\\"robot\\"}}\\n"}',
  );
});

test('--overrides: merge, strategic and JSON patches', () => {
  const shell = shellWith();
  const made = (type: string, patch: string) => shell.ok(`kubectl run p --image=nginx --override-type=${type} '--overrides=${patch}' --dry-run=client -o yaml`);
  const limits = '{"spec":{"containers":[{"name":"p","resources":{"limits":{"cpu":"1"}}}]}}';
  expect(made('merge', limits)).not.toContain('image: nginx');
  expect(made('strategic', limits)).toContain('image: nginx');
  expect(made('json', '[{"op":"add","path":"/metadata/labels/x","value":"yes"}]')).toContain('x: "yes"');
});

test('set env: names are checked, --from refers to the keys of a ConfigMap or Secret', () => {
  const shell = shellWith('a');
  shell.ok('kubectl create cm c --from-literal=log-level=x --from-literal=B=y');
  expect(shell.fails('kubectl set env deploy/a 1A=x')).toContain('error: "1A" is not a valid key name: a valid environment variable name must consist of');
  expect(shell.run('kubectl set env deploy/a --from=cm/c --prefix=P_')).toMatchObject({
    stdout: 'deployment.apps/a env updated\n',
    stderr: 'Warning: key log-level transferred to LOG_LEVEL\n',
  });
  expect(shell.ok('kubectl set env deploy/a --list')).toContain('# P_B from configmap c, key B\n# P_LOG_LEVEL from configmap c, key log-level\n');
});

test('files: nothing is read behind a document that is no object, JSON is told apart, complaints come by the order of keys', () => {
  const shell = shellWith();
  shell.files['two.yaml'] = 'text\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: late}\n';
  expect(shell.run('kubectl apply -f two.yaml').stdout).toBe('');
  shell.files['x.json'] = '{"apiVersion":"v1",';
  expect(shell.fails('kubectl apply -f x.json')).toBe('error: error parsing x.json: unexpected EOF\n');
  shell.files['s.yaml'] = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {z: 1, ports: [{port: 80, foo: 1}]}\n';
  expect(shell.fails('kubectl apply -f s.yaml')).toContain('unknown field "spec.ports[0].foo", unknown field "spec.z"');
});

test('label: values are checked before anything is sent, and --resource-version holds', () => {
  const shell = shellWith('a');
  expect(shell.fails('kubectl label deploy a "x=b c"')).toContain('error: invalid label value: "x=b c": a valid label must be an empty string or consist of');
  expect(shell.fails('kubectl label deploy a x=y --resource-version=1')).toContain(
    'Error from server (Conflict): Operation cannot be fulfilled on deployments.apps "a"',
  );
});

test('drain: of a pod that several filters speak of only the last is heard; what is late is told pod by pod', () => {
  const shell = new ClusterShell({
    'p.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: bare, labels: {a: b}}\nspec: {nodeName: node-1, containers: [{name: c, image: nginx}], volumes: [{name: e, emptyDir: {}}]}\n' +
      '---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {minAvailable: 1, selector: {matchLabels: {a: b}}}\n',
  });
  shell.ok('kubectl apply -f p.yaml');
  shell.cluster.settle();
  const { stderr } = shell.run('kubectl drain node-1 --force --delete-emptydir-data --timeout=3s');
  expect(stderr).toContain('Warning: deleting Pods that declare no controller: default/bare\n');
  expect(stderr).toContain(
    'error: unable to drain node "node-1" due to error: error when evicting pods/"bare" -n "default": global timeout reached: 3s, continuing command...\nThere are pending nodes to be drained:\n node-1\n',
  );
});

test('apply -o yaml: several objects are one List, and nothing is shown when one of them is refused', () => {
  const shell = new ClusterShell({
    'two.yaml': ['a', 'b'].map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`).join('---\n'),
    'bad.yaml': ['c', 'D'].map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`).join('---\n'),
  });
  expect(shell.ok('kubectl apply -f two.yaml -o yaml')).toMatch(/^apiVersion: v1\nitems:\n- apiVersion: v1\n[^]*kind: List\nmetadata: \{\}\n$/);
  expect(shell.run('kubectl apply -f bad.yaml -o yaml').stdout).toBe('');
  expect(shell.ok('kubectl get cm c -o name')).toBe('configmap/c\n');
});

test('wait -o shows the object that met the condition', () => {
  const shell = shellWith('a');
  expect(shell.ok('kubectl wait --for=condition=Available deploy/a')).toBe('deployment.apps/a condition met\n');
  expect(shell.ok('kubectl wait --for=condition=Available deploy/a -o name')).toBe('deployment.apps/a\n');
  expect(shell.ok("kubectl wait --for=condition=Available deploy/a -o jsonpath='{.kind}'")).toBe('Deployment');
});

test('apply creates without what is null in the file', () => {
  const shell = new ClusterShell({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {x: null}}\ndata: {a: "1", b: null}\n' });
  shell.ok('kubectl apply -f a.yaml');
  expect(shell.ok("kubectl get cm a -o jsonpath='{.data} {.metadata.labels}'")).toBe('{"a":"1"} ');
});
