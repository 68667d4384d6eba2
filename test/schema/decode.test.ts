import { expect, test } from 'vitest';
import { decode, decodeProblems, decodeText, strictDecodingError } from '../../server/src/schema/decode.ts';
import type { KindInfo } from '../../server/src/schema/kinds.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';

function kindNamed(apiVersion: string, kind: string): KindInfo {
  const info = kindOf(apiVersion, kind);
  if (!info) throw new Error(`no ${apiVersion} ${kind}`);
  return info;
}

const deployment = kindNamed('apps/v1', 'Deployment');
const pod = kindNamed('v1', 'Pod');
const configMap = kindNamed('v1', 'ConfigMap');

/** What the server answers under fieldValidation=Strict; 'ok' when it takes the body. */
function answer(kind: KindInfo, content: string, format: 'json' | 'yaml' = 'json'): string {
  const decoded = decodeText(kind, { content, format });
  if ('error' in decoded) return decoded.error;
  return decoded.strictErrors.length > 0 ? strictDecodingError(kind, decoded.strictErrors) : 'ok';
}

const refused = (kind: KindInfo, reason: string) => `${kind.kind} in version "v1" cannot be handled as a ${kind.kind}: ${reason}`;

function objectOf(kind: KindInfo, body: unknown): unknown {
  const decoded = decode(kind, body);
  if ('error' in decoded) throw new Error(decoded.error);
  return decoded.object;
}

test('[DEC1] the first wrong type in the order of the text is the error', () => {
  expect(answer(deployment, '{"spec":{"paused":"no","replicas":"three"},"foo":1}')).toBe(
    refused(deployment, 'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool'),
  );
});

test('[DEC2] a value that reads its own JSON stops the reading, and is the error even after a wrong type', () => {
  const body = '{"spec":{"hostNetwork":1,"containers":[{"resources":{"limits":{"cpu":"x"}}}]}}';
  expect(answer(pod, body)).toBe(refused(pod, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
});

test('[DEC3] strict errors come together, each once, in the order of the text', () => {
  expect(answer(deployment, '{"spec":{"foo":1,"replicas":1,"replicas":2,"replicas":3},"foo":{}}')).toBe(
    refused(deployment, 'strict decoding error: unknown field "spec.foo", duplicate field "spec.replicas", unknown field "foo"'),
  );
});

test.each([
  ['replicas', '1e0', 'number 1e0'],
  ['replicas', '1.0', 'number 1.0'],
  ['replicas', '2147483648', 'number 2147483648'],
  ['replicas', 'true', 'bool'],
  ['replicas', '[]', 'array'],
  ['replicas', '{}', 'object'],
])('[DEC4] the digits of a number are read as written: %s: %s', (field, value, what) => {
  expect(answer(deployment, `{"spec":{"${field}":${value}}}`)).toBe(
    refused(deployment, `json: cannot unmarshal ${what} into Go struct field DeploymentSpec.spec.${field} of type int32`),
  );
});

test('[DEC5] int64 is exact at its ends', () => {
  const body = (value: string) => `{"spec":{"activeDeadlineSeconds":${value}}}`;
  expect(answer(pod, body('9223372036854775807'))).toBe('ok');
  expect(answer(pod, body('9223372036854775808'))).toContain('cannot unmarshal number 9223372036854775808 into');
});

test('[DEC6] embedded structs are named on the way', () => {
  expect(answer(pod, '{"spec":{"volumes":[{"name":"v","configMap":"a"}]}}')).toContain(
    'Go struct field Volume.spec.volumes.VolumeSource.configMap of type v1.ConfigMapVolumeSource',
  );
});

test('[DEC6] after an item of a list the field that holds the list is named again', () => {
  expect(answer(pod, '{"spec":{"containers":[{"name":"a","resources":{"limits":{}}},5]}}')).toContain(
    'number into Go struct field PodSpec.spec.containers of type v1.Container',
  );
});

test.each([
  ['{"spec":{"replicas":0x1}}', "invalid character 'x' after object key:value pair", '{"spec":{"replicas":0x1}}'],
  ['{"a":[1,]}', "invalid character ']' looking for beginning of value", '{"a":[1,]}'],
  ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')", '{"a":tru}'],
  ['{"a":-}', "invalid character '}' in numeric literal", '{"a":-}'],
  ['{"a":1.}', "invalid character '}' after decimal point in numeric literal", '{"a":1.}'],
  ['{"a":1e}', "invalid character '}' in exponent of numeric literal", '{"a":1e}'],
  ['{"a":"\\u12"}', `invalid character '"' in \\u hexadecimal character escape`, '{"a":"\\u12"}'],
  ['{"a" 1}', "invalid character '1' after object key", '{"a" 1}'],
  ['', 'unexpected end of JSON input', '<empty>'],
  ['é', "invalid character 'Ã' looking for beginning of value", 'c3a9'],
])('[DEC7] broken JSON %s', (content, reason, summary) => {
  expect(answer(pod, content)).toBe(
    `the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: ${reason} (${summary})`,
  );
});

test('[DEC8] the path says the kind where the body does not', () => {
  expect(objectOf(configMap, {})).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata: {} });
  expect(objectOf(configMap, null)).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata: {} });
});

