// Decisions of the real controller: 804 random states of a Deployment and its ReplicaSets, of 65 sorts, and what syncDeployment of
// Kubernetes 1.36.3 wrote for each (its Go code, run over a fake clientset that accepts every write).
//
// One case is one line: { nowMs, deployment, sets, pods (unfinished ones, by ReplicaSet), wrote, events }. `wrote` has, in order,
//   ['size', ReplicaSet, replicas, annotations]   ['create', name, replicas, annotations]   ['delete', ReplicaSet]
//   ['status', annotations, { numbers, conditions: [type, status, reason, message, kept its transition, kept its update] }]
//   ['deployment', annotations, image]
//
// Ours stops after some writes where the real one goes on with a copy that is stale by then and would be refused by an API server:
// a new ReplicaSet, annotations brought up to date, a revision or a pause noted. Then what it wrote must be how the recorded begins.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { applyDeployment } from '../../../../server/src/cluster/controllers/deployment/apply.ts';
import { planDeployment } from '../../../../server/src/cluster/controllers/deployment/plan.ts';
import type { DeploymentView } from '../../../../server/src/cluster/controllers/deployment/view.ts';
import type { Writer } from '../../../../server/src/cluster/runtime/writer.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../../../server/src/schema/generated/types.ts';

type Write = readonly [what: string, ...details: unknown[]];

interface Case {
  readonly nowMs: number;
  readonly deployment: Deployment;
  readonly sets: readonly ReplicaSet[];
  readonly pods: Readonly<Record<string, number>>;
  readonly wrote: readonly Write[];
  readonly events: readonly string[];
}

const file = new URL('recorded-decisions.jsonl.gz', import.meta.url);
const cases = gunzipSync(readFileSync(file))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

test('there are enough of them', () => expect(cases.length).toBe(804));

test('each is decided and written as the real controller did', () => {
  for (const [i, one] of cases.entries()) checkCase(one, i + 1);
});

function checkCase(one: Case, line: number): void {
  const { wrote, events } = decide(one);
  const created = wrote.findIndex(([what]) => what === 'create');
  const [compared, stops] = created >= 0 ? [wrote.slice(0, created + 1), true] : [wrote, wrote.length === 1 && one.wrote.length > 1];
  const recorded = stops ? one.wrote.slice(0, compared.length) : one.wrote;
  expect({ line, wrote: compared }).toEqual({ line, wrote: recorded });
  expect({ line, events: events.slice(0, one.events.length) }).toEqual({ line, events: stops ? one.events.slice(0, events.length) : one.events });
}

function decide({ nowMs, deployment, sets, pods }: Case): { wrote: Write[]; events: string[] } {
  const view: DeploymentView = {
    deployment,
    claims: { owned: sets, adopt: [], release: [] },
    nowMs,
    isTaken: () => false,
    unfinishedPods: (set) => pods[set.metadata.name] ?? 0,
  };
  const wrote: Write[] = [];
  const events: string[] = [];
  const writer = {
    create(_: string, draft: ReplicaSet) {
      wrote.push(['create', draft.metadata.name, draft.spec.replicas, draft.metadata.annotations]);
      return draft;
    },
    update(_: string, object: Deployment | ReplicaSet) {
      const { annotations } = object.metadata;
      if (object.kind === 'ReplicaSet') wrote.push(['size', object.metadata.name, object.spec.replicas, annotations]);
      else wrote.push(['deployment', annotations, object.spec.template.spec.containers[0]!.image]);
      return object;
    },
    updateStatus(_: string, { metadata, status }: Deployment) {
      wrote.push(['status', metadata.annotations ?? {}, summarize(status, deployment.status.conditions ?? [])]);
      return deployment;
    },
    delete(_: string, __: string, name: string) {
      wrote.push(['delete', name]);
    },
    event(_: object, { type, reason, message }: { type: string; reason: string; message: string }) {
      events.push(`${type} ${reason} ${message}`);
    },
  };
  applyDeployment(planDeployment(view, nowMs), view, writer as unknown as Writer);
  return { wrote, events };
}

function summarize({ conditions = [], ...numbers }: DeploymentStatus, before: readonly DeploymentCondition[]): object {
  const kept = (condition: DeploymentCondition, time: 'lastTransitionTime' | 'lastUpdateTime') =>
    before.some((one) => one.type === condition.type && one[time] === condition[time]);
  return {
    ...numbers,
    conditions: conditions.map((condition) => [
      condition.type,
      condition.status,
      condition.reason,
      condition.message ?? '',
      kept(condition, 'lastTransitionTime'),
      kept(condition, 'lastUpdateTime'),
    ]),
  };
}
