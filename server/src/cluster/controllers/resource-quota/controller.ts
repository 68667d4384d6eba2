// The ResourceQuota controller: keeps status.used right. Admission charges what is created; this controller gives back what is gone, and
// writes down what a quota allows from now on (pkg/controller/resourcequota).
import { isEqual } from '../../../kube/equal.ts';
import { resourceKey, splitKey } from '../../../kube/resource.ts';
import { isStatus } from '../../../kube/status.ts';
import type { PersistentVolumeClaim, Pod, ResourceQuota, Service } from '../../../schema/generated/types.ts';
import { amountsOf, isSame, only, textsOf, type Amounts } from '../../registry/admission/quota/amounts.ts';
import { changesUsage } from '../../registry/admission/quota/claims.ts';
import { isCharged, isTerminating } from '../../registry/admission/quota/pods.ts';
import { customCollections, type Component, type ComponentFactory } from '../../runtime/component.ts';
import { run, type Plan, type Watch } from '../../runtime/controller.ts';
import type { Commit } from '../../store/commit.ts';
import { QuotaLedger, quotable, type Ledger } from './ledger.ts';

export interface QuotaView {
  readonly quota: ResourceQuota;
  /** What is used of what can be counted. */
  readonly used: Amounts;
}

export interface QuotaPlan extends Plan {
  /** Absent: it is as it should be. */
  readonly status?: ResourceQuota['status'];
}

const none: readonly string[] = [];

/** Everything is counted again this often. */
const resyncMs = 300_000;
const quotas = resourceKey({ group: '', resource: 'resourcequotas' });

export const resourceQuotaController: ComponentFactory = (surroundings) => {
  const { agenda, reader, catalog } = surroundings;
  const ledger = new QuotaLedger(reader, catalog, () => agenda.now);
  const resyncAt = new Map<string, number>();
  const watches: readonly Watch[] = [...quotable, customCollections].map((resource) => ({
    resource,
    enqueue(commit) {
      const isQuota = resource === quotas;
      if (isQuota) ledger.updateQuota(commit);
      const concerned = ledger.update(commit);
      const freed = concerned.length > 0 && freesSomething(commit, agenda.now) ? concerned : none;
      return isQuota && isNews(commit) ? [commit.key, ...freed] : freed;
    },
  }));
  const controller = run<QuotaView, QuotaPlan>({
    name: 'resourcequota-controller',
    watches,
    observe(key, from, nowMs) {
      const { namespace, name } = splitKey(key);
      const quota = from.get<ResourceQuota>(quotas, namespace, name);
      if (!quota) return void resyncAt.delete(key);
      if (nowMs >= (resyncAt.get(key) ?? 0)) {
        if (resyncAt.has(key)) ledger.recount(key);
        resyncAt.set(key, nowMs + resyncMs);
      }
      return { quota, used: ledger.usedOf(key)! };
    },
    plan: planQuota,
    apply({ status }, { quota }, writer) {
      const written = status && writer.updateStatus<ResourceQuota>(quotas, { ...quota, status });
      return written && isStatus(written) && written.code !== 404 ? written : undefined;
    },
  })(surroundings);
  return { ...controller, ...memoryOf(controller, ledger, resyncAt) };
};

/** What is remembered about failures, usage, and when all is counted again. */
function memoryOf(controller: Component, ledger: QuotaLedger, resyncAt: Map<string, number>): Pick<Component, 'snapshot' | 'restore'> {
  type Memory = readonly [unknown, Ledger, ReadonlyMap<string, number>];
  return {
    snapshot: (): Memory => [controller.snapshot?.(), ledger.snapshot(), new Map(resyncAt)],
    restore(memory) {
      const [own, accounts, times] = memory as Memory;
      controller.restore?.(own);
      ledger.restore(accounts);
      for (const [key, at] of times) resyncAt.set(key, at);
    },
  };
}

/** What cannot be counted keeps what its status says. */
function planQuota({ quota, used }: QuotaView): QuotaPlan {
  const { spec, status } = quota;
  const hard = amountsOf(spec.hard);
  const known = new Map([...amountsOf(status.used), ...used]);
  const now = only(known, (name) => hard.has(name));
  const isDirty = !status.hard || !status.used || !isEqual(spec.hard ?? {}, status.hard) || !isSame(now, amountsOf(status.used));
  return { requeueAfterMs: resyncMs, ...(isDirty && { status: { hard: textsOf(hard), used: textsOf(now) } }) };
}

/** Another status is no news: who writes it is this controller, and admission. */
function isNews({ before, after }: Commit): boolean {
  if (!after) return false;
  return !before || !isEqual((before as ResourceQuota).spec.hard, (after as ResourceQuota).spec.hard);
}

/** Whether less may be used than before. What uses more was charged when it was admitted. */
function freesSomething({ resource, before, after }: Commit, nowMs: number): boolean {
  if (!before || !after) return before !== undefined;
  switch (resource) {
    case 'pods': {
      const [was, is] = [before as Pod, after as Pod];
      return isTerminating(was) !== isTerminating(is) || (isCharged(was, nowMs) && !isCharged(is, nowMs));
    }
    case 'services':
      return (before as Service).spec.type !== (after as Service).spec.type;
    case 'persistentvolumeclaims':
      return changesUsage(after as PersistentVolumeClaim, before as PersistentVolumeClaim);
    default:
      return false;
  }
}
