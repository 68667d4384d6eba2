// pods/resize, in the words of a real server.
import { expect, test } from 'vitest';
import { checkDone, Client } from './support/api.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    schedulingGates: [{ name: 'a.b/c' }],
    initContainers: [
      { name: 'i', image: 'i', resources: { requests: { cpu: '100m' } } },
      { name: 's', image: 's', restartPolicy: 'Always', resources: { requests: { cpu: '100m' } } },
    ],
    containers: [
      { name: 'a', image: 'a', resources: { requests: { cpu: '1', 'ephemeral-storage': '1Gi' }, limits: { cpu: '2' } } },
      { name: 'b', image: 'b' },
    ],
  },
};

type Operation = [op: string, path: string, value?: unknown];

function resize(...operations: Operation[]) {
  const client = new Client();
  checkDone(client.create(pod), 201);
  const body = operations.map(([op, path, value]) => ({ op, path: `/spec/${path}`, ...(value !== undefined && { value }) }));
  return client.ask({ verb: 'patch', patchType: 'json', group: '', resource: 'pods', namespace: 'default', name: 'web', subresource: 'resize', body });
}

const restart = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];

test.each<[string, Operation]>([
  ['cpu', ['replace', 'containers/0/resources/requests/cpu', '1500m']],
  ['memory where there was nothing', ['add', 'containers/1/resources', { requests: { memory: '1Gi' } }]],
  ['an init container', ['replace', 'initContainers/0/resources/requests/cpu', '200m']],
  ['a sidecar', ['replace', 'initContainers/1/resources/requests/cpu', '200m']],
  ['the pod as a whole', ['add', 'resources', { requests: { cpu: '4' } }]],
])('%s may change', (_, operation) => {
  const { spec, metadata } = checkDone(resize(operation));
  expect(metadata.generation).toBe(2);
  const written = operation[1].split('/').reduce((value: any, key) => value[key], spec);
  expect(written).toEqual(operation[2]);
});

test.each<[string, string[], ...Operation[]]>([
  ['a limit that goes', ['spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed'], ['remove', 'containers/0/resources/limits']],
  ['another resource', ['spec: Forbidden: only cpu and memory resources are mutable'], ['replace', 'containers/0/resources/requests/ephemeral-storage', '2Gi']],
  ['a policy', ['spec: Forbidden: only cpu and memory resources are mutable'], ['add', 'containers/0/resizePolicy', restart]],
  [
    'a policy of an init container',
    [
      'spec.initContainers[0].resizePolicy[0].restartPolicy: Invalid value: "RestartContainer": must not be set to \'RestartContainer\' for non-sidecar initContainers',
      'spec.initContainers[0]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable',
      'spec.initContainers[0]: Forbidden: non-sidecar init containers with a resize policy of RestartContainer cannot be resized',
    ],
    ['add', 'initContainers/0/resizePolicy', restart],
  ],
  [
    'requests that go',
    ['spec.initContainers[1].resources.requests: Forbidden: resource requests cannot be removed'],
    ['remove', 'initContainers/1/resources/requests'],
  ],
  ['a container that goes', ['spec.containers: Forbidden: containers may not be added or removed on resize'], ['remove', 'containers/1']],
  [
    'all of them',
    ['spec.containers: Required value', 'spec.containers: Forbidden: containers may not be added or removed on resize'],
    ['remove', 'containers'],
  ],
  ['another name', ['spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize'], ['replace', 'containers/0/name', 'z']],
  [
    'another name beside a change',
    ['spec.initContainers[0].name: Forbidden: initContainers may not be renamed or reordered on resize'],
    ['replace', 'initContainers/0/name', 'z'],
    ['replace', 'containers/0/resources/requests/cpu', '1500m'],
  ],
  [
    'more than its limit',
    ['spec.containers[0].resources.requests: Invalid value: "3": must be less than or equal to cpu limit of 2'],
    ['replace', 'containers/0/resources/requests/cpu', '3'],
  ],
])('%s is refused', (_, found, ...operations) => {
  const text = found.length === 1 ? found[0] : `[${found.join(', ')}]`;
  expect(resize(...operations).body['message']).toBe(`Pod "web" is invalid: ${text}`);
});

test('another image is left out', () => {
  expect(checkDone(resize(['replace', 'containers/0/image', 'z'])).spec.containers[0].image).toBe('a');
});
