// What the Go packages of Kubernetes 1.36.3 answered to random pods: k8s.io/pod-security-admission, the quota evaluator of pods with
// CheckRequest, and LimitRanger. One case a line in go/.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Agenda } from '../../../../server/src/cluster/clock/agenda.ts';
import { Random } from '../../../../server/src/cluster/clock/random.ts';
import { checkLimits } from '../../../../server/src/cluster/registry/admission/limit-ranger/check-limits.ts';
import { admitLimitDefaults } from '../../../../server/src/cluster/registry/admission/limit-ranger/defaults.ts';
import { detailsText, violationsOf } from '../../../../server/src/cluster/registry/admission/pod-security/evaluate.ts';
import { policyOf } from '../../../../server/src/cluster/registry/admission/pod-security/policy.ts';
import { amountsOf, isSame } from '../../../../server/src/cluster/registry/admission/quota/amounts.ts';
import { checkQuota } from '../../../../server/src/cluster/registry/admission/quota/check-quota.ts';
import type { AdmissionRequest } from '../../../../server/src/cluster/registry/admission/request.ts';
import { RegistryContext } from '../../../../server/src/cluster/registry/context.ts';
import { strategyOfResource } from '../../../../server/src/cluster/registry/resources.ts';
import { indexes } from '../../../../server/src/cluster/store/indexes.ts';
import { Store } from '../../../../server/src/cluster/store/store.ts';

type Json = Readonly<Record<string, any>>;

const cases = (name: string): readonly Json[] =>
  readFileSync(new URL(`go/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const cause = { by: 'test', because: 0 };

/** A registry that holds just these objects of namespace n. */
function contextWith(resource: string, objects: readonly Json[]): RegistryContext {
  const store = new Store(() => 0, { freeze: true });
  for (const index of indexes) store.addIndex(index);
  for (const object of objects) store.commit({ resource, namespace: 'n', name: object['metadata'].name, after: object as never, cause });
  return new RegistryContext({ store, agenda: new Agenda(0), random: new Random(1), because: () => 0 });
}

const creating = (spec: Json): AdmissionRequest => ({
  operation: 'CREATE',
  strategy: strategyOfResource('pods'),
  object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec, status: {} } as never,
  write: { cause, dryRun: false },
});

test('[GO1] violations of PodSecurity', () => {
  for (const { policy, pod, detail } of cases('pod-security')) {
    const [level, version] = policy.split(':');
    const labels = { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/enforce-version': version };
    expect(detailsText(violationsOf(policyOf(labels).enforce, pod)), JSON.stringify(pod)).toBe(detail);
  }
});

test('[GO2] quotas: refusals, and what is charged', () => {
  for (const { pod, quotas, used, error } of cases('quota')) {
    const context = contextWith('resourcequotas', quotas);
    expect(checkQuota(context, creating(pod))?.message, JSON.stringify(pod)).toBe(error);
    for (const name of Object.keys(used ?? {})) {
      const charged = context.store.get('resourcequotas', 'n', name) as unknown as Json;
      expect(isSame(amountsOf(charged['status'].used), amountsOf(used[name])), JSON.stringify([charged, used])).toBe(true);
    }
  }
});

/** Go walks its maps in random order. */
const sorted = (message: string | undefined) =>
  message
    ?.replaceAll(/^.*is forbidden: |[[\]]/g, '')
    .split(', ')
    .sort();

const withoutEmpty = (containers: readonly Json[]) =>
  JSON.parse(JSON.stringify(containers, (_key, value) => (value && Object.keys(value).length === 0 && typeof value === 'object' ? undefined : value)));

test('[GO3] LimitRanges: defaults, and what is out of bounds', () => {
  for (const { pod, limits, containers, annotations, error } of cases('limits')) {
    const context = contextWith('limitranges', [{ metadata: { name: 'l', namespace: 'n' }, spec: { limits } }]);
    const request = creating(pod);
    const admitted = admitLimitDefaults(context, request) as unknown as Json;
    expect(withoutEmpty(admitted['spec'].containers)).toEqual(withoutEmpty(containers));
    expect(admitted['metadata'].annotations ?? {}).toEqual(annotations);
    expect(sorted(checkLimits(context, { ...request, object: admitted as never })?.message), JSON.stringify(limits)).toEqual(sorted(error));
  }
});
