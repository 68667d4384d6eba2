import { expect, test } from 'vitest';
import { copyPool, giveBack, newPool, nodeAddress, podNetwork, takeAddress } from '../../../server/src/cluster/kubelet/addresses.ts';

test('networks and addresses of nodes', () => {
  expect([1, 3, 255, 256, 5_000].map(podNetwork)).toEqual(['10.244.1.0/24', '10.244.3.0/24', '10.244.255.0/24', '10.245.0.0/24', '10.7.136.0/24']);
  expect([1, 254, 255].map(nodeAddress)).toEqual(['172.18.0.2', '172.18.0.255', '172.18.1.0']);
  expect(new Set(Array.from({ length: 5_000 }, (_, i) => podNetwork(i + 1))).size).toBe(5_000);
});

test('addresses go round, past those in use', () => {
  const pool = newPool('10.244.1.0/24');
  const first = Array.from({ length: 253 }, () => takeAddress(pool));
  expect([first[0], first.at(-1), new Set(first).size]).toEqual(['10.244.1.2', '10.244.1.254', 253]);
  giveBack(pool, '10.244.1.7');
  giveBack(pool, '10.244.1.9');
  expect([takeAddress(pool), takeAddress(pool)]).toEqual(['10.244.1.7', '10.244.1.9']);
});

test('a copy of a pool goes its own way', () => {
  const pool = newPool('10.244.1.0/24');
  takeAddress(pool);
  const copy = copyPool(pool);
  takeAddress(pool);
  expect(takeAddress(copy)).toBe('10.244.1.3');
});
