// A rolling update played with the controller's own arithmetic, for tests and previews of the rollout view: options → RolloutView.
import type { CountPoint, Decision, LaneSpan, PodLane, RolloutView } from '../../server/src/protocol/rollout-view.ts';

export interface Play {
  readonly name?: string;
  readonly replicas?: number;
  readonly surge?: number;
  readonly unavailable?: number;
  /** A new pod becomes ready so long after it was made; Infinity: never. */
  readonly readyAfterMs?: number;
  /** New pods become ready at least this far apart. */
  readonly apartMs?: number;
  readonly stopAfterMs?: number;
  /** Looked at so long after the change; default: when all is done. */
  readonly untilMs?: number;
  readonly images?: readonly [string, string];
  /** No old revision: the Deployment was just made. */
  readonly creation?: boolean;
}

interface Pod {
  readonly name: string;
  readonly isNew: boolean;
  readonly created: number;
  ready: number;
  deleted: number;
}

export const start = Date.UTC(2026, 0, 1);
const letters = 'bcdfghjklmnpqrstvwxz2456789';
const stepMs = 100;

export function playRollout(play: Play = {}): RolloutView {
  const {
    name = 'web',
    replicas = 6,
    surge = 2,
    unavailable = 1,
    readyAfterMs = 2200,
    apartMs = 900,
    stopAfterMs = 800,
    images = ['nginx:1.16', 'nginx:1.17'],
    creation = false,
  } = play;
  const pods: Pod[] = [];
  const decisions: Decision[] = [];
  const counts: CountPoint[] = [];
  const hashes = ['59f8945fdf', 'b87cd9dd8'] as const;
  const replicaSet = (isNew: boolean) => `${name}-${hashes[isNew ? 1 : 0]}`;
  let lastReady = 0;
  let waitingForReadyMs = 0;
  const alive = (isNew?: boolean) => pods.filter((pod) => pod.deleted === Infinity && (isNew === undefined || pod.isNew === isNew));
  const make = (isNew: boolean, at: number) => {
    const suffix = Array.from({ length: 5 }, (_, digit) => letters[(pods.length * 7 + digit * (11 + pods.length)) % letters.length]).join('');
    lastReady = isNew ? Math.max(at + readyAfterMs, lastReady + apartMs) : lastReady;
    pods.push({ name: `${replicaSet(isNew)}-${suffix}`, isNew, created: at, ready: isNew ? lastReady : -60_000, deleted: Infinity });
  };
  const decide = (at: number, isNew: boolean, from: number, to: number, code: string, args: Record<string, number>, trigger: Decision['trigger']) =>
    decisions.push({
      at: start + at,
      resourceVersion: 100 + decisions.length,
      revision: isNew ? 2 : 1,
      replicaSet: replicaSet(isNew),
      from,
      to,
      reason: { code, args: { from, to, ...args } },
      ...(trigger && { trigger }),
    });

  if (!creation) for (let index = 0; index < replicas; index++) make(false, -90_000);
  const until = play.untilMs ?? 10_000_000;
  let to: number | undefined;
  let now = 0;
  let readyBefore = 0;
  for (; now <= until && to === undefined; now += stepMs) {
    const isReady = (pod: Pod) => pod.ready <= now;
    const readyNow = alive(true).filter(isReady).length;
    const trigger =
      now === 0
        ? { code: 'template-changed', args: {} }
        : readyNow > readyBefore
          ? { code: 'pod-ready', args: { pod: alive(true).findLast(isReady)?.name ?? '' } }
          : undefined;
    const room = creation ? replicas : replicas + surge - alive().length;
    const add = Math.min(room, replicas - alive(true).length);
    if (add > 0) {
      decide(now, true, alive(true).length, alive(true).length + add, 'scale-up-new', { total: alive().length + add, atMost: replicas + surge }, trigger);
      for (let index = 0; index < add; index++) make(true, now);
    }
    const unready = alive(true).filter((pod) => !isReady(pod)).length;
    const least = replicas - unavailable;
    const cut = Math.min(alive(false).length, alive().length - least - unready, alive().filter(isReady).length - least);
    if (cut > 0 && !creation) {
      decide(
        now,
        false,
        alive(false).length,
        alive(false).length - cut,
        'scale-down-old',
        { available: alive().filter(isReady).length, atLeast: least },
        trigger,
      );
      for (const pod of alive(false).slice(0, cut)) pod.deleted = now;
    }
    const point = { at: start + now, pods: alive().length, ready: alive().filter(isReady).length, readyNew: readyNow };
    const before = counts.at(-1);
    if (before === undefined || before.pods !== point.pods || before.ready !== point.ready || before.readyNew !== point.readyNew) counts.push(point);
    if (add <= 0 && cut <= 0 && alive(true).some((pod) => !isReady(pod))) waitingForReadyMs += stepMs;
    readyBefore = readyNow;
    if (alive(false).length === 0 && readyNow === replicas) to = now;
  }
  now = to ?? until;
  if (!creation) counts.unshift({ at: start - 60_000, pods: replicas, ready: replicas, readyNew: 0 });

  const lane = (pod: Pod, index: number): PodLane => {
    const spans: LaneSpan[] = [];
    const end = Math.min(pod.deleted, to === undefined ? now : Infinity);
    if (pod.ready > pod.created)
      spans.push({ state: 'starting', from: start + pod.created, ...(pod.ready <= end && pod.ready !== Infinity && { to: start + pod.ready }) });
    if (pod.ready <= end) spans.push({ state: 'ready', from: start + pod.ready, ...(pod.deleted !== Infinity && { to: start + pod.deleted }) });
    if (pod.deleted !== Infinity) spans.push({ state: 'stopping', from: start + pod.deleted, to: start + pod.deleted + stopAfterMs });
    return { name: pod.name, uid: `uid-${index}`, revision: pod.isNew ? 2 : 1, isNew: pod.isNew, node: `node-${(index % 3) + 1}`, spans };
  };
  const stalled = readyAfterMs === Infinity && now > 20_000;
  const template = (image: string, extra: object = {}) => ({
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'nginx', image, ports: [{ containerPort: 80 }], ...extra }] },
  });
  const revision = (isNew: boolean) => ({
    revision: isNew ? 2 : 1,
    replicaSet: replicaSet(isNew),
    hash: hashes[isNew ? 1 : 0],
    images: [images[isNew ? 1 : 0]],
    changeCause: isNew ? `kubectl set image deployment/${name} nginx=${images[1]}` : `kubectl apply --filename=${name}.yaml --record=true`,
    since: start + (isNew ? 0 : -126_000),
    desired: alive(isNew).length,
    ready: alive(isNew).filter((pod) => pod.ready <= now).length,
    current: isNew,
    template: template(images[isNew ? 1 : 0], isNew ? { resources: { requests: { cpu: '100m' } } } : {}),
  });
  return {
    key: `default/${name}`,
    uid: 'uid-deployment',
    namespace: 'default',
    name,
    strategy: 'RollingUpdate',
    maxSurge: surge,
    maxUnavailable: unavailable,
    desired: replicas,
    atMost: replicas + surge,
    atLeast: replicas - unavailable,
    ready: alive().filter((pod) => pod.ready <= now).length,
    state: to !== undefined ? 'complete' : stalled ? 'stalled' : 'progressing',
    ...(stalled && { stalled: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${images[1]}"` } }),
    currentRevision: creation ? 1 : 2,
    revisions: creation ? [{ ...revision(true), revision: 1, changeCause: 'kubectl apply --filename=web.yaml' }] : [revision(true), revision(false)],
    timeline: {
      from: start,
      ...(to !== undefined && { to: start + to }),
      now: start + now,
      waitingForReadyMs,
      fewestReady: creation ? 0 : Math.min(...counts.map((point) => point.ready)),
      mostPods: Math.max(...counts.map((point) => point.pods)),
      lanes: pods.map(lane).map((item) => (creation ? { ...item, revision: 1 } : item)),
      lanesLeftOut: 0,
      counts,
      decisions: creation ? decisions.map((decision) => ({ ...decision, revision: 1 })) : decisions,
    },
  };
}
