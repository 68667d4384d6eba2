// Patches that are no objects, and patches that would rename: in the words of a real server.
import { expect, test } from 'vitest';
import type { PatchType } from '../../../../server/src/cluster/registry/request.ts';
import { checkDone, checkRefused, Client, configMap } from '../support/api.ts';

function checkBadRequest(type: PatchType, patch: unknown, message: string): void {
  const client = new Client();
  checkDone(client.create(configMap('a')), 201);
  checkRefused(client.patch('configmaps', 'a', type, patch), { code: 400, reason: 'BadRequest', message });
}

test('a patch that is no object', () => {
  const notA = (kind: string, type = 'map[string]interface {}') => `json: cannot unmarshal ${kind} into Go value of type ${type}`;
  checkBadRequest('strategic', 'text', notA('string'));
  checkBadRequest('strategic', [1], notA('array'));
  checkBadRequest('merge', 5, `error decoding patch: ${notA('number')}`);
  checkBadRequest('merge', true, `error decoding patch: ${notA('bool')}`);
  checkBadRequest('merge', null, 'Invalid JSON Patch');
  checkBadRequest('json', {}, `error decoding patch: ${notA('object', '[]handlers.jsonPatchOp')}`);
  checkBadRequest('json', [5], `error decoding patch: ${notA('number', 'handlers.jsonPatchOp')}`);
});

test('no patch at all changes nothing', () => {
  const client = new Client();
  const { metadata } = checkDone(client.create(configMap('a')), 201);
  for (const type of ['strategic', 'json'] as const)
    expect(checkDone(client.patch('configmaps', 'a', type, null)).metadata.resourceVersion).toBe(metadata.resourceVersion);
});

test('a patch does not change the name', () => {
  const mismatch = 'the name of the object (b) does not match the name on the URL (a)';
  for (const type of ['strategic', 'merge'] as const) {
    checkBadRequest(type, { metadata: { name: 'b' } }, mismatch);
    checkBadRequest(type, { metadata: { name: null } }, 'the name of the object (a based on URL) was undeterminable: name must be provided');
  }
  checkBadRequest('json', [{ op: 'replace', path: '/metadata/name', value: 'b' }], mismatch);
});
