// A cluster to tell stories with: change a Deployment or ReplicaSet, let time pass, and read what happened.
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import type { ApiRequest } from '../../../server/src/cluster/registry/request.ts';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import { isStatus } from '../../../server/src/kube/status.ts';
import type { Deployment, Pod, ReplicaSet } from '../../../server/src/schema/generated/types.ts';

const namespace = 'default';

export class Story {
  readonly cluster: Cluster;
  /** ReplicaSet name → a letter, in order of appearance: hashes tell nothing. */
  readonly #letters = new Map<string, string>();
  #told: number;

  constructor(seed = 1) {
    this.cluster = new Cluster({ seed, freeze: true });
    this.#told = this.cluster.store.resourceVersion;
  }

  create(resource: string, group: string, body: object): KubeObject {
    return this.#send({ verb: 'create', resource, group, body });
  }

  deploy(spec: object, image = 'a', annotations: object = {}, name = 'web'): void {
    const template = { metadata: { labels: { app: name }, annotations }, spec: { containers: [{ name: 'main', image }] } };
    this.create('deployments', 'apps', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: { selector: { matchLabels: { app: name } }, template, ...spec },
    });
  }

  /** A merge patch. */
  change(body: object, name = 'web', resource = 'deployments', group = 'apps'): void {
    this.#send({ verb: 'patch', patchType: 'merge', resource, group, name, body });
  }

  image(image: string, annotations: object = {}, name = 'web'): void {
    this.change({ spec: { template: { metadata: { annotations }, spec: { containers: [{ name: 'main', image }] } } } }, name);
  }

  scale(replicas: number, name = 'web'): void {
    this.change({ spec: { replicas } }, name);
  }

  remove(resource: string, name: string, group = '', options: ApiRequest['options'] = {}): void {
    this.#send({ verb: 'delete', resource, group, name, options });
  }

  settle(quietMs = 3_000): this {
    this.cluster.settle(quietMs);
    return this;
  }

  after(ms: number): this {
    this.cluster.advance(ms);
    return this;
  }

  deployment(name = 'web'): Deployment {
    return this.cluster.store.get<Deployment>('deployments.apps', namespace, name)!;
  }

  sets(): readonly ReplicaSet[] {
    return [...this.cluster.store.collection('replicasets.apps').values()] as ReplicaSet[];
  }

  pods(): readonly Pod[] {
    return [...this.cluster.store.collection('pods').values()] as Pod[];
  }

  /** How the sizes of ReplicaSets changed since this was last asked: ['A 0→3', 'B 0→1', 'A 3→2']. */
  trace(): readonly string[] {
    const steps: string[] = [];
    for (const { resource, before, after, resourceVersion } of this.cluster.store.log.after(this.#told)) {
      this.#told = resourceVersion;
      if (resource !== 'replicasets.apps') continue;
      const [from, to] = [(before as ReplicaSet | undefined)?.spec.replicas ?? 0, (after as ReplicaSet | undefined)?.spec.replicas];
      const letter = this.letter((after ?? before)!.metadata.name);
      if (to === undefined) steps.push(`${letter} gone`);
      else if (from !== to) steps.push(`${letter} ${from}→${to}`);
    }
    return steps;
  }

  letter(set: string): string {
    let letter = this.#letters.get(set);
    if (letter === undefined) this.#letters.set(set, (letter = String.fromCodePoint(65 + this.#letters.size)));
    return letter;
  }

  /** 'ScalingReplicaSet Scaled up replica set web-… from 0 to 3 ×2', in order. */
  events(kind: string): readonly string[] {
    const all = [...this.cluster.store.collection('events').values()] as unknown as readonly {
      readonly involvedObject: { readonly kind: string };
      readonly type: string;
      readonly reason: string;
      readonly message: string;
      readonly count?: number;
      readonly source?: { readonly component?: string };
    }[];
    return all
      .filter(({ involvedObject }) => involvedObject.kind === kind)
      .map(({ type, reason, message, count }) => `${type} ${reason} ${message}${(count ?? 1) > 1 ? ` ×${count}` : ''}`);
  }

  /** 'Progressing=True NewReplicaSetAvailable', in the order of the status. */
  conditions(name = 'web'): readonly string[] {
    return (this.deployment(name).status.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`);
  }

  #send(request: Omit<ApiRequest, 'namespace'>): KubeObject {
    const { body } = this.cluster.request({ namespace, ...request });
    if (isStatus(body) && body.status === 'Failure') throw new Error(body.message);
    return body as KubeObject;
  }
}
