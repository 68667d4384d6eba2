// The cluster as the language server sees it: answers its requests, tells it what changed. Knows nothing of threads.
import { randomBytes } from 'node:crypto';
import { applyFile } from '../cluster/apply.ts';
import { Cluster } from '../cluster/cluster.ts';
import { RolloutProjection } from '../cluster/projections/rollout-projection.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Deployment } from '../schema/generated/types.ts';
import { actArguments } from './act.ts';
import { apiBackend } from './api-backend.ts';
import { ApiFront } from './api-front.ts';
import { objectById } from './object-by-id.ts';
import { runKubectl } from './run-kubectl.ts';
import { LiveClock, type Host } from './live-clock.ts';
import type { ApplyFile, ApplyOutcome, ClusterSettings, WorkerMethod, WorkerNotifications, WorkerRequests } from './messages.ts';
import { ViewFeed } from './view-feed.ts';
import { toYaml } from '../kubectl/output/yaml.ts';

export type Notify = <M extends keyof WorkerNotifications>(method: M, params: WorkerNotifications[M]) => void;

type Handlers = { readonly [M in WorkerMethod]: (params: WorkerRequests[M]['params']) => WorkerRequests[M]['result'] | Promise<WorkerRequests[M]['result']> };

/** How often people are told, at most: 20 times a second. */
const pushEveryMs = 50;

export class ClusterHost {
  readonly #host: Host;
  readonly #notify: Notify;
  readonly #cluster: Cluster;
  readonly #clock: LiveClock;
  readonly #feed: ViewFeed;
  readonly #front: ApiFront;
  /** What each file has applied, so that what is removed from it can be pruned. */
  readonly #files = new Map<string, readonly string[]>();
  #rollout: RolloutProjection | undefined;
  #pushing = false;
  /** Commands that wait for the cluster to move. */
  #waiting: (() => void)[] = [];

  constructor(settings: ClusterSettings, host: Host, notify: Notify) {
    this.#host = host;
    this.#notify = notify;
    this.#cluster = new Cluster({ nodes: { count: settings.nodes }, podLimit: settings.podLimit, tokenKey: randomBytes(32) });
    this.#feed = new ViewFeed(this.#cluster.store);
    this.#clock = new LiveClock(this.#cluster, host, settings.speed, () => this.#progressed());
    this.#front = new ApiFront(apiBackend(this.#cluster, this.#clock, () => this.#poke()));
  }

  /** Answers one request; an error is ours, with a message for people. */
  async answer<M extends WorkerMethod>(method: M, params: WorkerRequests[M]['params']): Promise<WorkerRequests[M]['result']> {
    const result = await this.#handlers[method](params);
    this.#poke();
    return result;
  }

  async close(): Promise<void> {
    this.#clock.close();
    await this.#front.close();
    this.#rollout?.close();
    this.#feed.close();
  }

  readonly #handlers: Handlers = {
    configure: (settings) => {
      this.#clock.setSpeed(settings.speed);
      return null;
    },
    apply: (file) => this.#apply(file),
    clusterView: () => this.#feed.whole(this.#clock.state()),
    followRollout: ({ key }) => this.#follow(key),
    act: async (act) => {
      const { code, stdout, stderr } = await this.#kubectl(actArguments(act));
      return { ok: code === 0, message: (code === 0 ? stdout : stderr || stdout).trim() };
    },
    time: (command) => {
      if (command.do === 'speed') this.#clock.setSpeed(command.speed);
      else this.#clock[command.do]();
      return null;
    },
    manifest: ({ id }) => {
      const object = this.#object(id);
      if (!object) return null;
      const { managedFields: _noise, ...metadata } = object.metadata;
      return toYaml({ ...object, metadata });
    },
    kubectl: ({ args, stdin }) => this.#kubectl(args, stdin),
    row: ({ id }) => this.#feed.row(id) ?? null,
    serve: async () => ({ kubeconfig: await this.#front.kubeconfig() }),
  };

  /** After a request: something may have become due, and something may have to be told. */
  #poke(): void {
    this.#clock.poke();
    this.#pushSoon();
  }

  #apply({ uri, objects, kept, complete }: ApplyFile): ApplyOutcome {
    const before = this.#files.get(uri) ?? [];
    const { outcomes, applied, pruned } = applyFile(this.#cluster, objects, before, { kept, prune: complete });
    this.#files.set(uri, applied);
    return { objects: outcomes, pruned };
  }

  #follow(key: string | null): WorkerRequests['followRollout']['result'] {
    this.#rollout?.close();
    this.#rollout = undefined;
    if (key === null) return null;
    const [namespace, name] = key.split('/') as [string, string];
    const deployment = this.#cluster.store.get<Deployment>('deployments.apps', namespace, name);
    if (!deployment) return null;
    this.#rollout = new RolloutProjection(this.#cluster.store, deployment);
    return this.#rollout.view(this.#cluster.agenda.now) ?? null;
  }

  #object(id: string): KubeObject | undefined {
    return objectById(this.#cluster.store, id);
  }

  #kubectl(args: readonly string[], stdin = ''): Promise<{ stdout: string; stderr: string; code: number }> {
    return runKubectl(this.#cluster, args, stdin, () => new Promise((done) => this.#waiting.push(done)));
  }

  #progressed(): void {
    this.#pushSoon();
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Gathers what changes within a moment into one delta. */
  #pushSoon(): void {
    if (this.#pushing) return;
    this.#pushing = true;
    this.#host.setTimeout(() => {
      this.#pushing = false;
      this.#push();
    }, pushEveryMs);
  }

  #push(): void {
    const delta = this.#feed.delta(this.#clock.state());
    if (delta) this.#notify('clusterChanged', delta);
    if (this.#feed.hasMore) this.#pushSoon();
    if (!this.#rollout?.takeChanged()) return;
    const view = this.#rollout.view(this.#cluster.agenda.now);
    if (view) this.#notify('rolloutChanged', view);
  }
}
