import { describe, expect, test } from 'vitest';
import { failsAfter, failureText, succeedsAfter } from '../../../server/src/cluster/kubelet/probes.ts';

describe('when a probe has succeeded', () => {
  test.each([
    ['at once', {}, 0, 0],
    ['after its delay', { initialDelaySeconds: 5 }, 0, 5_000],
    ['at the next period', { initialDelaySeconds: 5, periodSeconds: 10 }, 12_000, 15_000],
    ['exactly at a probe', { initialDelaySeconds: 5, periodSeconds: 10 }, 15_000, 15_000],
    ['the default period is 10 s', {}, 1_000, 10_000],
    ['as often as it must', { periodSeconds: 2, successThreshold: 3 }, 1_000, 6_000],
  ])('%s', (_title, probe, answersAfter, expected) => expect(succeedsAfter(probe, answersAfter)).toBe(expected));
});

describe('when a probe has failed as often as it may', () => {
  test.each([
    ['it is answered at once', {}, 0, undefined],
    ['three times, 10 s apart', {}, 60_000, 20_000],
    ['declared', { initialDelaySeconds: 3, periodSeconds: 1, failureThreshold: 5 }, 60_000, 7_000],
    ['answered just in time', { initialDelaySeconds: 3, periodSeconds: 1, failureThreshold: 5 }, 7_000, undefined],
  ])('%s', (_title, probe, answersAfter, expected) => expect(failsAfter(probe, answersAfter)).toBe(expected));
});

test.each([
  [
    { httpGet: { path: '/healthz', port: 'web', scheme: 'HTTPS' } },
    false,
    'Get "https://10.0.0.5:8080/healthz": dial tcp 10.0.0.5:8080: connect: connection refused',
  ],
  [{ httpGet: { port: 80 } }, true, 'HTTP probe failed with statuscode: 503'],
  [{ tcpSocket: { port: 80 } }, false, 'dial tcp 10.0.0.5:80: connect: connection refused'],
  [{ grpc: { port: 9000 }, timeoutSeconds: 2 }, false, 'timeout: failed to connect service "10.0.0.5:9000" within 2s: context deadline exceeded'],
])('what is reported: %j', (probe, answers, expected) => {
  const container = { name: 'web', resources: {}, ports: [{ name: 'web', containerPort: 8080 }] };
  expect(failureText('Readiness', probe as never, container, '10.0.0.5', answers)).toBe(`Readiness probe failed: ${expected}`);
});
