// The mandatory and suggested objects of API priority and fairness (k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap).
import type { StartupObject } from './startup-object.ts';

const group = 'flowcontrol.apiserver.k8s.io';
const apiVersion = `${group}/v1`;
const annotations = { 'apf.kubernetes.io/autoupdate-spec': 'true' };

/** name, shares, lendable percent, and of what queues: how many, hand size. */
type Level = readonly [name: string, shares: number, lendable: number, queues?: number, handSize?: number];

const levels: readonly Level[] = [
  ['catch-all', 5, 0],
  ['global-default', 20, 50, 128, 6],
  ['leader-election', 10, 0, 16, 4],
  ['node-high', 40, 25, 64, 6],
  ['system', 30, 33, 64, 6],
  ['workload-high', 40, 50, 128, 6],
  ['workload-low', 100, 90, 128, 6],
];

const queueLengthLimit = 50;

function levelSpec([, nominalConcurrencyShares, lendablePercent, queues, handSize]: Level) {
  const queued = { queuing: { handSize, queueLengthLimit, queues }, type: 'Queue' };
  return { limited: { lendablePercent, limitResponse: queues === undefined ? { type: 'Reject' } : queued, nominalConcurrencyShares }, type: 'Limited' };
}

const named = (resource: string, kind: string, name: string, spec: object, status: object): StartupObject => ({
  resource: `${resource}.${group}`,
  draft: { kind, apiVersion, metadata: { name, generation: 1, annotations }, spec, status },
});

const ofGroups = (...names: readonly string[]) => names.map((name) => ({ group: { name }, kind: 'Group' }));
const ofUsers = (...names: readonly string[]) => names.map((name) => ({ kind: 'User', user: { name } }));
const systemAccounts = { kind: 'ServiceAccount', serviceAccount: { name: '*', namespace: 'kube-system' } };

const allResources = { apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*'] };
const allPaths = { nonResourceURLs: ['*'], verbs: ['*'] };
const leases = (verbs: readonly string[]) => ({ apiGroups: ['coordination.k8s.io'], namespaces: ['*'], resources: ['leases'], verbs });
const everything = (subjects: readonly object[]) => ({ nonResourceRules: [allPaths], resourceRules: [allResources], subjects });
const everybody = ofGroups('system:unauthenticated', 'system:authenticated');

const nodeHealth = {
  resourceRules: [{ ...allResources, apiGroups: [''], resources: ['nodes', 'nodes/status'] }, leases(['*'])],
  subjects: ofGroups('system:nodes'),
};
const elections = {
  resourceRules: [leases(['get', 'create', 'update'])],
  subjects: [...ofUsers('system:kube-controller-manager', 'system:kube-scheduler'), systemAccounts],
};
const probes = { nonResourceRules: [{ nonResourceURLs: ['/healthz', '/readyz', '/livez'], verbs: ['get'] }], subjects: everybody };

/** name, priority level, matching precedence, what tells flows apart, and which requests. */
type Schema = readonly [name: string, level: string, precedence: number, by: 'ByUser' | 'ByNamespace' | undefined, rules: object];

const schemas: readonly Schema[] = [
  ['exempt', 'exempt', 1, undefined, everything(ofGroups('system:masters'))],
  ['probes', 'exempt', 2, undefined, probes],
  ['system-leader-election', 'leader-election', 100, 'ByUser', elections],
  ['system-node-high', 'node-high', 400, 'ByUser', nodeHealth],
  ['system-nodes', 'system', 500, 'ByUser', everything(ofGroups('system:nodes'))],
  ['kube-controller-manager', 'workload-high', 800, 'ByNamespace', everything(ofUsers('system:kube-controller-manager'))],
  ['kube-scheduler', 'workload-high', 800, 'ByNamespace', everything(ofUsers('system:kube-scheduler'))],
  ['kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', everything([systemAccounts])],
  ['service-accounts', 'workload-low', 9000, 'ByUser', everything(ofGroups('system:serviceaccounts'))],
  ['global-default', 'global-default', 9900, 'ByUser', everything(everybody)],
  ['catch-all', 'catch-all', 10000, 'ByUser', everything(everybody)],
];

/** `time`: when the controller has seen that the levels are there. */
export function flowControlObjects(time: string): readonly StartupObject[] {
  const exempt = { exempt: { lendablePercent: 0, nominalConcurrencyShares: 0 }, type: 'Exempt' };
  return [
    named('prioritylevelconfigurations', 'PriorityLevelConfiguration', 'exempt', exempt, {}),
    ...levels.map((level) => named('prioritylevelconfigurations', 'PriorityLevelConfiguration', level[0], levelSpec(level), {})),
    ...schemas.map(([name, level, matchingPrecedence, by, rules]) => {
      const distinguisher = by && { distinguisherMethod: { type: by } };
      const spec = { ...distinguisher, matchingPrecedence, priorityLevelConfiguration: { name: level }, rules: [rules] };
      return named('flowschemas', 'FlowSchema', name, spec, { conditions: [found(level, time)] });
    }),
  ];
}

const found = (level: string, lastTransitionTime: string) => ({
  type: 'Dangling',
  status: 'False',
  lastTransitionTime,
  reason: 'Found',
  message: `This FlowSchema references the PriorityLevelConfiguration object named "${level}" and it exists`,
});
