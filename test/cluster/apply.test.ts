import { expect, test } from 'vitest';
import { applyFile } from '../../server/src/cluster/apply.ts';
import { ClusterProjection } from '../../server/src/cluster/projections/cluster-projection.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { lastAppliedKey } from '../../server/src/cluster/registry/patch/last-applied.ts';
import { checkDone, Client, configMap, deployment } from './registry/support/api.ts';

type Options = Partial<Parameters<typeof applyFile>[3]>;

/** A file that is saved again and again. */
function file(client = new Client()) {
  let applied: readonly string[] = [];
  return {
    client,
    save(objects: readonly object[], { kept = [], prune = true }: Options = {}) {
      const outcome = applyFile(client.cluster, objects as readonly KubeObject[], applied, { kept, prune });
      ({ applied } = outcome);
      return { results: outcome.outcomes.map(({ result }) => result), pruned: outcome.pruned, outcomes: outcome.outcomes };
    },
  };
}

test('[K1] created, unchanged, configured', () => {
  const { save, client } = file();
  expect(save([configMap('a'), deployment('web')]).results).toEqual(['created', 'created']);
  expect(save([configMap('a'), deployment('web')]).results).toEqual(['unchanged', 'unchanged']);
  expect(save([configMap('a', { a: '2' }), deployment('web')]).results).toEqual(['configured', 'unchanged']);
  expect(checkDone(client.get('configmaps', 'a'))['data']).toEqual({ a: '2' });
});

test('[K2] the annotation holds what was applied, as kubectl writes it', () => {
  const { save, client } = file();
  save([{ kind: 'ConfigMap', apiVersion: 'v1', data: { b: '<', a: '1' }, metadata: { name: 'a' } }]);
  expect(checkDone(client.get('configmaps', 'a')).metadata.annotations![lastAppliedKey]).toBe(
    '{"apiVersion":"v1","data":{"a":"1","b":"\\u003c"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a","namespace":"default"}}\n',
  );
});

test('[K3] what left the file goes, what others set stays', () => {
  const { save, client } = file();
  save([configMap('a', { mine: '1', old: '1' })]);
  checkDone(client.patch('configmaps', 'a', 'merge', { data: { theirs: '1' } }));
  save([configMap('a', { mine: '2' })]);
  expect(checkDone(client.get('configmaps', 'a'))['data']).toEqual({ mine: '2', theirs: '1' });
});

test('[K4] a document that is removed from the file is removed from the cluster, if the file put it there', () => {
  const { save, client } = file();
  checkDone(client.create(configMap('foreign')), 201);
  save([configMap('a'), configMap('b')]);
  const { pruned } = save([configMap('a')]);
  expect(pruned).toHaveLength(1);
  expect(pruned[0]).toContain('b');
  expect(client.names('configmaps')).toEqual(['a', 'foreign', 'kube-root-ca.crt']);
  expect(save([configMap('a')]).pruned).toEqual([]);
});

test('[K5] a refused document keeps its last good state, and the others are applied', () => {
  const { save, client } = file();
  save([deployment('web', { replicas: 1 }), configMap('a')]);
  const { results, outcomes } = save([deployment('web', { replicas: -1 }), configMap('a', { a: '2' })]);
  expect(results).toEqual(['refused', 'configured']);
  expect(outcomes[0]!.status!.message).toBe('Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0');
  expect(checkDone(client.get('deployments', 'web')).spec.replicas).toBe(1);
});

test('[K6] while a part of the file cannot be read, nothing is removed', () => {
  const { save, client } = file();
  save([configMap('a'), configMap('b')]);
  expect(save([configMap('a')], { prune: false }).pruned).toEqual([]);
  expect(client.get('configmaps', 'b').code).toBe(200);
  expect(save([configMap('a')]).pruned).toHaveLength(1);
});

test('[K7] misspelt fields are refused, as kubectl does by default', () => {
  const { save } = file();
  const { outcomes } = save([{ ...configMap('a'), datum: {} }]);
  expect(outcomes[0]!.status!.message).toContain('strict decoding error: unknown field "datum"');
});

function definition(plural: string, kind: string, scope: 'Namespaced' | 'Cluster' = 'Namespaced') {
  const spec = { type: 'object', properties: { size: { type: 'integer', maximum: 3 }, tags: { type: 'array', items: { type: 'string' } } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.sea.example.com` },
    spec: {
      group: 'sea.example.com',
      scope,
      names: { plural, kind },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
    },
  };
}

const custom = (kind: string, name: string, spec: object) => ({ apiVersion: 'sea.example.com/v1', kind, metadata: { name }, spec });

test('[K8] a definition and its resources in one file, in any order: created, configured, pruned', () => {
  const { save, client } = file();
  const rows = new ClusterProjection(client.cluster.store);
  const boats = definition('boats', 'Boat');
  expect(save([custom('Boat', 'a', { size: 1, tags: ['x', 'y'] }), boats]).results).toEqual(['created', 'created']);
  expect(rows.takeChanges()!.upserts.map(({ id }) => id)).toContain('sea.example.com/Boat/default/a');
  expect(save([custom('Boat', 'a', { size: 1, tags: ['x', 'y'] }), boats]).results).toEqual(['unchanged', 'unchanged']);
  expect(save([custom('Boat', 'a', { tags: ['y'] }), boats]).results).toEqual(['configured', 'unchanged']);
  expect(client.cluster.store.get('boats.sea.example.com', 'default', 'a')).toMatchObject({ spec: { tags: ['y'] } });
  expect(save([boats]).pruned).toEqual(['boat.sea.example.com/a']);
  rows.takeChanges();
  expect(rows.row('sea.example.com/Boat/default/a')).toBeUndefined();
  save([boats, custom('Boat', 'b', {})]);
  expect(save([configMap('x')]).pruned).toEqual(['boat.sea.example.com/b', 'customresourcedefinition.apiextensions.k8s.io/boats.sea.example.com']);
});

test('[K9] the definition judges its resources; without one their kind is unknown', () => {
  const { save } = file();
  expect(save([custom('Boat', 'a', {})]).outcomes[0]!.status).toMatchObject({
    code: 404,
    message: 'no matches for kind "Boat" in version "sea.example.com/v1"',
  });
  const { results, outcomes } = save([definition('boats', 'Boat'), custom('Boat', 'a', { size: 4 }), custom('Boat', 'b', { sails: 1 })]);
  expect(results).toEqual(['created', 'refused', 'refused']);
  expect(outcomes[1]!.status!.message).toContain('spec.size in body should be less than or equal to 3');
  expect(outcomes[2]!.status!.message).toContain('strict decoding error: unknown field "spec.sails"');
});

test('[K10] an object outside of namespaces stays though its kind was not known to whoever named it', () => {
  const { save } = file();
  save([definition('oceans', 'Ocean', 'Cluster'), custom('Ocean', 'pacific', {})]);
  const { pruned } = save([definition('oceans', 'Ocean', 'Cluster')], { kept: ['sea.example.com/Ocean/default/pacific'] });
  expect(pruned).toEqual([]);
});
