import { expect, test } from 'vitest';
import { isStatus } from '../../server/src/kube/status.ts';
import { negotiate } from '../../server/src/apiserver/respond/negotiate.ts';

const checkAccept = (accept: string, expected: object) => expect(negotiate(accept)).toEqual(expected);

test('the first clause that can be served counts', () => {
  checkAccept('', { format: 'json' });
  checkAccept('*/*', { format: 'json' });
  checkAccept('application/yaml', { format: 'yaml' });
  checkAccept('application/vnd.kubernetes.protobuf,application/json', { format: 'json' });
  checkAccept('application/json;q=0.5, application/yaml', { format: 'yaml' });
  checkAccept('application/json;as=Table;v=v1;g=meta.k8s.io,application/json', { format: 'json', as: 'Table', version: 'v1' });
  checkAccept('application/json;as=Chair;v=v1;g=meta.k8s.io,application/json', { format: 'json' });
});

test('nothing that can be served: 406', () => {
  for (const accept of ['application/xml', 'application/json;as=Chair;v=v1;g=meta.k8s.io', 'application/vnd.kubernetes.protobuf']) {
    const answer = negotiate(accept);
    expect(isStatus(answer) && answer.code).toBe(406);
  }
});
