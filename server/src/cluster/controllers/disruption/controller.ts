// The disruption controller: keeps the status of PodDisruptionBudgets, which evictions ask.
import { splitKey } from '../../../kube/resource.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Pod, PodDisruptionBudget } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run, type Watch } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Writer } from '../../runtime/writer.ts';
import { PodsOfBudgets } from './budgeted-pods.ts';
import { expectedScale } from './expected-scale.ts';
import { planBudget, type BudgetPlan, type BudgetView } from './plan.ts';

const budgets = 'poddisruptionbudgets.policy';
/** Its events come under the name of the process that it is part of. */
const eventSource = 'controllermanager';

export const disruptionController: ComponentFactory = (surroundings) => {
  const pods = new PodsOfBudgets(surroundings.reader);
  const events = surroundings.writer(eventSource);
  const ofBudget: Watch = { resource: budgets, enqueue: (commit) => (pods.updateBudget(commit), commit.after ? [commit.key] : []) };
  const ofPod: Watch = { resource: 'pods', enqueue: (commit) => pods.updatePod(commit) };
  return run<BudgetView, BudgetPlan>({
    name: 'disruption-controller',
    watches: [ofBudget, ofPod],
    observe: (key, reader) => observe(key, pods, reader),
    plan: planBudget,
    apply: (plan, view, writer) => apply(plan, view, writer, events),
  })(surroundings);
};

function observe(key: string, podsOfBudgets: PodsOfBudgets, reader: Reader): BudgetView | undefined {
  const { namespace = '', name } = splitKey(key);
  const budget = reader.get<PodDisruptionBudget>(budgets, namespace, name);
  const pods = podsOfBudgets.of(key);
  if (!budget || !pods) return undefined;
  const disrupted = Object.keys(budget.status.disruptedPods ?? {}).map((podName) => reader.get<Pod>('pods', namespace, podName));
  return { budget, pods, scale: expectedScale(pods, namespace, reader), disrupted: disrupted.filter((pod) => pod !== undefined) };
}

function apply({ status, events: told, notDeleted }: BudgetPlan, { budget }: BudgetView, writer: Writer, events: Writer): Status | undefined {
  for (const event of told) events.event(budget, event);
  const { namespace } = budget.metadata;
  const message = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
  for (const pod of notDeleted) events.event(pod, { type: 'Warning', reason: 'NotDeleted', message });
  const written = status && writer.updateStatus<PodDisruptionBudget>(budgets, { ...budget, status });
  return written && isStatus(written) && written.code !== 404 ? written : undefined;
}
