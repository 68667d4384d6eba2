// Typing while the cluster works: keystroke → diagnostics in this thread, with a large rollout in the cluster's thread and
// everything that the thread reports arriving here, as in the language server.
import type { KubeObject } from '../../kube/object.ts';
import { ClusterThread } from '../../worker/cluster-thread.ts';
import { Typist, type Latencies } from './diagnostics.ts';

/** A fast typist: a key every 20 ms. */
const betweenKeysMs = 20;
/** Keys before the rollout starts, so that the figures are not those of compiling. */
const warmUpKeys = 200;

export interface LoadFigures extends Latencies {
  readonly replicas: number;
  readonly keystrokes: number;
  /** Wall time of the rollout that went on meanwhile. */
  readonly rolloutMs: number;
}

/** `script`: the bundle of the cluster's thread. */
export async function measureUnderLoad(lines: number, replicas: number, script: URL): Promise<LoadFigures> {
  const warm = new Typist(lines);
  for (let key = 0; key < warmUpKeys; key++) warm.stroke();
  const thread = new ClusterThread(
    script,
    { nodes: Math.ceil((replicas * 2) / 110), speed: 'max', podLimit: replicas * 2 },
    { notified: () => {}, died: (why) => console.error(why) },
  );
  try {
    await apply(thread, replicas, 'nginx:1.25');
    await rolledOut(thread, replicas);
    const typist = new Typist(lines);
    const started = performance.now();
    const rolling = { on: true };
    const rollout = apply(thread, replicas, 'nginx:1.26')
      .then(() => rolledOut(thread, replicas))
      .finally(() => (rolling.on = false));
    let keystrokes = 0;
    for (; rolling.on; keystrokes++) await press(typist);
    await rollout;
    return { ...typist.latencies, replicas, keystrokes, rolloutMs: performance.now() - started };
  } finally {
    await thread.stop();
  }
}

/** The next key, when its time has come; the wait for whatever the thread is busy with then counts. */
async function press(typist: Typist): Promise<void> {
  const due = performance.now() + betweenKeysMs;
  await new Promise((resolve) => setTimeout(resolve, betweenKeysMs));
  // A timer fires up to a millisecond early or late by itself.
  typist.stroke(Math.min(performance.now(), due + 1));
}

async function apply(thread: ClusterThread, replicas: number, image: string): Promise<void> {
  const { objects } = await thread.request('apply', { uri: 'file:///load.yaml', objects: [deployment(replicas, image)], kept: [], complete: true });
  if (objects[0]?.result === 'refused') throw new Error(`bench: ${objects[0].status?.message}`);
}

async function rolledOut(thread: ClusterThread, replicas: number): Promise<void> {
  const { code, stderr } = await thread.request('kubectl', { args: ['rollout', 'status', 'deployment/load'] });
  if (code !== 0) throw new Error(`bench: the rollout of ${replicas} pods failed: ${stderr}`);
}

const deployment = (replicas: number, image: string): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'load' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'load' } },
      template: { metadata: { labels: { app: 'load' } }, spec: { containers: [{ name: 'web', image }] } },
    },
  }) as unknown as KubeObject;
