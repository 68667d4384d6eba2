// Random DaemonSets on random nodes. A failing seed prints itself: SEED=123 npx vitest run test/cluster/controllers/daemon-set
import { expect, test } from 'vitest';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';
import { Random } from '../../../../server/src/cluster/clock/random.ts';
import { countsOf, type Counts } from '../../../../server/src/cluster/controllers/daemon-set/counts.ts';
import { inOrder, type DaemonNode, type Rules } from '../../../../server/src/cluster/controllers/daemon-set/node.ts';
import { boundsOf, updateOf } from '../../../../server/src/cluster/controllers/daemon-set/bounds.ts';
import { placementOf } from '../../../../server/src/cluster/controllers/daemon-set/placement.ts';
import { podTemplateHash } from '../../../../server/src/cluster/controllers/history/pod-template-hash.ts';
import { targetNode } from '../../../../server/src/cluster/store/pod-facts.ts';
import type { ControllerRevision, DaemonSet, Node, Pod } from '../../../../server/src/schema/generated/types.ts';
import { isStatus } from '../../../../server/src/kube/status.ts';

const only = process.env['SEED'];
const seeds = 24;

const strategies: readonly object[] = [
  { type: 'OnDelete' },
  ...[1, 2, '40%', '100%'].map((maxUnavailable) => ({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable } })),
  ...[1, 3, '50%'].map((maxSurge) => ({ type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable: 0 } })),
];

