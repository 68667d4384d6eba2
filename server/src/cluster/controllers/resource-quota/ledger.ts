// What the objects of a namespace use, quota by quota.
// Invariant: equals what counting all objects of the namespace would find. An object that changes costs one subtraction and one addition
// for each quota of its namespace; nothing is counted from the beginning but for a quota that is new or that changed what it is about.
import type { KubeObject } from '../../../kube/object.ts';
import { addQuantities, subtractQuantities, type Quantity } from '../../../kube/quantity.ts';
import { resourceKey, splitKey } from '../../../kube/resource.ts';
import type { ResourceQuota } from '../../../schema/generated/types.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import { kinds, type KindInfo } from '../../../schema/kinds.ts';
import { evaluatorOf } from '../../registry/admission/quota/evaluators.ts';
import { zero, type Amounts } from '../../registry/admission/quota/amounts.ts';
import { scopesOf } from '../../registry/admission/quota/scope-selector.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { quotasByNamespace } from '../../store/indexes.ts';

const isQuotable = ({ namespaced, verbs }: KindInfo) => namespaced && verbs.includes('create') && verbs.includes('delete');

/** Every collection that a quota can be about, custom ones aside: of namespaced kinds that can be made and deleted. */
export const quotable: readonly string[] = [...new Set(kinds.filter(isQuotable).map(resourceKey))].filter((resource) => evaluatorOf(resource));

interface Account {
  readonly spec: ResourceQuota['spec'];
  /** Only names that some kind is counted under. */
  readonly used: Map<string, Quantity>;
  /** What each object was counted as. */
  readonly shares: Map<string, Amounts>;
}

export type Ledger = ReadonlyMap<string, Account>;

export class QuotaLedger {
  #accounts = new Map<string, Account>();
  readonly #reader: Reader;
  readonly #catalog: Catalog;
  readonly #now: () => number;

  constructor(reader: Reader, catalog: Catalog, now: () => number) {
    this.#reader = reader;
    this.#catalog = catalog;
    this.#now = now;
  }

  /** By the name of the resource; undefined when there is no such quota. */
  usedOf(key: string): Amounts | undefined {
    return this.#accounts.get(key)?.used;
  }

  updateQuota({ key, after }: Commit): void {
    if (!after) this.#accounts.delete(key);
    else if (this.#accounts.get(key)?.spec !== (after as ResourceQuota).spec) this.recount(key);
  }

  /** Takes the change of an object into account; returns the quotas that count objects of its kind. */
  update({ resource, key, before, after }: Commit): readonly string[] {
    const { namespace = '' } = splitKey(key);
    const quotas = this.#reader.indexed(quotasByNamespace, namespace).objects;
    if (quotas.size === 0 || (before && after && !evaluatorOf(resource)!.mayChange(before, after))) return none;
    const concerned: string[] = [];
    for (const quotaKey of quotas.keys()) {
      const account = this.#accounts.get(quotaKey);
      if (!account || !isCounted(account, resource)) continue;
      this.#set(account, resource, key, after);
      concerned.push(quotaKey);
    }
    return concerned;
  }

  /** Counts everything. Time alone changes what is used: a pod that should have stopped long ago does not count any more. */
  recount(key: string): void {
    const { namespace, name } = splitKey(key);
    const quota = this.#reader.get<ResourceQuota>('resourcequotas', namespace, name);
    if (!quota) return;
    const account: Account = { spec: quota.spec, used: new Map(), shares: new Map() };
    const names = Object.keys(quota.spec.hard ?? {});
    const custom = this.#catalog.kinds.filter((kind) => kind.custom && isQuotable(kind)).map(resourceKey);
    for (const resource of new Set([...quotable, ...custom])) {
      const evaluator = evaluatorOf(resource)!;
      const counted = names.filter((one) => evaluator.counts(one));
      if (counted.length === 0) continue;
      for (const one of counted) if (!account.used.has(one)) account.used.set(one, zero);
      for (const [objectKey, object] of this.#reader.collection(resource)) {
        if (object.metadata.namespace === namespace) this.#set(account, resource, objectKey, object);
      }
    }
    this.#accounts.set(key, account);
  }

  snapshot(): Ledger {
    return new Map([...this.#accounts].map(([key, { spec, used, shares }]) => [key, { spec, used: new Map(used), shares: new Map(shares) }]));
  }

  restore(ledger: Ledger): void {
    this.#accounts = new Map(ledger);
  }

  #set({ spec, used, shares }: Account, resource: string, key: string, object: KubeObject | undefined): void {
    const place = `${resource} ${key}`;
    const before = shares.get(place);
    const after = object && isWithin(spec, resource, object) ? this.#shareOf(resource, object, used) : undefined;
    if (before === after) return;
    for (const [name, amount] of before ?? nothing) used.set(name, subtractQuantities(used.get(name)!, amount));
    for (const [name, amount] of after ?? nothing) used.set(name, addQuantities(used.get(name)!, amount));
    if (after) shares.set(place, after);
    else shares.delete(place);
  }

  #shareOf(resource: string, object: KubeObject, used: ReadonlyMap<string, unknown>): Amounts {
    return new Map([...evaluatorOf(resource)!.usage(object, this.#now())].filter(([name]) => used.has(name)));
  }
}

const none: readonly string[] = [];
const nothing: Amounts = new Map();

const isCounted = ({ used }: Account, resource: string) => [...used.keys()].some((name) => evaluatorOf(resource)!.counts(name));

const isWithin = (spec: ResourceQuota['spec'], resource: string, object: KubeObject) =>
  scopesOf({ spec } as ResourceQuota).every((scope) => evaluatorOf(resource)!.isWithin(scope, object));
