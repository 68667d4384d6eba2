import { expect, test } from 'vitest';
import { encodeMessage, type Field } from '../../server/src/apiserver/protobuf/encode.ts';
import { decodeMessage, readEnvelope } from '../../server/src/apiserver/protobuf/decode.ts';
import { structOf } from '../../server/src/schema/go-types.ts';
import { configMap, frontOf } from './support/front.ts';

type Fields = readonly Field[];

const body = (apiVersion: string, kind: string, object: Fields) =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    encodeMessage([
      [
        1,
        [
          [1, apiVersion],
          [2, kind],
        ],
      ],
      [2, object],
    ]),
  ]);

test('one walk along the Go structs decodes a Deployment', () => {
  const container: Fields = [
    [1, 'web'],
    [2, 'nginx:1.25'],
    [
      6,
      [
        [3, 80],
        [4, 'TCP'],
      ],
    ],
    [
      8,
      [
        [
          1,
          [
            [1, 'cpu'],
            [2, [[1, '500m']]],
          ],
        ],
      ],
    ],
  ];
  const volume: Fields = [
    [1, 'data'],
    [2, [[2, [[1, 'Memory']]]]],
  ];
  const spec: Fields = [
    [1, 3],
    [
      3,
      [
        [
          1,
          [
            [
              11,
              [
                [1, 'app'],
                [2, 'web'],
              ],
            ],
          ],
        ],
        [
          2,
          [
            [2, container],
            [1, volume],
            [4, -5n],
          ],
        ],
      ],
    ],
    [
      4,
      [
        [1, 'RollingUpdate'],
        [
          2,
          [
            [
              1,
              [
                [1, 1],
                [3, '25%'],
              ],
            ],
            [
              2,
              [
                [1, 0],
                [2, 1],
              ],
            ],
          ],
        ],
      ],
    ],
  ];
  expect(
    decodeMessage(
      'Deployment',
      encodeMessage([
        [
          1,
          [
            [1, 'web'],
            [8, [[1, 1_700_000_000n]]],
          ],
        ],
        [2, spec],
      ]),
    ),
  ).toEqual({
    value: {
      metadata: { name: 'web', creationTimestamp: '2023-11-14T22:13:20Z' },
      spec: {
        replicas: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [{ name: 'web', image: 'nginx:1.25', ports: [{ containerPort: 80, protocol: 'TCP' }], resources: { limits: { cpu: '500m' } } }],
            volumes: [{ name: 'data', emptyDir: { medium: 'Memory' } }],
            terminationGracePeriodSeconds: -5,
          },
        },
      },
    },
  });
});

test('a namespace as kubectl sends it', () => {
  const { ask } = frontOf();
  const sent = body('v1', 'Namespace', [
    [
      1,
      [
        [1, 'demo'],
        [2, ''],
        [8, []],
      ],
    ],
    [2, []],
    [3, []],
  ]);
  const created = ask('POST', '/api/v1/namespaces', { contentType: 'application/vnd.kubernetes.protobuf', body: sent });
  expect([created.code, created.body.metadata.name]).toEqual([201, 'demo']);
});

test('DeleteOptions', () => {
  const { ask } = frontOf();
  ask('POST', '/api/v1/namespaces/default/configmaps', { body: configMap('one') });
  const sent = body('v1', 'DeleteOptions', [[2, [[1, 'another-uid']]]]);
  const refused = ask('DELETE', '/api/v1/namespaces/default/configmaps/one', { contentType: 'application/vnd.kubernetes.protobuf', body: sent });
  expect(refused.code).toBe(409);
});

test.each([
  ['no envelope', Buffer.from('{}')],
  ['cut off', body('v1', 'ConfigMap', [[1, [[1, 'one']]]]).subarray(0, -3)],
  ['a number where a text belongs', body('v1', 'ConfigMap', [[1, [[1, 7]]]])],
  ['tag zero', body('v1', 'ConfigMap', [[0, 1]])],
])('%s is a bad request', (_, sent) => {
  const { ask } = frontOf();
  const answer = ask('POST', '/api/v1/namespaces/default/configmaps', { contentType: 'application/vnd.kubernetes.protobuf', body: sent });
  expect(answer.code).toBe(400);
});

test('messages inside each other, deeper than anybody means', () => {
  let fields: Fields = [];
  for (let i = 0; i < 500; i++) fields = [[2, fields]];
  expect(readEnvelope(Buffer.concat([Buffer.from('k8s\0'), encodeMessage(fields)]))).not.toHaveProperty('error');
  // JSONSchemaProps holds itself.
  const { number = 0 } = structOf('JSONSchemaProps').byJson.get('not')!;
  let schema: Fields = [];
  for (let i = 0; i < 500; i++) schema = [[number, schema]];
  expect(decodeMessage('JSONSchemaProps', encodeMessage(schema))).toEqual({ error: expect.stringContaining('inside each other') });
});
