import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { columnsOf } from '../../server/src/schema/columns.ts';
import { describeField, describeType } from '../../server/src/schema/descriptions.ts';
import type { FieldType } from '../../server/src/schema/fields.ts';
import { fieldsOf } from '../../server/src/schema/fields.ts';
import type { GoType } from '../../server/src/schema/go-types.ts';
import { structOf } from '../../server/src/schema/go-types.ts';
import { kindOf, kindOfResource, kinds, kubernetesVersion } from '../../server/src/schema/kinds.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('kinds are found by name and by resource; without a version the preferred one', () => {
  expect(kubernetesVersion).toBe('1.36.3');
  expect(kinds).toHaveLength(68);
  expect(kindOf('apps/v1', 'Deployment')).toMatchObject({
    resource: 'deployments',
    namespaced: true,
    shortNames: ['deploy'],
    categories: ['all'],
    type: 'Deployment',
  });
  expect(kindOfResource({ group: 'autoscaling', resource: 'horizontalpodautoscalers' })?.version).toBe('v2');
  expect(kindOfResource({ group: 'autoscaling', resource: 'horizontalpodautoscalers' }, 'v1')?.type).toBe('AutoscalingV1HorizontalPodAutoscaler');
  expect(kindOfResource({ group: '', resource: 'nodes' })?.namespaced).toBe(false);
  expect(kindOf('apps/v1', 'deployment')).toBe(undefined);
});

test('a kind that is only the body of a subresource has no resource, but fields', () => {
  const scale = kindOf('apps/v1', 'Deployment')?.subresources.find(({ name }) => name === 'scale');
  expect(scale).toMatchObject({ apiVersion: 'autoscaling/v1', kind: 'Scale' });
  expect(kindOf('autoscaling/v1', 'Scale')).toMatchObject({ resource: '', type: 'Scale' });
  expect(kinds.some(({ kind }) => kind === 'Scale')).toBe(false);
});

test('fields know how they merge', () => {
  const { containers, nodeSelector } = Object.fromEntries(fieldsOf('PodSpec'));
  expect(containers).toEqual({
    name: 'containers',
    type: { is: 'list', of: { is: 'object', type: 'Container' } },
    required: true,
    list: { type: 'map', keys: ['name'] },
    patch: { strategies: ['merge'], mergeKey: 'name' },
  });
  expect(nodeSelector).toMatchObject({ mapType: 'atomic', type: { is: 'map', of: { is: 'string' } } });
  expect(fieldsOf('PodSpec').get('volumes')?.patch).toEqual({ strategies: ['merge', 'retainKeys'], mergeKey: 'name' });
  expect(fieldsOf('ContainerPort').get('protocol')).toMatchObject({ default: 'TCP', type: { enum: ['SCTP', 'TCP', 'UDP'] } });
});

test('what is written as text but is more has a type of its own', () => {
  expect(fieldsOf('ResourceRequirements').get('limits')?.type).toEqual({ is: 'map', of: { is: 'quantity' } });
  expect(fieldsOf('RollingUpdateDeployment').get('maxSurge')?.type).toEqual({ is: 'intOrString' });
  expect(fieldsOf('ObjectMeta').get('creationTimestamp')?.type).toEqual({ is: 'time' });
  expect(fieldsOf('LeaseSpec').get('renewTime')?.type).toEqual({ is: 'microTime' });
  expect(fieldsOf('Secret').get('data')?.type).toEqual({ is: 'map', of: { is: 'bytes' } });
  expect(fieldsOf('DeploymentSpec').get('replicas')?.type).toEqual({ is: 'integer', format: 'int32' });
});

test('a type that is not there has no fields, whatever it is called', () => {
  expect([fieldsOf('constructor').size, fieldsOf('').size, fieldsOf('Nothing').size]).toEqual([0, 0, 0]);
  expect([describeField('constructor', 'name'), describeField('Pod', 'toString'), describeType('Nothing')]).toEqual([undefined, undefined, undefined]);
});

/** 'list of object Container' of both kinds of type. */
function shapeOf(type: FieldType): string {
  if (type.is === 'list' || type.is === 'map') return `${type.is} of ${shapeOf(type.of)}`;
  return type.is === 'object' ? type.type : type.is === 'number' ? 'float64' : type.is === 'integer' ? (type.format ?? '') : type.is;
}

