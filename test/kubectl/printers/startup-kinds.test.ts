import { expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import { rowOf } from '../../../server/src/kubectl/printers/row-of.ts';
import { kindOf } from '../../../server/src/schema/kinds.ts';

const { store, agenda } = new Cluster();

function checkRow(apiVersion: string, kind: string, name: string, expected: readonly unknown[]) {
  const info = kindOf(apiVersion, kind)!;
  const object = store.get(`${info.resource}.${info.group}`, undefined, name)!;
  expect(rowOf(info, object, agenda.now)).toEqual([name, ...expected]);
}

test('flow schemas, priority levels and API services of a fresh cluster', () => {
  const flow = 'flowcontrol.apiserver.k8s.io/v1';
  checkRow(flow, 'FlowSchema', 'probes', ['exempt', 2, '<none>', '0s', 'False']);
  checkRow(flow, 'FlowSchema', 'kube-scheduler', ['workload-high', 800, 'ByNamespace', '0s', 'False']);
  checkRow(flow, 'PriorityLevelConfiguration', 'exempt', ['Exempt', '<none>', '<none>', '<none>', '<none>', '0s']);
  checkRow(flow, 'PriorityLevelConfiguration', 'system', ['Limited', 30, 64, 6, 50, '0s']);
  checkRow('apiregistration.k8s.io/v1', 'APIService', 'v1.apps', ['Local', 'True', '0s']);
});

test('an API service elsewhere that does not answer', () => {
  const info = kindOf('apiregistration.k8s.io/v1', 'APIService')!;
  const metadata = { name: 'v1.example.com', uid: '', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  const status = { conditions: [{ type: 'Available', status: 'False', reason: 'MissingEndpoints' }] };
  const service = { apiVersion: info.apiVersion, kind: info.kind, metadata, spec: { service: { namespace: 'demo', name: 'api' } }, status };
  expect(rowOf(info, service as never, Date.parse('2026-01-01T00:00:05Z'))).toEqual(['v1.example.com', 'demo/api', 'False (MissingEndpoints)', '5s']);
});