test.each([
  [
    'apps/v1',
    'StatefulSet',
    'StatefulSet in version "v1" cannot be handled as a Deployment: converting (v1.StatefulSet) to (apps.Deployment): unknown conversion',
  ],
  [
    'apps/v1',
    'Widget',
    'Widget in version "v1" cannot be handled as a Deployment: no kind "Widget" is registered for version "apps/v1" in scheme "pkg/runtime/scheme.go:111"',
  ],
  ['extensions/v1beta1', 'Deployment', 'the API version in the data (extensions/v1beta1) does not match the expected API version (apps/v1)'],
  [
    'a/b/c',
    'Deployment',
    'the object provided is unrecognized (must be of type Deployment): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)',
  ],
])('[DEC9] %s %s is not a Deployment of apps/v1', (apiVersion, kind, error) => {
  expect(decode(deployment, { apiVersion, kind })).toEqual({ error });
});

test('[DEC10] what comes out is what the server would write', () => {
  const body = {
    metadata: { name: 'web', namespace: '', labels: { b: '1', a: '2' }, annotations: {}, creationTimestamp: null, finalizers: [] },
    spec: {
      replicas: 0,
      paused: false,
      selector: null,
      unknown: 1,
      template: {
        spec: {
          containers: [{ name: 'a', resources: { limits: { cpu: '0.5', memory: '1024Mi' } }, env: null, ports: [{ containerPort: 80, hostPort: 0 }] }, null],
        },
      },
    },
  };
  expect(JSON.stringify(objectOf(deployment, body))).toBe(
    JSON.stringify({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'web', labels: { a: '2', b: '1' } },
      spec: {
        replicas: 0,
        selector: null,
        template: {
          metadata: {},
          spec: {
            containers: [
              { name: 'a', ports: [{ containerPort: 80 }], resources: { limits: { cpu: '500m', memory: '1Gi' } } },
              { name: '', resources: {} },
            ],
          },
        },
        strategy: {},
      },
      status: {},
    }),
  );
});

test('[DEC11] times and bytes become canonical; keys like __proto__ are keys', () => {
  const secret = kindNamed('v1', 'Secret');
  expect(objectOf(secret, { metadata: { creationTimestamp: '2024-01-02T05:04:05.9+02:00' }, data: { a: 'QQ\n==' } })).toMatchObject({
    metadata: { creationTimestamp: '2024-01-02T03:04:05Z' },
    data: { a: 'QQ==' },
  });
  const decoded = decodeText(configMap, { content: '{"data":{"__proto__":"x","constructor":"y"}}', format: 'json' });
  expect('object' in decoded && Object.entries((decoded.object as unknown as { data: object }).data)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('[DEC12] an editor is told everything, each at its place', () => {
  const problems = decodeProblems(deployment, {
    spec: { replicas: 'three', foo: 1, template: { spec: { containers: [{ image: 5, resources: { limits: { cpu: 'x' } } }] } } },
  });
  expect(problems.map(({ what, path }) => `${what} ${path.join('/')}`)).toEqual([
    'type spec/replicas',
    'unknown spec/foo',
    'type spec/template/spec/containers/0/image',
    'type spec/template/spec/containers/0/resources/limits/cpu',
  ]);
});

test('[DEC13] YAML: its own words for keys that are there twice, YAML 1.1 for yes and no', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: "1"\n  a: "2"\n';
  expect(answer(configMap, text, 'yaml')).toBe(refused(configMap, 'strict decoding error: yaml: unmarshal errors:\n  line 7: key "a" already set in map'));
  expect(answer(configMap, 'data: {a: yes}', 'yaml')).toBe(
    refused(configMap, 'json: cannot unmarshal bool into Go struct field ConfigMap.data of type string'),
  );
  expect(answer(configMap, 'data: {a: 12:30, b: 2024-01-02, c: 2024-01-02T03:04:05Z, d: "yes"}', 'yaml')).toBe('ok');
  expect(answer(configMap, 'metadata: {name: x}\ndatum: {}\n', 'yaml')).toBe(refused(configMap, 'strict decoding error: unknown field "datum"'));
  expect(answer(configMap, 'a: [1\n', 'yaml')).toContain(
    'the object provided is unrecognized (must be of type ConfigMap): error converting YAML to JSON: yaml: ',
  );
});

test('[DEC14] damage and size end in a message, never in a hang', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`)
    .join('\n')}\n`;
  expect(answer(configMap, bomb, 'yaml')).toContain('error converting YAML to JSON');
  expect(answer(configMap, `{"data":${'['.repeat(100_000)}`)).toContain('exceeded max depth');
  expect(answer(configMap, ' '.repeat(4_000_000))).toBe('the request body is 4000000 bytes long, more than the limit of 3145728');
});