const selfNames: Readonly<Record<string, string>> = {
  'resource.Quantity': 'quantity',
  'v1.Time': 'time',
  'v1.MicroTime': 'microTime',
  'intstr.IntOrString': 'intOrString',
};

function goShapeOf(type: GoType): string {
  switch (type.is) {
    case 'pointer':
      return goShapeOf(type.to);
    case 'slice':
      return `list of ${goShapeOf(type.of)}`;
    case 'map':
      return `map of ${goShapeOf(type.of)}`;
    case 'struct':
      return type.name;
    case 'int':
      return `int${type.bits}`;
    case 'bool':
      return 'boolean';
    case 'self':
      return selfNames[type.text] ?? 'any';
    default:
      return type.is;
  }
}

test('schemas and Go types say the same of every field of every kind', () => {
  const seen = new Set<string>();
  const differing: string[] = [];
  const visit = (type: string) => {
    if (seen.has(type)) return;
    seen.add(type);
    const go = structOf(type);
    for (const [name, field] of fieldsOf(type)) {
      const own = go.byJson.get(name);
      if (!own || goShapeOf(own.type) !== shapeOf(field.type)) differing.push(`${type}.${name}`);
      const inner = shapeOf(field.type).split(' of ').at(-1) as string;
      if (fieldsOf(inner).size > 0) visit(inner);
    }
    if (go.wire.length !== fieldsOf(type).size) differing.push(type);
  };
  for (const kind of kinds) visit(kind.type);
  expect(seen.size).toBeGreaterThan(400);
  expect(differing).toEqual([]);
});

test('printer columns, those of -o wide marked', () => {
  expect(columnsOf('apps/v1', 'deployments').map(({ name, priority }) => `${name} ${priority}`)).toEqual([
    'Name 0',
    'Ready 0',
    'Up-to-date 0',
    'Available 0',
    'Age 0',
    'Containers 1',
    'Images 1',
    'Selector 1',
  ]);
  expect(columnsOf('example.com/v1', 'widgets').map(({ name }) => name)).toEqual(['Name', 'Created At']);
});

test('descriptions', () => {
  expect(describeField('DeploymentSpec', 'replicas')).toBe(
    'Number of desired pods. This is a pointer to distinguish between explicit zero and not specified. Defaults to 1.',
  );
  expect(describeField('DeploymentSpec', 'selector')).toContain('Label selector for pods.');
  expect(describeType('Deployment')).toBe('Deployment enables declarative updates for Pods and ReplicaSets.');
});

test('generating again does nothing when no input changed', () => {
  const table = new URL('../../server/src/schema/generated/table.ts', import.meta.url);
  const generate = () => execFileSync('node', ['server/build/generate.mjs'], { cwd: root });
  generate();
  const before = statSync(table).mtimeMs;
  generate();
  expect(statSync(table).mtimeMs).toBe(before);
});

test('the tables load at once', async () => {
  const entry = `export * from './kinds.ts'; export * from './fields.ts'; export * from './columns.ts'; export * from './decode.ts';`;
  const bundle = await build({
    stdin: { contents: entry, resolveDir: `${root}server/src/schema`, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    external: ['yaml'],
  });
  const script = `const code = require('fs').readFileSync(0, 'utf8'); const runs = []; for (let i = 0; i < 7; i++) { const start = performance.now(); new Function('module', 'exports', 'require', code)({ exports: {} }, {}, require); runs.push(performance.now() - start); } console.log(Math.min(...runs));`;
  const best = Number(execFileSync('node', ['-e', script], { cwd: root, input: bundle.outputFiles[0]?.text ?? '' }).toString());
  // 5 ms on a quiet machine.
  expect(best).toBeLessThan(50);
});

test('no generated file names a place outside the project', () => {
  for (const name of ['table.ts', 'go-types.ts', 'validators.js', 'types.ts']) {
    expect(readFileSync(new URL(`../../server/src/schema/generated/${name}`, import.meta.url), 'utf8')).not.toContain(root);
  }
});
