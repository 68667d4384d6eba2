// The newest rollout of one Deployment, followed commit by commit: lanes of pods, counts, decisions.
// A rollout begins when the template changes, or when a finished Deployment has to move again (scaled, a pod lost);
// it ends when every wanted pod is of the new revision and available.
import { controllerOf } from '../../kube/object.ts';
import type { CountPoint, Decision, LaneSpan, PodLane, Timeline } from '../../protocol/rollout-view.ts';
import type { Deployment, Pod, ReplicaSet } from '../../schema/generated/types.ts';
import type { Commit } from '../store/commit.ts';
import type { CommitLog } from '../store/commit-log.ts';
import { isEqual } from '../../kube/equal.ts';
import { isSettled, revisionAnnotation } from './rows/deployment-row.ts';
import { failureOf, podHealth } from './rows/pod-row.ts';
import { triggerOf } from './trigger.ts';

/** More lanes than this cannot be told apart on a screen. */
const laneLimit = 200;

type LaneState = LaneSpan['state'];

interface Lane {
  readonly name: string;
  readonly uid: string;
  readonly set: string;
  node: string | undefined;
  spans: LaneSpan[];
  /** undefined when the pod is gone. */
  state: LaneState | undefined;
}

interface TrackedSet {
  readonly name: string;
  readonly replicas: number;
  readonly revision: number;
  /** When it was given this revision: a rollback gives an old set a new one. */
  readonly since: number;
}

export class RolloutTimeline {
  readonly #deploymentUid: string;
  readonly #log: CommitLog;
  readonly #sets = new Map<string, TrackedSet>();
  #lanes = new Map<string, Lane>();
  #counts: CountPoint[] = [];
  #decisions: Decision[] = [];
  #from = 0;
  #to: number | undefined;
  #fewestReady = 0;
  #mostPods = 0;
  #ready = 0;
  #readyNew = 0;
  #wanted = 0;
  #currentRevision = 0;
  #waitingSince: number | undefined;
  #waitedMs = 0;
  /** New pods that are starting: while there are some, the rollout waits for them. */
  #starting = 0;

  constructor(deploymentUid: string, log: CommitLog) {
    this.#deploymentUid = deploymentUid;
    this.#log = log;
    for (const commit of log.after(0)) this.feed(commit);
  }

  /** Takes a commit into account; true when it concerns this Deployment. */
  feed(commit: Commit): boolean {
    switch (commit.resource) {
      case 'deployments.apps':
        return this.#isMine(commit) && this.#onDeployment(commit);
      case 'replicasets.apps':
        return this.#isOwned(commit) && this.#onReplicaSet(commit);
      case 'pods':
        return this.#onPod(commit);
      default:
        return false;
    }
  }

  /** When a ReplicaSet was given the revision that it has. */
  revisionSince(setUid: string): number | undefined {
    return this.#sets.get(setUid)?.since;
  }

