// Rows of kinds that configure a cluster: as many cells as columns, with what the server shows in them.
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import { rowOf } from '../../../server/src/kubectl/printers/row-of.ts';
import { columnsOf } from '../../../server/src/schema/columns.ts';
import { kindOf } from '../../../server/src/schema/kinds.ts';

const metadata = { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z' };
const now = Date.parse('2026-01-01T00:01:00Z');

const rows: readonly (readonly [apiVersion: string, kind: string, body: object, cells: readonly unknown[]])[] = [
  ['v1', 'ComponentStatus', { conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] }, ['a', 'Healthy', 'ok', '']],
  ['node.k8s.io/v1', 'RuntimeClass', { handler: 'runc' }, ['a', 'runc', '60s']],
  ['storage.k8s.io/v1', 'CSIDriver', { spec: { tokenRequests: [{ audience: 'x' }] } }, ['a', true, false, false, 'x', false, '<none>', '60s']],
  ['storage.k8s.io/v1', 'CSINode', { spec: { drivers: [{ name: 'd', nodeID: 'n' }] } }, ['a', 1, '60s']],
  ['storage.k8s.io/v1', 'VolumeAttachment', { spec: { attacher: 'x', nodeName: 'n', source: {} } }, ['a', 'x', '', 'n', false, '60s']],
  ['storage.k8s.io/v1', 'VolumeAttributesClass', { driverName: 'x' }, ['a', 'x', '60s']],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { webhooks: [{}, {}] }, ['a', 2, '60s']],
  [
    'certificates.k8s.io/v1',
    'CertificateSigningRequest',
    { spec: { signerName: 'example.com/x', username: 'jane', expirationSeconds: 3600 }, status: { conditions: [{ type: 'Approved' }], certificate: 'eA==' } },
    ['a', '60s', 'example.com/x', 'jane', '60m', 'Approved,Issued'],
  ],
];

test.each(rows)('%s %s', (apiVersion, kind, body, cells) => {
  const info = kindOf(apiVersion, kind)!;
  expect(rowOf(info, { apiVersion, kind, metadata, ...body } as KubeObject, now)).toEqual(cells);
  expect(columnsOf(apiVersion, info.resource)).toHaveLength(cells.length);
});
