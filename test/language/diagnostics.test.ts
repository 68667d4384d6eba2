// What the language service says of a file, and where.
import { describe, expect, test } from 'vitest';
import { checkDiagnostics, diagnosticsOf } from './check.ts';

/** A Deployment with lines changed or added. */
const deployment = (spec: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
${spec}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.25
`;

describe('decoding', () => {
  test('[L1] a good object has none', () => checkDiagnostics(deployment('  replicas: 3')));

  test('[L1] a text where a number belongs', () =>
    checkDiagnostics(
      deployment(`  replicas: three
#           ^^^^^ error(type): json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`),
    ));

  test('[L1] every wrong type, also after the one where the server stops', () =>
    checkDiagnostics(`
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    on: yes
#       ^^^ error(type): json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string
spec:
  containers:
    - name: web
      image: nginx
      resources:
        limits:
          memory: 512MB
#                 ^^^^^ error(type): quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
      args: --port=80
#           ^^^^^^^^^ error(type): json: cannot unmarshal string into Go struct field Container.spec.containers.args of type []string
      env:
        - { name: PORT, value: 80 }
#                              ^^ error(type): json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string
`));

  test('[L1] a name that YAML 1.1 takes for a boolean', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: y }\n#                 ^ error(type): json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.name of type string\n';
    checkDiagnostics(text);
    const [one] = diagnosticsOf(text.replace(/#.*\n/, ''));
    expect(one?.explanation).toBe('"name" takes text; this is the word y, which YAML reads as true. Write "y".');
    expect(one?.replacements?.[0]?.text).toBe('"y"');
  });

  test('[L2] an unknown field, at its key', () =>
    checkDiagnostics(
      deployment(`  replica: 3
# ^^^^^^^ error(unknown-field): strict decoding error: unknown field "spec.replica"`),
    ));

  test('[L2] an unknown field in an item of a list', () =>
    checkDiagnostics(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      ports:
        - port: 80
#         ^^^^ error(unknown-field): strict decoding error: unknown field "spec.containers[0].ports[0].port"
          containerPort: 80
`));

  test('[L3] a duplicate key, with both places', () => {
    const text = deployment(`  replicas: 1
  replicas: 2
# ^^^^^^^^ error(duplicate-key): strict decoding error: duplicate field "spec.replicas"`);
    checkDiagnostics(text);
    const [one] = diagnosticsOf(text.replaceAll(/^#.*\n/gm, ''));
    expect(one?.related?.[0]?.range.start).toEqual({ line: 6, character: 2 });
  });
});