  timeline(now: number): Timeline {
    const lanes = [...this.#lanes.values()];
    const shown = chooseLanes(lanes, (lane) => this.#isNew(lane));
    return {
      from: this.#from,
      ...(this.#to !== undefined && { to: this.#to }),
      now,
      waitingForReadyMs: this.#waitedMs + (this.#waitingSince === undefined ? 0 : (this.#to ?? now) - this.#waitingSince),
      fewestReady: this.#fewestReady,
      mostPods: this.#mostPods,
      lanes: shown.map((lane) => this.#toView(lane)),
      lanesLeftOut: lanes.length - shown.length,
      counts: this.#counts.slice(),
      decisions: this.#decisions.slice(),
    };
  }

  #isMine = ({ before, after }: Commit) => (after ?? before)!.metadata.uid === this.#deploymentUid;

  #isOwned = ({ before, after }: Commit) => controllerOf((after ?? before)!)?.uid === this.#deploymentUid;

  #onDeployment({ before, after, at }: Commit): boolean {
    const [was, is] = [before as Deployment | undefined, after as Deployment | undefined];
    if (!is) return true;
    this.#currentRevision = Number(is.metadata.annotations?.[revisionAnnotation] ?? this.#currentRevision);
    const changed = was !== undefined && is.metadata.generation !== was.metadata.generation;
    if (!was || (changed && !isEqual(was.spec.template, is.spec.template))) this.#begin(at, true);
    else if (this.#to !== undefined && !isSettled(is) && (is.spec.replicas !== was.spec.replicas || (is.status.readyReplicas ?? 0) < (is.spec.replicas ?? 1)))
      this.#begin(at, false);
    else if (this.#to === undefined && isSettled(is)) this.#end(at);
    return true;
  }

  #onReplicaSet(commit: Commit): boolean {
    const { before, after, at } = commit;
    const set = (after ?? before) as ReplicaSet;
    const { uid, name } = set.metadata;
    const from = (before as ReplicaSet | undefined)?.spec.replicas ?? 0;
    const to = (after as ReplicaSet | undefined)?.spec.replicas ?? 0;
    const revision = Number(set.metadata.annotations?.[revisionAnnotation] ?? 0);
    const known = this.#sets.get(uid);
    if (after) this.#sets.set(uid, { name, replicas: to, revision, since: known?.revision === revision ? known.since : at });
    else this.#sets.delete(uid);
    if (from !== to && after) this.#decide(commit, { name, revision, from, to });
    this.#wanted = [...this.#sets.values()].reduce((sum, { replicas }) => sum + replicas, 0);
    this.#count(at);
    return true;
  }

  #decide({ at, resourceVersion, cause }: Commit, { name, revision, from, to }: { name: string; revision: number; from: number; to: number }): void {
    const trigger = triggerOf(cause, this.#log);
    this.#decisions.push({
      at,
      resourceVersion,
      revision,
      replicaSet: name,
      from,
      to,
      ...(cause.reason && { reason: cause.reason }),
      ...(trigger && { trigger }),
    });
  }

  #onPod({ before, after, at }: Commit): boolean {
    const pod = (after ?? before) as Pod;
    const set = controllerOf(pod)?.uid;
    if (set === undefined || !this.#sets.has(set)) return false;
    const { uid, name } = pod.metadata;
    let lane = this.#lanes.get(uid);
    if (!lane) this.#lanes.set(uid, (lane = { name, uid, set, node: undefined, spans: [], state: undefined }));
    lane.node = pod.spec.nodeName;
    const state = after ? stateOf(after as Pod, lane.state) : undefined;
    this.#move(lane, state, at, state === 'failing' ? failureOf(pod)?.reason : undefined);
    return true;
  }

  #move(lane: Lane, state: LaneState | undefined, at: number, reason: string | undefined): void {
    if (lane.state === state) return;
    const last = lane.spans.at(-1);
    if (last && last.to === undefined) lane.spans[lane.spans.length - 1] = { ...last, to: at };
    if (state) lane.spans.push({ state, from: at, ...(reason && { reason }) });
    const becameReady = Number(state === 'ready') - Number(lane.state === 'ready');
    this.#ready += becameReady;
    if (this.#isNew(lane)) {
      this.#readyNew += becameReady;
      this.#starting += Number(state === 'starting') - Number(lane.state === 'starting');
    }
    lane.state = state;
    this.#wait(at);
    this.#count(at);
  }

  /** Adds up the time during which new pods were starting. */
  #wait(at: number): void {
    if (this.#starting > 0) this.#waitingSince ??= at;
    else if (this.#waitingSince !== undefined) {
      this.#waitedMs += at - this.#waitingSince;
      this.#waitingSince = undefined;
    }
  }

  #count(at: number): void {
    this.#fewestReady = Math.min(this.#fewestReady, this.#ready);
    this.#mostPods = Math.max(this.#mostPods, this.#wanted);
    const point = { at, pods: this.#wanted, ready: this.#ready, readyNew: this.#readyNew };
    const last = this.#counts.at(-1);
    if (last?.at === at && this.#counts.length > 1) this.#counts[this.#counts.length - 1] = point;
    else if (!last || last.pods !== point.pods || last.ready !== point.ready || last.readyNew !== point.readyNew) this.#counts.push(point);
  }

  /** A new rollout: pods that are there stay as lanes that begin now; those that are gone are forgotten. */
  #begin(at: number, newTemplate: boolean): void {
    for (const [uid, lane] of this.#lanes) {
      if (lane.state) lane.spans = [{ state: lane.state, from: at }];
      else this.#lanes.delete(uid);
    }
    this.#from = at;
    this.#to = undefined;
    this.#decisions = [];
    this.#counts = [];
    this.#fewestReady = this.#ready;
    this.#mostPods = this.#wanted;
    this.#waitedMs = 0;
    this.#waitingSince = undefined;
    // Nothing is of a new template yet, whatever the revisions still say.
    const fresh = newTemplate ? [] : [...this.#lanes.values()].filter(this.#isNew);
    this.#starting = fresh.filter((lane) => lane.state === 'starting').length;
    this.#readyNew = fresh.filter((lane) => lane.state === 'ready').length;
    this.#wait(at);
    this.#count(at);
  }

  #end(at: number): void {
    this.#to = at;
    if (this.#waitingSince !== undefined) this.#waitedMs += at - this.#waitingSince;
    this.#waitingSince = undefined;
  }

  #isNew = (lane: Lane) => (this.#sets.get(lane.set)?.revision ?? 0) >= this.#currentRevision;

  #toView(lane: Lane): PodLane {
    const { name, uid, node, spans } = lane;
    return { name, uid, revision: this.#sets.get(lane.set)?.revision ?? 0, isNew: this.#isNew(lane), ...(node && { node }), spans: spans.slice() };
  }
}

/** A pod that was ready and is no longer has failed; one that never was is still starting. */
function stateOf(pod: Pod, before: LaneState | undefined): LaneState {
  switch (podHealth(pod)) {
    case 'ready':
      return 'ready';
    case 'failing':
      return 'failing';
    case 'progressing':
      return before === 'ready' || before === 'failing' ? 'failing' : 'starting';
    default:
      return 'stopping';
  }
}

/** Of too many lanes, some of each revision, spread evenly: 1,000 old and 3,000 new pods show as 50 and 150. */
function chooseLanes(lanes: readonly Lane[], isNew: (lane: Lane) => boolean): readonly Lane[] {
  if (lanes.length <= laneLimit) return lanes;
  return [false, true].flatMap((fresh) => {
    const group = lanes.filter((lane) => isNew(lane) === fresh);
    const shown = Math.floor((laneLimit * group.length) / lanes.length);
    return Array.from({ length: shown }, (_, index) => group[Math.floor((index * group.length) / shown)]!);
  });
}
