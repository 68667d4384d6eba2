// The cluster's front door: one store, one clock, one registry, and the components that act.
//
// Determinism: the same seed and the same calls give the same bytes. Time passes only inside advance, step and settle.
import { Agenda, type AgendaState } from './clock/agenda.ts';
import { encodeUtf8 } from '../kube/utf8.ts';
import type { User } from './authentication/user.ts';
import { Random, type RandomState } from './clock/random.ts';
import { Containers, type ContainersState } from './containers/containers.ts';
import { components } from './components.ts';
import { bootstrap, type NodeOptions, type Profile } from './bootstrap.ts';
import { minikubeName } from './startup/minikube.ts';
import { builtIn } from '../schema/custom/catalog.ts';
import { liveCatalog } from './registry/custom/live-catalog.ts';
import { answerMetrics } from './metrics/metrics-api.ts';
import type { KubeObject } from '../kube/object.ts';
import { Registry } from './registry/registry.ts';
import { groupResourceOf } from './registry/resources.ts';
import type { Api } from './registry/request.ts';
import { customCollections, type Component } from './runtime/component.ts';
import { startupObjects } from './startup/startup.ts';
import { indexes } from './store/indexes.ts';
import { Store, type StoreState } from './store/store.ts';
import type { Commit } from './store/commit.ts';

export interface ClusterOptions {
  readonly seed?: number;
  /** Virtual time at the start, in milliseconds since 1970. */
  readonly startAt?: number;
  readonly nodes?: NodeOptions;
  readonly profile?: Profile;
  /** Deep-freezes stored objects: development and tests. */
  readonly freeze?: boolean;
  readonly logLimit?: number;
  /** Pods in the cluster at once; no limit unless told otherwise. */
  readonly podLimit?: number;
  /** What the tokens of service accounts are signed with. Without it they can be made by everybody who knows the seed. */
  readonly tokenKey?: Uint8Array;
}

/** All that a cluster is, as data: another cluster that begins with it goes on in the same way. It begins one cluster, not two: its maps are taken over. */
export interface ClusterState {
  readonly startedAt: number;
  readonly podLimit: number;
  readonly tokenKey: Uint8Array;
  readonly changedAt: number;
  readonly agenda: AgendaState;
  readonly random: RandomState;
  readonly store: StoreState;
  readonly containers: ContainersState;
  /** What the components remember, by name. */
  readonly memories: ReadonlyMap<string, unknown>;
}

/** 2026-01-01T00:00:00Z: as good a morning as any, and the same one every time. */
const defaultStart = 1_767_225_600_000;

/** More wake-ups than this at one moment means that two components answer each other for ever: our own bug. */
const wakesAtOneMoment = 50_000_000;

export class Cluster {
  readonly agenda: Agenda;
  readonly store: Store;
  readonly startedAt: number;
  /** What runs in the pods: logs, commands, HTTP. */
  readonly containers: Containers;
  readonly #components: ReadonlyMap<string, Component>;
  readonly #registry: Registry;
  readonly #random: Random;
  readonly #podLimit: number;
  readonly #tokenKey: Uint8Array;
  #because = 0;
  /** When an object other than an Event, a Lease or a Node last changed. */
  #changedAt: number;