class Simulation {
  readonly random: Random;
  readonly cluster: Cluster;
  readonly faults: string[] = [];
  /** Only templates have changed since everything was in order: then the bounds of the update must hold. */
  #undisturbed = false;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.random = new Random(seed);
    this.cluster = new Cluster({ seed, freeze: true, nodes: { count: 1 + this.random.int(7) } });
    this.cluster.store.onCommit(({ resource }) => {
      if (resource === 'pods') this.#checkMoment();
    });
  }

  play(): readonly string[] {
    this.#send('create', 'daemonsets', 'agent', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        updateStrategy: this.#pick(strategies),
        minReadySeconds: this.#pick([0, 0, 2]),
        revisionHistoryLimit: this.#pick([0, 1, 10]),
        template: this.#template(),
      },
    });
    for (let i = 0; i < 12; i++) {
      this.#pick([this.#act, this.#act, this.#update, this.#rest]).call(this);
      this.cluster.advance(this.random.int(2_500));
    }
    this.#rest();
    return this.faults;
  }

  get set(): DaemonSet {
    return this.cluster.store.get<DaemonSet>('daemonsets.apps', 'default', 'agent')!;
  }

  #template(): object {
    const labels = { app: 'agent' };
    const nodeSelector = this.#pick([{}, {}, { disk: 'ssd' }]);
    const tolerations = this.#pick([[], [], [{ key: 'team', operator: 'Exists' }]]);
    return { metadata: { labels }, spec: { containers: [{ name: 'main', image: `v${this.random.int(4)}` }], nodeSelector, tolerations } };
  }

  #update(): void {
    const value = this.#template();
    const next = { ...this.set, spec: { ...this.set.spec, template: value } } as DaemonSet;
    // Other nodes: then pods come and go for another reason.
    const nodes = [...this.cluster.store.collection('nodes').values()] as Node[];
    if (nodes.some((node) => placementOf(this.set, node) !== placementOf(next, node))) this.#undisturbed = false;
    this.#send('patch', 'daemonsets', 'agent', [{ op: 'replace', path: '/spec/template', value }]);
  }

  /** Something that the DaemonSet has not asked for. */
  #act(): void {
    this.#undisturbed = false;
    const node = this.#pick([...this.cluster.store.collection('nodes').keys()]);
    const pods = this.#pods();
    switch (this.random.int(6)) {
      case 0:
        return this.#send('patch', 'nodes', node, { metadata: { labels: { disk: this.#pick(['ssd', null]) } } });
      case 1:
        return this.#send('patch', 'nodes', node, { spec: { taints: this.#pick([[], [{ key: 'team', effect: this.#pick(['NoSchedule', 'NoExecute']) }]]) } });
      case 2:
        return this.#send('patch', 'nodes', node, { spec: { unschedulable: this.#pick([true, null]) } });
      case 3:
        return pods.length > 0 ? this.#send('delete', 'pods', this.#pick(pods).metadata.name) : undefined;
      case 4:
        return pods.length > 0 ? this.#send('patch', 'pods', this.#pick(pods).metadata.name, { metadata: { labels: { app: 'other' } } }) : undefined;
      default: {
        // Back and forth: one is released and, if its place is still free, adopted again.
        const free = ([...this.cluster.store.collection('pods').values()] as Pod[]).find(({ metadata }) => metadata.labels?.['app'] === 'other');
        if (free) this.#send('patch', 'pods', free.metadata.name, { metadata: { labels: { app: 'agent' } } });
      }
    }
  }

  /** Lets time pass until nothing moves; then everything must be as it should. */
  #rest(): void {
    this.cluster.settle(4_000);
    const { set } = this;
    const rules = this.#rules();
    const nodes = this.#nodes();
    for (const { name, placement, pods } of nodes) {
      const updated = pods.filter(({ metadata }) => metadata.labels?.['controller-revision-hash'] === rules.hash).length;
      const fits = placement === 'run' ? pods.length === 1 : placement === 'stay' ? pods.length <= 1 : pods.length === 0;
      if (!fits) this.#fault(`${name} (${placement}) has ${pods.length} pods`);
      if (placement === 'run' && rules.update !== 'onDelete' && updated !== 1) this.#fault(`${name} has a pod of an old template`);
    }
    const sum = (count: keyof Counts) => nodes.reduce((total, node) => total + countsOf(node, rules)[count], 0);
    const { desiredNumberScheduled: desired, currentNumberScheduled: current, numberReady: ready, numberMisscheduled: misscheduled, ...rest } = set.status;
    const { updatedNumberScheduled: updated = 0, numberAvailable: available = 0 } = rest;
    const said = { desired, current, ready, available, updated, misscheduled };
    for (const count of Object.keys(said) as (keyof Counts)[])
      if (said[count] !== sum(count)) this.#fault(`status says ${said[count]} ${count}, and there are ${sum(count)}`);
    if (set.status.observedGeneration !== set.metadata.generation) this.#fault('the newest generation is not observed');
    this.#checkRevisions(rules.hash);
    this.#checkFork();
    this.#undisturbed = true;
  }

  #checkRevisions(hash: string): void {
    const revisions = [...this.cluster.store.collection('controllerrevisions.apps').values()] as ControllerRevision[];
    const newest = revisions.reduce((a, b) => (a.revision > b.revision ? a : b));
    if (newest.metadata.name !== `agent-${hash}`) this.#fault(`the newest revision is ${newest.metadata.name}`);
    if (new Set(revisions.map(({ revision }) => revision)).size < revisions.length) this.#fault('two revisions have the same number');
    const inUse = new Set(this.#pods().map(({ metadata }) => metadata.labels?.['controller-revision-hash']));
    const unused = revisions.filter(({ metadata }) => metadata.name !== newest.metadata.name && !inUse.has(metadata.labels?.['controller-revision-hash']));
    const limit = this.set.spec.revisionHistoryLimit!;
    if (unused.length > limit && revisions.length - 1 > limit) this.#fault(`${unused.length} unused revisions, and the limit is ${limit}`);
  }

  /** A fork goes on with the same bytes: what is remembered between looks is copied. */
  #checkFork(): void {
    const template = this.#template();
    const after = [this.cluster.fork(), this.cluster.fork()].map((fork) => {
      fork.request({
        namespace: 'default',
        verb: 'patch',
        patchType: 'json',
        resource: 'daemonsets',
        group: 'apps',
        name: 'agent',
        body: [{ op: 'replace', path: '/spec/template', value: template }],
      });
      fork.advance(3_000);
      return JSON.stringify([...fork.store.collection('pods').values()]);
    });
    if (after[0] !== after[1]) this.#fault('two forks differ');
  }

  #checkMoment(): void {
    const rules = this.#rules();
    const nodes = this.#nodes();
    const kept = nodes.map(({ pods }) => pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).length);
    const most = Math.max(0, ...kept);
    if (this.#undisturbed && most > (rules.update === 'surge' ? 2 : 1)) this.#fault(`${most} pods on a node`);
    if (!this.#undisturbed || rules.update === 'onDelete') return;
    const wanted = nodes.filter(({ placement }) => placement === 'run');
    const { maxUnavailable } = boundsOf(this.set, wanted.length);
    const missing = wanted.filter(
      ({ pods }) => !pods.some((pod) => countsOf({ name: '', placement: 'run', pods: [pod], keptForMs: 0 }, rules).available),
    ).length;
    if (missing > maxUnavailable) this.#fault(`${missing} nodes without an available pod, and only ${maxUnavailable} may be`);
  }

  #rules(): Rules {
    const { set } = this;
    return { hash: podTemplateHash(set.spec.template), minReadySeconds: set.spec.minReadySeconds ?? 0, update: updateOf(set), nowMs: this.cluster.agenda.now };
  }

  #pods(): readonly Pod[] {
    const { uid } = this.set.metadata;
    return ([...this.cluster.store.collection('pods').values()] as Pod[]).filter(
      ({ metadata }) => metadata.ownerReferences?.[0]?.uid === uid && metadata.labels?.['app'] === 'agent',
    );
  }

  #nodes(): readonly DaemonNode[] {
    const pods = this.#pods();
    return ([...this.cluster.store.collection('nodes').values()] as Node[]).map((node) => ({
      name: node.metadata.name,
      placement: placementOf(this.set, node),
      pods: inOrder(pods.filter((pod) => targetNode(pod) === node.metadata.name)),
      keptForMs: 0,
    }));
  }

  #send(verb: 'create' | 'patch' | 'delete', resource: string, name: string, body?: object): void {
    const namespace = resource === 'nodes' ? {} : { namespace: 'default' };
    const patchType = Array.isArray(body) ? 'json' : 'merge';
    const group = resource === 'daemonsets' ? 'apps' : '';
    const answer = this.cluster.request({
      verb,
      resource,
      group,
      ...namespace,
      ...(verb !== 'create' && { name }),
      ...(verb === 'patch' && { patchType }),
      ...(body && { body }),
    });
    if (isStatus(answer.body) && answer.body.status === 'Failure') throw new Error(`seed ${this.#seed}: ${answer.body.message}`);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.random.int(items.length)]!;
  }

  #fault(text: string): void {
    this.faults.push(`${this.cluster.agenda.now}: ${text}`);
  }
}

function checkSeed(seed: number): void {
  const faults = new Simulation(seed).play();
  if (faults.length > 0) expect.fail(`seed ${seed} (SEED=${seed} npx vitest run test/cluster/controllers/daemon-set)\n${faults.slice(0, 10).join('\n')}`);
}

test.runIf(only)(`seed ${only}`, () => checkSeed(Number(only)));

test.skipIf(only)(
  `[DS15] ${seeds} random DaemonSets keep every invariant`,
  () => {
    for (let seed = 1; seed <= seeds; seed++) checkSeed(seed);
  },
  120_000,
);
