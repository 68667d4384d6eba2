// How a pod lives on its node, as stories: everything that is posted and told, with the milliseconds since the pod was bound.
import { describe, expect, test } from 'vitest';
import { PodOnNode, type Story } from './kubelet.ts';

const checkStory = (story: Story, until: number, expected: string) =>
  expect(new PodOnNode(story).until(until).lines.join('\n')).toBe(
    expected
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join('\n'),
  );

const present = 'Container image "nginx:1.25" already present on machine and can be accessed by the pod';

describe('a pod that runs', () => {
  test('[K1] takes a second to start, and is ready as soon as it runs', () => {
    checkStory(
      {},
      100_000,
      `0 Pending 0/1 ContainerCreating
       1000 Pulled: ${present}
       1000 Created: Container created
       1000 Started: Container started
       1000 Running 1/1`,
    );
  });
  test('[K2] an image that the node does not have is pulled meanwhile', () => {
    const { lines } = new PodOnNode({ hasImage: false, containers: [{ image: 'nginx' }] }).until(1000);
    expect(lines.slice(0, 3)).toEqual([
      '0 Pulling: Pulling image "nginx:latest"',
      '0 Pending 0/1 ContainerCreating',
      expect.stringMatching(/^1000 Pulled: Successfully pulled image "nginx:latest" in 1s \(1s including waiting\)\. Image size: \d+ bytes\.$/),
    ]);
  });
  test('[K3] ready-after says how long it takes', () => {
    const pod = new PodOnNode({ annotations: { 'drydock.dev/ready-after': '2.5s' } }).until(2499);
    expect(pod.summary).toBe('Pending 0/1 ContainerCreating');
    expect(pod.until(2500).summary).toBe('Running 1/1');
  });
  test('[K4] with a readiness probe it runs at once, and becomes ready by the probe', () => {
    checkStory(
      {
        annotations: { 'drydock.dev/ready-after': '6s' },
        containers: [{ readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 2, periodSeconds: 5 } }],
      },
      100_000,
      `0 Pulled: ${present}
       0 Created: Container created
       0 Started: Container started
       0 Running 0/1
       2000 ! Unhealthy: Readiness probe failed: Get "http://10.244.1.2:80/": dial tcp 10.244.1.2:80: connect: connection refused
       7000 Running 1/1`,
    );
  });
  test('[K5] a probe that is answered at once: ready after the usual second', () => {
    expect(new PodOnNode({ containers: [{ readinessProbe: { tcpSocket: { port: 80 } } }] }).until(60_000).lines.slice(-2)).toEqual([
      '0 Running 0/1',
      '1000 Running 1/1',
    ]);
  });
  test('[K6] it waits for its turn among its owner’s pods', () => {
    const pod = new PodOnNode({ notReadyBefore: 4_000 }).until(3_999);
    expect(pod.summary).toBe('Pending 0/1 ContainerCreating');
    expect(pod.until(4_000).summary).toBe('Running 1/1');
    const probed = new PodOnNode({ notReadyBefore: 4_000, containers: [{ readinessProbe: {} }] }).until(3_999);
    expect(probed.summary).toBe('Running 0/1');
    expect(probed.until(4_000).summary).toBe('Running 1/1');
  });
  test('[K7] conditions while starting and when ready, in the kubelet’s order', () => {
    const pod = new PodOnNode().until(0);
    const all = () =>
      pod.pod.status.conditions?.map(({ type, status, reason, message, lastTransitionTime }) =>
        [type, status, reason, message, lastTransitionTime?.slice(17, 19)].join(' ').trim(),
      );
    expect(all()).toEqual([
      'PodReadyToStartContainers False   00',
      'Initialized True   00',
      'Ready False ContainersNotReady containers with unready status: [c0] 00',
      'ContainersReady False ContainersNotReady containers with unready status: [c0] 00',
      'PodScheduled True   00',
    ]);
    expect(pod.pod.status.podIP).toBeUndefined();
    pod.until(1000);
    expect(all()).toEqual([
      'PodReadyToStartContainers True   01',
      'Initialized True   00',
      'Ready True   01',
      'ContainersReady True   01',
      'PodScheduled True   00',
    ]);
    expect(pod.pod.status).toMatchObject({
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      hostIP: '172.18.0.2',
      startTime: '2026-01-01T00:00:00Z',
      qosClass: 'BestEffort',
      observedGeneration: 1,
    });
  });
  test('[K8] a readiness gate keeps it unready until somebody opens it', () => {
    const pod = new PodOnNode({ spec: { readinessGates: [{ conditionType: 'example.com/lb' }] } }).until(1000);
    expect(pod.condition('Ready')).toBe('False ReadinessGatesNotReady corresponding condition of pod readiness gate "example.com/lb" does not exist.');
    expect(pod.condition('ContainersReady')).toBe('True');
  });
  test('[K9] a changed image restarts the container', () => {
    const pod = new PodOnNode().until(5000);
    pod.change(6000, { containers: [{ name: 'c0', image: 'nginx:1.26', resources: {} }] });
    expect(pod.lines.slice(-5)).toEqual([
      '6000 Killing: Container c0 definition changed, will be restarted',
      '6000 Pulled: Container image "nginx:1.26" already present on machine and can be accessed by the pod',
      '6000 Created: Container created',
      '6000 Started: Container started',
      '6000 Running 0/1 restarts 1',
    ]);
    expect(pod.pod.status.containerStatuses?.[0]).toMatchObject({
      image: 'docker.io/library/nginx:1.26',
      lastState: { terminated: { exitCode: 0, finishedAt: '2026-01-01T00:00:06Z' } },
    });
    expect(pod.until(8000).summary).toBe('Running 1/1 restarts 1');
  });
});