  /** A fresh cluster, or one that goes on from a state. */
  constructor(source: ClusterOptions | ClusterState = {}) {
    const now = () => this.agenda.now;
    const state = 'memories' in source ? source : undefined;
    if (state) {
      this.startedAt = state.startedAt;
      this.#podLimit = state.podLimit;
      this.#tokenKey = state.tokenKey;
      this.#changedAt = state.changedAt;
      this.agenda = new Agenda(state.agenda);
      this.#random = new Random(state.random);
      this.store = Store.from(now, state.store, indexes);
    } else {
      const fresh = source as ClusterOptions;
      this.startedAt = fresh.startAt ?? defaultStart;
      this.#podLimit = fresh.podLimit ?? Number.POSITIVE_INFINITY;
      this.#tokenKey = fresh.tokenKey ?? encodeUtf8(`drydock ${fresh.seed ?? 1}`);
      this.#changedAt = this.startedAt;
      this.agenda = new Agenda(this.startedAt);
      this.#random = new Random(fresh.seed ?? 1);
      this.store = newStore(now, fresh);
      this.store.load(startupObjects(fresh.profile === 'minikube' ? minikubeName(0) : 'node-1', this.startedAt));
    }
    const onExit = (podKey: string) => this.agenda.wakeAt(this.agenda.now + 1, 'kubelet', podKey);
    this.containers = new Containers(this.store, now, onExit, state?.containers);
    this.#registry = new Registry({
      store: this.store,
      agenda: this.agenda,
      random: this.#random,
      because: () => this.#because,
      podLimit: this.#podLimit,
      tokenKey: this.#tokenKey,
    });
    const surroundings = {
      agenda: this.agenda,
      random: this.#random,
      reader: this.store,
      catalog: liveCatalog(this.store),
      tokenKey: this.#tokenKey,
      exitOf: (containerId: string) => this.containers.exitOf(containerId),
      writer: (by: string) => this.#registry.writer(by),
    };
    this.#components = new Map([...components(surroundings), ...this.#registry.components].map((component) => [component.name, component]));
    if (state) for (const [name, memory] of state.memories) this.#components.get(name)?.restore?.(memory);
    this.#dispatchCommits();
    if (!state) bootstrap(this.#registry, (source as ClusterOptions).profile ?? 'plain', (source as ClusterOptions).nodes);
    this.#drain();
  }

  /**
   * Another cluster in the same state. It shares the objects, which never change, and copies what does: maps of pointers, timers,
   * what the components remember. The same calls to both give the same bytes.
   */
  fork(): Cluster {
    return new Cluster(this.snapshot());
  }

  /** The state as it is now; it does not change with the cluster. */
  snapshot(): ClusterState {
    const memories = new Map<string, unknown>();
    for (const [name, component] of this.#components) {
      const memory = component.snapshot?.();
      if (memory !== undefined) memories.set(name, memory);
    }
    return {
      startedAt: this.startedAt,
      podLimit: this.#podLimit,
      tokenKey: this.#tokenKey,
      changedAt: this.#changedAt,
      agenda: this.agenda.snapshot(),
      random: this.#random.snapshot(),
      store: this.store.snapshot(),
      containers: this.containers.snapshot(),
      memories,
    };
  }

  /** Answers a request at this moment, then lets the components do what they can without time passing. */
  readonly request: Api = (request) => {
    this.#because = 0;
    const response = answerMetrics(this.store, () => this.agenda.now, request) ?? this.#registry.handle(request);
    this.#drain();
    return response;
  };

  /** An object with the fields of components in its metadata.managedFields. */
  readonly withComponentFields = <T extends KubeObject>(object: T): T => this.#registry.withComponentFields(object);

  /** Whose token it is; undefined when it is none, or does not count any more. */
  readonly userOfToken = (token: string): User | undefined => this.#registry.userOfToken(token);

  /** Lets virtual time pass. */
  advance(ms: number): void {
    this.advanceTo(this.agenda.now + ms);
  }

  advanceTo(at: number): void {
    while (this.#nextMoment(at));
    this.agenda.advanceTo(at);
    this.#drain();
  }

  /** Goes to the next moment at which something is due, no further than `limit`, and does it. False when there was none. */
  step(limit = Number.POSITIVE_INFINITY): boolean {
    return this.#nextMoment(limit);
  }

  /** Runs until no object has changed for `quietMs`, or `limitMs` have passed; the first is reported as true. Events, Leases and heartbeats do not count. */
  settle(quietMs = 3_000, limitMs = 3_600_000): boolean {
    const deadline = this.agenda.now + limitMs;
    this.#changedAt = this.agenda.now;
    while (this.agenda.now < deadline) {
      const quietAt = this.#changedAt + quietMs;
      const next = this.agenda.nextAt() ?? Number.POSITIVE_INFINITY;
      if (next >= quietAt) {
        this.advanceTo(Math.min(quietAt, deadline));
        if (this.agenda.now - this.#changedAt >= quietMs) return true;
        continue;
      }
      if (!this.#nextMoment(deadline)) this.advanceTo(deadline);
    }
    return false;
  }

  /** Virtual milliseconds since an object (events, Leases and Nodes aside) last changed. */
  get quietForMs(): number {
    return this.agenda.now - this.#changedAt;
  }

  #nextMoment(limit: number): boolean {
    const at = this.agenda.nextAt();
    if (at === undefined || at > limit) return false;
    this.agenda.advanceTo(at);
    this.#drain();
    return true;
  }

  #drain(): void {
    for (let wakes = 0; wakes < wakesAtOneMoment; wakes++) {
      const wake = this.agenda.take();
      if (!wake) return;
      this.#because = wake.because;
      this.#components.get(wake.component)!.wake(wake.key, wake.because);
    }
    throw new Error(`${wakesAtOneMoment} wake-ups without time passing`);
  }

  #dispatchCommits(): void {
    const watchers = new Map<string, Component[]>();
    for (const component of this.#components.values()) {
      for (const resource of component.watches) watchers.set(resource, [...(watchers.get(resource) ?? []), component]);
    }
    this.store.onCommit((commit) => {
      if (countsAsChange(commit)) this.#changedAt = commit.at;
      let interested = watchers.get(commit.resource);
      // A collection that no component names: a custom kind's, or one that nobody watches.
      if (!interested) watchers.set(commit.resource, (interested = isBuiltIn(commit.resource) ? [] : (watchers.get(customCollections) ?? [])));
      for (let i = 0; i < interested.length; i++) interested[i]!.onCommit(commit);
    });
  }
}

function newStore(now: () => number, { freeze = false, logLimit }: ClusterOptions): Store {
  const store = new Store(now, { freeze, ...(logLimit !== undefined && { logLimit }) });
  for (const index of indexes) store.addIndex(index);
  return store;
}

const isBuiltIn = (resource: string) => builtIn.kindOfResource(groupResourceOf(resource)) !== undefined;

const quiet = new Set(['events', 'leases.coordination.k8s.io', 'nodes']);
const countsAsChange = (commit: Commit) => !quiet.has(commit.resource);
