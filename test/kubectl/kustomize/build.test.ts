import { expect, test } from 'vitest';
import { ClusterShell, deployment } from '../cluster-shell.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';

const shell = () =>
  new ClusterShell({
    'base/kustomization.yaml': 'resources: [web.yaml, service.yaml]\ncommonAnnotations: {from: base}\n',
    'base/web.yaml': deployment('web'),
    'base/service.yaml': service,
    'dev/kustomization.yaml': `resources: [../base]
namePrefix: dev-
labels: [{pairs: {team: blue}, includeSelectors: true}]
images: [{name: nginx, newTag: "1.28"}]
replicas: [{name: web, count: 5}]
configMapGenerator: [{name: conf, literals: [a=1, b=2]}]
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec: {template: {spec: {containers: [{name: web, envFrom: [{configMapRef: {name: conf}}]}]}}}
- target: {kind: Service}
  patch: |
    - {op: replace, path: /spec/ports/0/port, value: 81}
`,
    'wrong/kustomization.yaml': 'resource: [x]\n',
    'loop/kustomization.yaml': 'resources: [../loop]\n',
  });

test('an overlay changes its base, and references follow the names', () => {
  const built = shell().ok('kubectl kustomize dev');
  expect(built).toMatch(/kind: ConfigMap\nmetadata:\n {2}labels:\n {4}team: blue\n {2}name: dev-conf-([a-z0-9]{10})\n/);
  const hash = /name: dev-conf-([a-z0-9]{10})/.exec(built)![1];
  expect(built).toContain(`configMapRef:\n            name: dev-conf-${hash}`);
  expect(built).toContain('image: nginx:1.28');
  expect(built).toContain('replicas: 5');
  expect(built).toContain('port: 81');
  expect(built).toContain('matchLabels:\n      app: web\n      team: blue');
  expect(built.match(/from: base/g)).toHaveLength(3);
  expect(built.match(/^kind: .*/gm)).toEqual(['kind: ConfigMap', 'kind: Service', 'kind: Deployment']);
});

test('apply -k makes what it builds', () => {
  const cluster = shell();
  expect(cluster.ok('kubectl apply -k dev')).toMatch(/^configmap\/dev-conf-\w+ created\nservice\/dev-web created\ndeployment.apps\/dev-web created\n$/);
  expect(cluster.ok('kubectl get deploy dev-web -o "jsonpath={.spec.replicas}"')).toBe('5');
});

test('mistakes have a text', () => {
  expect(shell().fails('kubectl kustomize wrong')).toBe('error: invalid Kustomization: json: unknown field "resource"\n');
  expect(shell().fails('kubectl kustomize base/nope')).toContain('must build at directory: not a valid directory');
  expect(shell().fails('kubectl kustomize loop')).toContain('cycle detected');
});