describe('faults', () => {
  const fault = (name: string) => ({ 'drydock.dev/fault': name });
  const notFound =
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.25": failed to resolve reference "docker.io/library/nginx:1.25": docker.io/library/nginx:1.25: not found';
  test('[K10] image-pull: back-off of 10 s, 20 s, 40 s, … 300 s', () => {
    checkStory(
      { annotations: fault('image-pull') },
      12_000,
      `0 Pulling: Pulling image "nginx:1.25"
       0 ! Failed: Failed to pull image "nginx:1.25": ${notFound}
       0 ! Failed: Error: ErrImagePull
       0 Pending 0/1 ErrImagePull
       1000 BackOff: Back-off pulling image "nginx:1.25"
       1000 ! Failed: Error: ImagePullBackOff
       1000 Pending 0/1 ImagePullBackOff
       10000 Pulling: Pulling image "nginx:1.25"
       10000 ! Failed: Failed to pull image "nginx:1.25": ${notFound}
       10000 ! Failed: Error: ErrImagePull
       10000 Pending 0/1 ErrImagePull
       11000 BackOff: Back-off pulling image "nginx:1.25"
       11000 ! Failed: Error: ImagePullBackOff
       11000 Pending 0/1 ImagePullBackOff`,
    );
    const pulls = new PodOnNode({ annotations: fault('image-pull') }).until(1_300_000).lines.filter((line) => line.includes('Pulling:'));
    expect(pulls.map((line) => Number.parseInt(line))).toEqual([0, 10_000, 30_000, 70_000, 150_000, 310_000, 610_000, 910_000, 1_210_000]);
  });
  test('[K11] the waiting message tells what the pull said', () => {
    const pod = new PodOnNode({ annotations: fault('image-pull') }).until(1_000);
    expect(pod.pod.status.containerStatuses?.[0]?.state.waiting?.message).toBe(`Back-off pulling image "nginx:1.25": ErrImagePull: ${notFound}`);
  });
  test('[K12] crash: restarted at once, then after 10 s, 20 s, 40 s, …', () => {
    const pod = new PodOnNode({ annotations: fault('crash') }).until(14_000);
    expect(pod.lines.filter((line) => !/Pulled|Created|Started/.test(line))).toEqual([
      '0 Running 0/1',
      '1000 Running 0/1 restarts 1',
      '2000 ! BackOff: Back-off restarting failed container c0 in pod web_default(uid-1)',
      '2000 Running 0/1 CrashLoopBackOff restarts 1',
      '12000 Running 0/1 restarts 2',
      '13000 ! BackOff: Back-off restarting failed container c0 in pod web_default(uid-1)',
      '13000 Running 0/1 CrashLoopBackOff restarts 2',
    ]);
    expect(pod.pod.status.containerStatuses?.[0]?.state.waiting?.message).toBe('back-off 20s restarting failed container=c0 pod=web_default(uid-1)');
    const starts = new PodOnNode({ annotations: fault('crash') }).until(1_300_000).lines.filter((line) => line.includes('Started:'));
    expect(starts.map((line) => Number.parseInt(line))).toEqual([0, 1_000, 12_000, 33_000, 74_000, 155_000, 316_000, 617_000, 918_000, 1_219_000]);
  });
  test('[K13] a container that ran for ten minutes begins its back-off anew', () => {
    const starts = new PodOnNode({ annotations: { ...fault('crash'), 'drydock.dev/run-for': '10m' } })
      .until(2_500_000)
      .lines.filter((line) => line.includes('Started:'));
    expect(starts.map((line) => Number.parseInt(line))).toEqual([0, 600_000, 1_200_000, 1_800_000, 2_400_000]);
  });
  test('[K14] oom: killed with 137', () => {
    const pod = new PodOnNode({ annotations: fault('oom') }).until(2_000);
    expect(pod.pod.status.containerStatuses?.[0]?.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });
  test('[K15] not-ready: runs, and a probe says why it is not ready', () => {
    const pod = new PodOnNode({ annotations: fault('not-ready'), containers: [{ readinessProbe: { httpGet: { port: 80 } } }] }).until(600_000);
    expect(pod.summary).toBe('Running 0/1');
    expect(pod.lines).toContain('0 ! Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503');
    expect(new PodOnNode({ annotations: fault('not-ready') }).until(600_000).summary).toBe('Running 0/1');
  });
  test('[K16] fail: a pod that is not restarted has failed', () => {
    const pod = new PodOnNode({ annotations: fault('fail'), spec: { restartPolicy: 'Never' } }).until(60_000);
    expect(pod.summary).toBe('Failed 0/1 Error(1)');
    expect(pod.condition('Ready')).toBe('False PodFailed');
  });
  test('[K17] a fault strikes the first container alone', () => {
    expect(new PodOnNode({ annotations: fault('image-pull'), containers: [{}, {}] }).until(5_000).summary).toBe('Pending 1/2 ImagePullBackOff');
  });
  test('[K18] an image name that is none', () => {
    const pod = new PodOnNode({ containers: [{ image: 'Nginx' }] }).until(600_000);
    expect(pod.lines).toEqual([
      `0 ! InspectFailed: Failed to apply default image tag "Nginx": couldn't parse image name "Nginx": invalid reference format: repository name (library/Nginx) must be lowercase`,
      '0 ! Failed: Error: InvalidImageName',
      '0 Pending 0/1 InvalidImageName',
    ]);
  });
});

describe('pods that end', () => {
  test('[K19] a Job’s container is ready at once and runs for a second', () => {
    const pod = new PodOnNode({ owner: 'Job', spec: { restartPolicy: 'Never' } }).until(60_000);
    expect(pod.lines.slice(-2)).toEqual(['0 Running 1/1', '1000 Succeeded 0/1 Completed(0)']);
    expect([pod.condition('Initialized'), pod.condition('Ready'), pod.condition('PodReadyToStartContainers')]).toEqual([
      'True PodCompleted',
      'False PodCompleted',
      'False',
    ]);
  });
  test('[K20] a failing Job container with OnFailure is started again', () => {
    const pod = new PodOnNode({ owner: 'Job', annotations: { 'drydock.dev/fault': 'fail' }, spec: { restartPolicy: 'OnFailure' } }).until(3_000);
    expect(pod.summary).toBe('Running 0/1 CrashLoopBackOff restarts 1');
  });
  test('[K21] run-for ends any pod, and Always starts it again', () => {
    const pod = new PodOnNode({ annotations: { 'drydock.dev/run-for': '5s' } });
    expect(pod.until(1_000).summary).toBe('Running 1/1');
    expect(pod.until(5_000).summary).toBe('Running 0/1 restarts 1');
    expect(pod.pod.status.containerStatuses?.[0]?.lastState.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  });
  test('[K22] init containers one after another, a second each, then the others', () => {
    const init = [
      { name: 'a', image: 'busybox', resources: {} },
      { name: 'b', image: 'busybox', resources: {} },
    ];
    const pod = new PodOnNode({ spec: { initContainers: init } });
    pod.until(0);
    expect(pod.summary).toBe('Pending 0/1 PodInitializing PodInitializing');
    expect(pod.condition('Initialized')).toBe('False ContainersNotInitialized containers with incomplete status: [a b]');
    pod.until(1_000);
    expect(pod.condition('Initialized')).toBe('False ContainersNotInitialized containers with incomplete status: [b]');
    // It says something else, but it did not change.
    expect(pod.pod.status.conditions?.find(({ type }) => type === 'Initialized')?.lastTransitionTime).toBe('2026-01-01T00:00:00Z');
    pod.until(2_000);
    expect(pod.summary).toBe('Pending 0/1 Completed(0) Completed(0) PodInitializing');
    expect(pod.condition('Initialized')).toBe('True');
    pod.until(3_000);
    expect(pod.summary).toBe('Running 1/1 Completed(0) Completed(0)');
  });
  test('[K23] a sidecar starts first, counts as ready, and goes when the others have ended', () => {
    const sidecar = { name: 'proxy', image: 'envoy', resources: {}, restartPolicy: 'Always' };
    const pod = new PodOnNode({ owner: 'Job', spec: { restartPolicy: 'Never', initContainers: [sidecar] } }).until(500);
    expect(pod.pod.status.initContainerStatuses?.[0]).toMatchObject({ started: true, ready: true, state: { running: {} } });
    expect(pod.until(1_000).summary).toBe('Succeeded 0/1 Completed(0) Completed(0)');
    expect(pod.until(600_000).nextAt).toBeUndefined();
  });
  test('[K24] a pod past its deadline fails', () => {
    const pod = new PodOnNode({ spec: { activeDeadlineSeconds: 5 } }).until(60_000);
    expect(pod.lines.slice(-2)).toEqual(['5000 DeadlineExceeded: Pod was active on the node longer than the specified deadline', '5000 Failed 0/1 Error(137)']);
    expect(pod.pod.status).toMatchObject({ reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' });
  });
});

describe('probes that kill', () => {
  test('[K25] a liveness probe that is not answered in time', () => {
    const livenessProbe = { httpGet: { port: 80 }, periodSeconds: 5, failureThreshold: 2 };
    const pod = new PodOnNode({
      annotations: { 'drydock.dev/ready-after': '20s' },
      containers: [{ livenessProbe, readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }],
    }).until(5_000);
    expect(pod.lines.filter((line) => line.startsWith('5000')).slice(0, 2)).toEqual([
      '5000 ! Unhealthy: Liveness probe failed: Get "http://10.244.1.2:80/": dial tcp 10.244.1.2:80: connect: connection refused',
      '5000 Killing: Container c0 failed liveness probe, will be restarted',
    ]);
    expect(pod.summary).toBe('Running 0/1 restarts 1');
  });
  test('[K26] a startup probe gives it the time it needs', () => {
    const probes = {
      startupProbe: { periodSeconds: 5, failureThreshold: 10 },
      livenessProbe: { periodSeconds: 1, failureThreshold: 1 },
      readinessProbe: { periodSeconds: 1 },
    };
    const pod = new PodOnNode({ annotations: { 'drydock.dev/ready-after': '12s' }, containers: [probes] }).until(14_999);
    expect(pod.pod.status.containerStatuses?.[0]).toMatchObject({ started: false, ready: false, restartCount: 0 });
    expect(pod.until(15_000).pod.status.containerStatuses?.[0]).toMatchObject({ started: true, ready: true, restartCount: 0 });
  });
  test('[K27] a startup probe that gives up', () => {
    const pod = new PodOnNode({
      annotations: { 'drydock.dev/ready-after': '30s' },
      containers: [{ startupProbe: { tcpSocket: { port: 1 }, periodSeconds: 1, failureThreshold: 3 } }],
    });
    pod.until(2_000);
    expect(pod.lines).toContain('2000 Killing: Container c0 failed startup probe, will be restarted');
  });
});

describe('stopping', () => {
  test('[K28] half a second, then its last status, then it may go', () => {
    const pod = new PodOnNode().delete(5_000);
    expect(pod.nextAt).toBe(5_500);
    pod.until(5_500);
    expect(pod.lines.slice(-2)).toEqual(['5000 Killing: Stopping container c0', '5500 Succeeded 0/1 Completed(0) gone']);
    expect(pod.nextAt).toBeUndefined();
  });
  test('[K29] a container that takes longer than its grace period is killed', () => {
    const pod = new PodOnNode({ annotations: { 'drydock.dev/stop-after': '20s' } }).delete(5_000, 10).until(60_000);
    expect(pod.lines.at(-1)).toBe('15000 Failed 0/1 Error(137) gone');
  });
  test('[K30] a preStop hook that sleeps comes first', () => {
    expect(new PodOnNode({ containers: [{ lifecycle: { preStop: { sleep: { seconds: 5 } } } }] }).delete(5_000).nextAt).toBe(10_500);
  });
  test('[K31] a second, more urgent deletion', () => {
    const pod = new PodOnNode({ annotations: { 'drydock.dev/stop-after': '20s' } }).delete(5_000, 30).delete(6_000, 2);
    expect(pod.nextAt).toBe(8_000);
    expect(pod.until(8_000).lines.at(-1)).toBe('8000 Failed 0/1 Error(137) gone');
  });
  test('[K32] a pod that never ran has failed, and nobody knows its container', () => {
    const pod = new PodOnNode({ annotations: { 'drydock.dev/fault': 'image-pull' } }).delete(3_000).until(3_500);
    expect(pod.summary).toBe('Failed 0/1 ContainerStatusUnknown(137)');
  });
  test('[K60] a pod that is stopped in the midst of its work has failed', () => {
    const pod = new PodOnNode({ owner: 'Job', annotations: { 'drydock.dev/run-for': '60s' }, spec: { restartPolicy: 'Never' } }).delete(5_000).until(6_000);
    expect(pod.lines.at(-1)).toBe('5500 Failed 0/1 Error(143) gone');
  });
  test('[K33] a pod that has ended is gone at once, and is not posted again', () => {
    const pod = new PodOnNode({ owner: 'Job', spec: { restartPolicy: 'Never' } }).delete(5_000);
    expect(pod.run?.gone).toBe(true);
    expect(pod.lines.at(-1)).toBe('1000 Succeeded 0/1 Completed(0)');
  });
});