describe('validation', () => {
  test('[L4] in the words of the API server, at the value', () =>
    checkDiagnostics(
      deployment(`  replicas: -1
#           ^^ error(invalid): spec.replicas: Invalid value: -1: must be greater than or equal to 0`),
    ));

  test('[L4] what is missing, at the nearest key above', () =>
    checkDiagnostics(
      `
apiVersion: v1
kind: Pod
metadata: {}
#<^^^^^^^^ error(required): metadata.name: Required value: name or generateName is required
spec:
  containers:
    - image: nginx
#     ^^^^^ error(required): spec.containers[0].name: Required value
`,
    ));

  test('[L4] a request above its limit, at the request', () =>
    checkDiagnostics(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      resources:
        requests:
          cpu: 2
#              ^ error(invalid): spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
          memory: 1Gi
        limits: { cpu: 1 }
`));

  test('[L4] of equal values the one under the key that the server names', () =>
    checkDiagnostics(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  volumes: [{ name: data, emptyDir: {} }]
  containers:
    - name: web
      image: nginx
      volumeMounts:
        - name: data
          mountPath: /x
          subPath: /x
#                  ^^ error(invalid): spec.containers[0].volumeMounts.subPath: Invalid value: "/x": must be a relative path
`));

  test('[L4] while a key is typed nothing is said of what is missing', () =>
    checkDiagnostics(
      `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      ima
#     ^^^ error(syntax): "ima" lacks a colon and a value.
`,
    ));

  test('[L4] a selector that does not match: both ways out', () => {
    const text = deployment('  replicas: 1').replace('      app: web\n', '      app: webb\n').slice(1);
    const [one] = diagnosticsOf(text);
    expect(one?.message).toBe('spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`');
    expect(one?.explanation).toBe('The selector asks for app=webb, but the pods get app=web. Change one of them.');
    expect(one?.range).toEqual({ start: { line: 12, character: 13 }, end: { line: 12, character: 16 } });
    expect(one?.replacements).toEqual([
      { range: { start: { line: 12, character: 13 }, end: { line: 12, character: 16 } }, text: 'webb' },
      { range: { start: { line: 8, character: 11 }, end: { line: 8, character: 15 } }, text: 'web' },
    ]);
  });

  test('[L4] a selector for a label that the pods do not have', () => {
    const [one] = diagnosticsOf(deployment('  replicas: 1').replace('      app: web\n', '      app: web\n      tier: front\n'));
    expect(one?.explanation).toBe('The selector asks for tier=front, but the pods get no label tier. Change one of them.');
  });

  test('[L4] a warning of the server', () =>
    checkDiagnostics(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: nginx
      ports: [{ containerPort: 80 }, { containerPort: 80 }]
#                                    ^^^^^^^^^^^^^^^^^^^^^ warning(server-warning): spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]
`));
});

describe('kinds', () => {
  test('[L5] an unknown kind', () =>
    checkDiagnostics(`
apiVersion: v1
kind: Foo
#     ^^^ error(unknown-kind): no matches for kind "Foo" in version "v1"
metadata: { name: x }
`));

  test('[L5] a kind of another version is an error at the version', () =>
    checkDiagnostics(`
apiVersion: v1
#           ^^ error(unknown-kind): no matches for kind "Deployment" in version "v1"
kind: Deployment
metadata: { name: x }
`));

  test('[L5] a kind or a version that is not there', () =>
    checkDiagnostics(`
kind: Pod
#<^^^^ error(unknown-kind): error validating data: apiVersion not set
metadata: { name: x }
---
apiVersion: v1
#<^^^^^^^^^^ error(unknown-kind): error validating data: kind not set
metadata: { name: y }
`));

  test('[L6] a version that Kubernetes removed, with the way forward', () => {
    checkDiagnostics(`
apiVersion: extensions/v1beta1
#           ^^^^^^^^^^^^^^^^^^ error(removed-version): no matches for kind "Deployment" in version "extensions/v1beta1"
kind: Deployment
metadata: { name: web }
`);
    const [one] = diagnosticsOf('apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: x}\n');
    expect(one?.explanation).toBe(
      'Kubernetes 1.25 removed this version of the API. Write "apiVersion: policy/v1". Also: an empty spec.selector now selects every pod of the namespace.',
    );
    expect(one?.replacements?.map(({ text }) => text)).toEqual(['policy/v1']);
  });

  test.each([
    ['apiVersion: v1\nkind: Deploymnet\n', 'Deployment'],
    ['apiVersion: v1\nkind: pod\n', 'Pod'],
    ['apiVersion: apps/v2\nkind: Deployment\n', 'apps/v1'],
    ['apiVersion: app/v1\nkind: Deployment\n', 'apps/v1'],
    ['apiVersion: v1\nkind: Ingress\n', 'networking.k8s.io/v1'],
  ])('[L7] %j → %s', (text, suggestion) => {
    const [one] = diagnosticsOf(`${text}metadata: {name: x}\n`);
    expect(one?.replacements?.[0]?.text).toBe(suggestion);
    expect(one?.explanation).toContain(suggestion);
  });

  test('[L8] a custom resource that nobody here knows is an information: the cluster may know it', () =>
    checkDiagnostics(`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
#     ^^^^^^^ information(foreign-kind): no matches for kind "Rollout" in version "argoproj.io/v1alpha1"
metadata: { name: x }
`));
});

describe('what is no manifest is left alone', () => {
  test.each([
    ['a compose file', 'services:\n  web:\n    image: nginx\n    image: x\n'],
    ['broken YAML of something else', 'a: [\nb: "\n'],
    ['a chart', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
    [
      'a template',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  {{- if .Values.x }}\n  replicas: three\n  {{- end }}\n',
    ],
    ['a template with only control lines', '{{- if .Values.enabled }}\napiVersion: v1\nkind: Foo\nmetadata:\n  name: x\n{{- end }}\n'],
    ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n'],
    ['a list', '- a\n- b\n'],
    ['a pipeline', 'kind: pipeline\ntype: docker\nname: default\n'],
    ['nothing', '# only a comment\n'],
  ])('[L10] %s', (_name, text) => expect(diagnosticsOf(text)).toEqual([]));

  test('[L10] braces in quotes do not make a template', () =>
    checkDiagnostics(`
apiVersion: v1
kind: ConfigMap
metadata: { name: x }
data:
  alert: "{{ $labels.x }}"
  script: |
    {{ if x }}
  port: 80
#       ^^ error(type): json: cannot unmarshal number into Go struct field ConfigMap.data of type string
`));

  test('[L11] a broken neighbour does not matter', () =>
    checkDiagnostics(`
apiVersion: v1
kind: ConfigMap
metadata: { name: "x }
#                 ^ error(unclosed): This " is never closed.
---
apiVersion: v1
kind: ConfigMap
metadata: { name: z }
dta: {}
#<^^^ error(unknown-field): strict decoding error: unknown field "dta"
`));
});

describe('lists', () => {
  test('[L12] the items of a List are objects', () =>
    checkDiagnostics(`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: a }
    dat: {}
#   ^^^ error(unknown-field): strict decoding error: unknown field "dat"
  - apiVersion: v1
    kind: Nope
#         ^^^^ error(unknown-kind): no matches for kind "Nope" in version "v1"
    metadata: { name: b }
`));

  test('[L12] JSON', () =>
    checkDiagnostics(
      `
{
  "apiVersion": "v1",
  "kind": "ConfigMap",
  "metadata": { "name": "a" },
  "data": { "a": 1 }
#                ^ error(type): json: cannot unmarshal number into Go struct field ConfigMap.data of type string
}
`,
    ));
});

describe('files', () => {
  test('[L15] the same object twice', () => {
    checkDiagnostics(`
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: default }
#                 ^ warning(duplicate-object): ConfigMap "a" stands twice in this file.
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: other }
---
apiVersion: v1
kind: Secret
metadata: { name: a }
`);
  });

  test('[L15] a document that kubectl does not see', () =>
    checkDiagnostics(`
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
...
apiVersion: v1
kind: ConfigMap
#     ^^^^^^^^^ warning(separator): kubectl does not read this document, since it begins without "---".
metadata: { name: b }
...
# comment
---
apiVersion: v1
kind: ConfigMap
metadata: { name: c }
`));

  test('[L16] a file that is too large is one diagnostic on its first line', () => {
    const found = diagnosticsOf('a: 1\n'.repeat(10_000_000));
    expect(found.map(({ code, range, message }) => ({ code, range, message }))).toEqual([
      {
        code: 'limit',
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
        message: 'This file has 48,829 KB; Drydock reads files of up to 10,240 KB.',
      },
    ]);
  });

  test('[L17] a billion replicas', () =>
    checkDiagnostics(
      deployment(`  replicas: 1000000000
#           ^^^^^^^^^^ error(limit): 1,000,000,000 replicas are more than the 20,000 pods that the cluster holds.`),
    ));
});

describe('annotations', () => {
  const pod = (annotation: string): string => `
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    ${annotation}
spec:
  containers:
    - name: web
      image: nginx
`;

  test('[L20] good ones', () => checkDiagnostics(pod('drydock.dev/fault: crash')));

  test('[L20] a fault that does not exist', () =>
    checkDiagnostics(
      pod(`drydock.dev/fault: crush
#                      ^^^^^ warning(annotation): drydock.dev/fault: "crush" must be one of: image-pull, crash, not-ready, fail, oom`),
    ));

  test('[L20] a duration that is none', () =>
    checkDiagnostics(
      pod(`drydock.dev/ready-after: soon
#                            ^^^^ warning(annotation): drydock.dev/ready-after: "soon" must be a duration such as 2s, 500ms or 1m30s, not negative`),
    ));

  test('[L21] on a workload they stand where nobody reads them', () =>
    checkDiagnostics(
      deployment('  replicas: 1').replace(
        '  name: web\nspec',
        `  name: web
  annotations:
    drydock.dev/fault: crash
#   ^^^^^^^^^^^^^^^^^ warning(annotation): drydock.dev/fault does nothing here; it is read from the pods.
spec`,
      ),
    ));
});
