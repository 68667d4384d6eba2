// What a set's places come to, remembered and changed pod by pod, against the same taken anew. A failing seed prints itself:
// SEED=123 npx vitest run test/cluster/controllers/stateful-set/roster
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../server/src/cluster/clock/random.ts';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';
import { OrdinalSet } from '../../../../server/src/cluster/controllers/stateful-set/ordinal-set.ts';
import { planStatefulSet } from '../../../../server/src/cluster/controllers/stateful-set/plan.ts';
import { Rosters } from '../../../../server/src/cluster/controllers/stateful-set/rosters.ts';
import { observeStatefulSet } from '../../../../server/src/cluster/controllers/stateful-set/view.ts';

test('[SO1] ordinals stay in order, whatever comes and goes', () => {
  const random = new Random(7);
  const ordinals = new OrdinalSet();
  const plain = new Set<number>();
  for (let i = 0; i < 2_000; i++) {
    const [ordinal, isMember] = [random.int(60), random.int(2) === 0];
    ordinals.keep(ordinal, isMember);
    if (isMember) plain.add(ordinal);
    else plain.delete(ordinal);
    const sorted = [...plain].sort((a, b) => a - b);
    expect(ordinals.descending()).toEqual(sorted.toReversed());
    expect([ordinals.size, ordinals.lowest, ordinals.highest, ordinals.has(ordinal)]).toEqual([sorted.length, sorted[0], sorted.at(-1), isMember]);
    expect(ordinals.upTo(30)).toEqual(sorted.filter((other) => other <= 30));
    expect(ordinals.copy().upTo(Number.POSITIVE_INFINITY)).toEqual(sorted);
  }
});

const sets = { group: 'apps', resource: 'statefulsets', namespace: 'default', name: 'my-db' } as const;

/** A roster that watches a cluster beside the controller's own, looking at it now and then. */
class Watched {
  readonly cluster: Cluster;
  readonly told: string[] = [];
  readonly #random: Random;
  #rosters = new Rosters();

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.cluster = new Cluster({ seed, freeze: true });
    this.cluster.store.onCommit((commit) => {
      if (commit.resource === 'pods') this.#rosters.markPod(commit);
      if (commit.resource === 'persistentvolumeclaims') this.#rosters.markClaim(commit);
    });
    const spec = {
      replicas: 3,
      podManagementPolicy: this.#pick(['OrderedReady', 'Parallel']),
      minReadySeconds: this.#pick([0, 2]),
      persistentVolumeClaimRetentionPolicy: { whenDeleted: this.#pick(['Retain', 'Delete']), whenScaled: this.#pick(['Retain', 'Delete']) },
      selector: { matchLabels: { app: 'db' } },
      template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'main', image: 'v0' }] } },
      ...(this.#below(2) === 0 && { volumeClaimTemplates: [{ metadata: { name: 'some-data' }, spec: claimSpec }] }),
    };
    for (let i = 0; i < 8; i++) this.#createVolume(i);
    this.#send({ ...sets, verb: 'create', body: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'my-db' }, spec } });
  }

  play(): void {
    for (let i = 0; i < 25; i++) {
      this.cluster.advance(this.#below(2_500));
      this.#act();
      if (this.#below(3) === 0) this.check();
      if (this.#below(10) === 0) this.#rosters = this.#rosters.copy();
    }
    this.cluster.settle();
    this.check();
  }

  check(): void {
    const nowMs = this.cluster.agenda.now;
    const look = (rosters: Rosters) => {
      const view = observeStatefulSet('default/my-db', rosters, this.cluster.store, nowMs)!;
      return { plan: planStatefulSet(view, nowMs), release: view.release, used: [...view.roster.revisions].sort() };
    };
    expect(look(this.#rosters), `at ${nowMs}\n${this.told.join('\n')}`).toEqual(look(new Rosters()));
  }

  #act(): void {
    const name = `my-db-${this.#below(6)}`;
    const fault = { 'drydock.dev/fault': this.#pick([null, 'not-ready', 'fail']) };
    this.#pick([
      () => this.#patch({ spec: { replicas: this.#below(6) } }),
      () => this.#patch({ spec: { template: { metadata: { annotations: fault }, spec: { containers: [{ name: 'main', image: `v${this.#below(3)}` }] } } } }),
      () => this.#send({ group: '', resource: 'pods', namespace: 'default', name, verb: 'delete' }),
      () => this.#send({ group: '', resource: 'persistentvolumeclaims', namespace: 'default', name: `some-data-${name}`, verb: 'delete' }),
      () => this.#patchPod(name, { metadata: { labels: { app: 'other' } } }),
      () => this.#patchPod(name, { metadata: { labels: { 'statefulset.kubernetes.io/pod-name': 'lost' } } }),
      () => this.#patchPod(name, { metadata: { ownerReferences: null } }),
    ])();
  }

  #createVolume(i: number): void {
    const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: `/data/${i}` } };
    const body = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: `pv-${i}` }, spec };
    this.#send({ group: '', resource: 'persistentvolumes', name: `pv-${i}`, verb: 'create', body });
  }

  #patch(body: object): void {
    this.#send({ ...sets, verb: 'patch', patchType: 'merge', body });
  }

  #patchPod(name: string, body: object): void {
    this.#send({ group: '', resource: 'pods', namespace: 'default', name, verb: 'patch', patchType: 'merge', body });
  }

  #send(request: Parameters<Cluster['request']>[0]): void {
    this.told.push(`${this.cluster.agenda.now} ${request.verb} ${request.resource} ${request.name} ${JSON.stringify(request.body ?? '')}`);
    this.cluster.request(request);
  }

  #below(limit: number): number {
    return this.#random.int(limit);
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }
}

const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

describe('[SO2] a roster equals one that is taken anew', () => {
  const only = process.env['SEED'];
  test.each(only ? [Number(only)] : Array.from({ length: 40 }, (_, i) => i))('seed %i', (seed) => new Watched(seed).play());
});
