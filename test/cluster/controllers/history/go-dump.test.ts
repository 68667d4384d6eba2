// What go-spew prints, byte by byte. The expected texts were printed by Kubernetes' own code (util/hash over v1.PodTemplateSpec).
import { expect, test } from 'vitest';
import { goDump } from '../../../../server/src/cluster/controllers/history/go-dump.ts';
import { fnv1a, podTemplateHash, safeEncode } from '../../../../server/src/cluster/controllers/history/pod-template-hash.ts';

function checkDump(container: object, expected: string) {
  expect(goDump('PodTemplateSpec', { spec: { containers: [container] } })).toContain(expected);
}

test('a container with nothing set shows all its fields', () => {
  checkDump(
    { name: 'a' },
    '[{Name:(string)a Image:(string) Command:([]string)<nil> Args:([]string)<nil> WorkingDir:(string) Ports:([]v1.ContainerPort)<nil> EnvFrom:([]v1.EnvFromSource)<nil> Env:([]v1.EnvVar)<nil> Resources:(v1.ResourceRequirements){Limits:(v1.ResourceList)<nil> Requests:(v1.ResourceList)<nil> Claims:([]v1.ResourceClaim)<nil>}',
  );
});

test.each([
  [
    '500m',
    '{i:(resource.int64Amount){value:(int64)500 scale:(resource.Scale)-3} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)500m Format:(resource.Format)DecimalSI}',
  ],
  [
    '128Mi',
    '{i:(resource.int64Amount){value:(int64)134217728 scale:(resource.Scale)0} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string) Format:(resource.Format)BinarySI}',
  ],
  [
    '1Gi',
    '{i:(resource.int64Amount){value:(int64)1073741824 scale:(resource.Scale)0} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)1Gi Format:(resource.Format)BinarySI}',
  ],
  [
    '1Ei',
    'd:(resource.infDecAmount){Dec:(*inf.Dec){unscaled:(big.Int){neg:(bool)false abs:(big.nat)[0 62500000]} scale:(inf.Scale)9}} s:(string) Format:(resource.Format)BinarySI}',
  ],
])('the quantity %s', (text, dump) => {
  checkDump({ name: 'a', resources: { limits: { cpu: text } } }, dump);
});

test('ports by number and by name, lists of text, pointers', () => {
  checkDump({ name: 'a', livenessProbe: { tcpSocket: { port: 80 } } }, 'Port:(intstr.IntOrString){Type:(intstr.Type)0 IntVal:(int32)80 StrVal:(string)}');
  checkDump(
    { name: 'a', livenessProbe: { tcpSocket: { port: 'http' } } },
    'Port:(intstr.IntOrString){Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)http}',
  );
  checkDump({ name: 'a', args: ['x y', ''] }, 'Args:([]string)[x y ]');
  checkDump({ name: 'a', securityContext: { runAsUser: 30 } }, 'RunAsUser:(*int64)30');
});

test('labels in order of their keys; what is empty was never stored', () => {
  expect(goDump('PodTemplateSpec', { metadata: { labels: { b: '2', a: '1' }, annotations: {} } })).toContain(
    'Labels:(map[string]string)map[a:1 b:2] Annotations:(map[string]string)<nil>',
  );
});

test('an empty list is none, and every collision count gives the name that Kubernetes gives', () => {
  const template = { spec: { containers: [{ name: 'a', args: [] }] } };
  expect([undefined, 0, 1, 70_000].map((count) => podTemplateHash(template, count))).toEqual(['565d9cbdbc', '6d89786975', '56cdbd44fd', '66f45bbbdf']);
});

test('FNV-1a over UTF-8, and letters that make no words', () => {
  expect([fnv1a(''), fnv1a('a'), fnv1a('foobar'), fnv1a('é日😀')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968, 0x31adc1f4]);
  expect(safeEncode('0123456789')).toBe('456789bcdf');
});

test('a large template is hashed quickly, and only once', () => {
  const template = { spec: { containers: Array.from({ length: 5 }, (_, i) => ({ name: `c${i}`, env: [{ name: 'A', value: 'x'.repeat(500) }] })) } };
  podTemplateHash({ ...template });
  const start = performance.now();
  for (let i = 0; i < 100; i++) podTemplateHash({ ...template });
  expect((performance.now() - start) / 100).toBeLessThan(5);
});
