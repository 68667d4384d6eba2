import { expect, test } from 'vitest';
import { storageKey } from '../../../server/src/cluster/registry/storage-key.ts';
import { kindOf } from '../../../server/src/schema/kinds.ts';

test('where an object is kept, as the server says it when an identity does not match', () => {
  const key = (apiVersion: string, kind: string, namespace?: string) => storageKey(kindOf(apiVersion, kind)!, namespace, 'n');
  expect(key('apps/v1', 'Deployment', 'default')).toBe('/deployments/default/n');
  expect(key('v1', 'Service', 'default')).toBe('/services/specs/default/n');
  expect(key('v1', 'Endpoints', 'default')).toBe('/services/endpoints/default/n');
  expect(key('v1', 'ReplicationController', 'default')).toBe('/controllers/default/n');
  expect(key('networking.k8s.io/v1', 'Ingress', 'default')).toBe('/ingress/default/n');
  expect(key('v1', 'Node')).toBe('/minions/n');
  expect(key('apiregistration.k8s.io/v1', 'APIService')).toBe('/apiregistration.k8s.io/apiservices/n');
  expect(key('apiextensions.k8s.io/v1', 'CustomResourceDefinition')).toBe('/apiextensions.k8s.io/customresourcedefinitions/n');
});
