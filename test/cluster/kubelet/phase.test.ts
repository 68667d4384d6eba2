// The rows of Kubernetes' own tests (kubelet_pods_test.go, TestPodPhaseWith…), one letter a container:
// - nothing is known   w waiting   t waiting, ended well before   n waiting, failed before   r running   s running and started up
// c ended well   f failed. Init containers stand before the bar; a leading x: says that they are sidecars.
import { expect, test } from 'vitest';
import { phaseOf } from '../../../server/src/cluster/kubelet/phase.ts';
import type { ContainerState, ContainerStatus } from '../../../server/src/schema/generated/types.ts';

const ended = (exitCode: number): ContainerState => ({ terminated: { exitCode } });
const states: Readonly<Record<string, Partial<ContainerStatus>>> = {
  w: { state: { waiting: {} } },
  t: { state: { waiting: {} }, lastState: ended(0) },
  n: { state: { waiting: {} }, lastState: ended(-1) },
  r: { state: { running: {} } },
  s: { state: { running: {} }, started: true },
  c: { state: ended(0) },
  f: { state: ended(-1) },
};

const statusOf = (letter: string): ContainerStatus | undefined =>
  letter === '-' ? undefined : { name: letter, image: '', imageID: '', ready: false, restartCount: 0, lastState: {}, state: {}, ...states[letter] };

/** 'init|main', or 'x:sidecar|main', or just main. */
function checkPhase(restartPolicy: string, text: string, isOver: boolean, expected: string): void {
  const [left, right] = text.includes('|') ? (text.split('|') as [string, string]) : ['', text];
  const isSidecar = left.startsWith('x:');
  const init = [...left.replace('x:', '')];
  const spec = {
    restartPolicy,
    initContainers: init.map((name) => ({ name, resources: {}, ...(isSidecar && { restartPolicy: 'Always' }) })),
    containers: [...right].map((name) => ({ name, resources: {} })),
  };
  expect(phaseOf(spec, init.map(statusOf), [...right].map(statusOf), isOver)).toBe(expected);
}

const rows: readonly (readonly [restartPolicy: string, containers: string, expected: string, over?: true])[] = [
  ['Always', '--', 'Pending'],
  ['Always', 'rr', 'Running'],
  ['Always', 'cc', 'Running'],
  ['Always', 'cc', 'Succeeded', true],
  ['Always', 'cf', 'Failed', true],
  ['Always', 'rc', 'Running'],
  ['Always', 'r-', 'Pending'],
  ['Always', 'rw', 'Pending'],
  ['Always', 'rt', 'Running'],
  ['Always', '-|--', 'Pending'],
  ['Always', 'r|--', 'Pending'],
  ['Always', 'f|--', 'Pending'],
  ['Always', 't|--', 'Pending'],
  ['Always', 'n|--', 'Pending'],
  ['Always', 'w|--', 'Pending'],
  ['Always', 'c|rr', 'Running'],
  ['Always', 'x:-|--', 'Pending'],
  ['Always', 'x:r|--', 'Pending'],
  ['Always', 'x:c|--', 'Pending'],
  ['Always', 'x:t|--', 'Pending'],
  ['Always', 'x:n|--', 'Pending'],
  ['Always', 'x:w|--', 'Pending'],
  ['Always', 'x:s|r-', 'Pending'],
  ['Always', 'x:s|rr', 'Running'],
  ['Always', 'x:r|rr', 'Running'],
  ['Always', 'x:c|rr', 'Running'],
  ['Always', 'x:t|rr', 'Running'],
  ['Always', 'x:f|cc', 'Succeeded', true],
  ['Always', 'x:c|cc', 'Succeeded', true],
  ['Never', '--', 'Pending'],
  ['Never', 'rr', 'Running'],
  ['Never', 'cc', 'Succeeded'],
  ['Never', 'ff', 'Failed'],
  ['Never', 'rc', 'Running'],
  ['Never', 'r-', 'Pending'],
  ['Never', 'rw', 'Pending'],
  ['Never', 'r|--', 'Pending'],
  ['Never', 'f|--', 'Failed'],
  ['Never', 't|--', 'Pending'],
  ['Never', 'n|--', 'Failed'],
  ['Never', 'c|rr', 'Running'],
  ['Never', 'x:s|r-', 'Pending'],
  ['Never', 'x:s|cc', 'Running'],
  ['Never', 'x:r|cc', 'Running'],
  ['Never', 'x:c|cc', 'Succeeded'],
  ['Never', 'x:f|cc', 'Succeeded'],
  ['Never', 'x:t|cc', 'Succeeded'],
  ['Never', 'x:n|cc', 'Succeeded'],
  ['OnFailure', '--', 'Pending'],
  ['OnFailure', 'rr', 'Running'],
  ['OnFailure', 'cc', 'Succeeded'],
  ['OnFailure', 'ff', 'Running'],
  ['OnFailure', 'rc', 'Running'],
  ['OnFailure', 'r-', 'Pending'],
  ['OnFailure', 'rw', 'Pending'],
  ['OnFailure', 'rt', 'Running'],
];

test.each(rows.map(([restartPolicy, containers, expected, over = false]) => ({ restartPolicy, containers, expected, over })))(
  '$restartPolicy $containers → $expected',
  ({ restartPolicy, containers, expected, over }) => checkPhase(restartPolicy, containers, over, expected),
);
