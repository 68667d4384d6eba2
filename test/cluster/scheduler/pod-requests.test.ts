// Effective requests; most rows are those of Kubernetes' own tests (component-helpers/resource/helpers_test.go).
import { describe, expect, test } from 'vitest';
import { podRequests } from '../../../server/src/cluster/scheduler/pod-requests.ts';
import type { Container, PodSpec } from '../../../server/src/schema/generated/types.ts';
import { containersOf } from './fixtures.ts';

const Mi = 1024 * 1024;

function checkRequests(spec: PodSpec, expected: { cpu?: number; memory?: number; ephemeralStorage?: number; others?: Record<string, number> }) {
  const { cpu, memory, ephemeralStorage, others } = podRequests(spec);
  expect({ cpu, memory, ephemeralStorage, others: Object.fromEntries(others ?? []) }).toEqual({
    cpu: expected.cpu ?? 0,
    memory: expected.memory ?? 0,
    ephemeralStorage: expected.ephemeralStorage ?? 0,
    others: expected.others ?? {},
  });
}

const sidecar = (requests: Record<string, string>): Container => containersOf([requests], { restartPolicy: 'Always' })[0]!;
const init = (requests: Record<string, string>): Container => containersOf([requests])[0]!;

describe('requests of a pod', () => {
  test('[R1] containers are added up', () => {
    checkRequests(
      {
        containers: containersOf([
          { cpu: '1', memory: '5' },
          { cpu: '4', memory: '12' },
        ]),
      },
      { cpu: 5000, memory: 17 },
    );
  });
  test('[R2] a larger init container counts instead of the containers', () => {
    checkRequests({ containers: containersOf([{ cpu: '1' }]), initContainers: [init({ cpu: '4' })] }, { cpu: 4000 });
  });
  test('[R3] a smaller init container does not count', () => {
    checkRequests({ containers: containersOf([{ cpu: '2' }, { cpu: '3' }]), initContainers: [init({ cpu: '2' })] }, { cpu: 5000 });
  });
  test('[R4] of init containers only the largest counts, resource by resource', () => {
    checkRequests(
      {
        containers: containersOf([
          { cpu: '1', memory: '5' },
          { cpu: '4', memory: '12' },
        ]),
        initContainers: [init({ cpu: '1', memory: '500' }), init({ cpu: '40', memory: '120' })],
      },
      { cpu: 40_000, memory: 500 },
    );
  });
  test('[R5] overhead comes on top', () => {
    checkRequests(
      { containers: containersOf([{ cpu: '2' }, { cpu: '3' }]), initContainers: [init({ cpu: '2' })], overhead: { cpu: '1', memory: '1Gi' } },
      { cpu: 6000, memory: 1024 * Mi },
    );
  });
  test('[R6] a sidecar is added to the containers', () => {
    checkRequests({ containers: containersOf([{ cpu: '1' }]), initContainers: [sidecar({ cpu: '1' })] }, { cpu: 2000 });
  });
  test('[R7] a sidecar is added to the init containers after it, not to those before', () => {
    checkRequests({ containers: containersOf([{ cpu: '1' }]), initContainers: [sidecar({ cpu: '1' }), init({ cpu: '5' })] }, { cpu: 6000 });
    checkRequests({ containers: containersOf([{ cpu: '1' }]), initContainers: [init({ cpu: '5' }), sidecar({ cpu: '1' })] }, { cpu: 5000 });
  });
  test('[R8] several sidecars around init containers', () => {
    // While "5" starts: sidecars 1 + 2 run beside it, 8 in all; when running: 1 + 1 + 2 + 3 = 7.
    checkRequests(
      {
        containers: containersOf([{ cpu: '1' }]),
        initContainers: [init({ cpu: '5' }), sidecar({ cpu: '1' }), sidecar({ cpu: '2' }), init({ cpu: '5' }), sidecar({ cpu: '3' })],
      },
      { cpu: 8000 },
    );
  });
  test('[R9] requests of the whole pod replace those of its containers, where they are named', () => {
    checkRequests({ containers: containersOf([{ cpu: '1', memory: '5' }]), resources: { requests: { cpu: '3' } } }, { cpu: 3000, memory: 5 });
  });
  test('[R10] other resources are counted by name', () => {
    checkRequests(
      { containers: containersOf([{ 'example.com/gpu': '1', 'ephemeral-storage': '1Ki' }, { 'example.com/gpu': '2' }]) },
      { ephemeralStorage: 1024, others: { 'example.com/gpu': 3 } },
    );
  });
  test('[R11] what asks for nothing counts as 100m and 200 MiB for scoring, what asks for zero as zero', () => {
    expect(podRequests({ containers: containersOf([{}, { cpu: '1' }, { memory: '0' }]) })).toMatchObject({
      assumedCpu: 1200,
      assumedMemory: 400 * Mi,
      cpu: 1000,
      memory: 0,
    });
  });
});
