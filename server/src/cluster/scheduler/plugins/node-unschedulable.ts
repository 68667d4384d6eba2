// A cordoned node takes only pods that tolerate being put there (DaemonSet pods do).
import type { FilterPlugin, Refusal } from '../plugin.ts';
import { toleratesTaint } from '../tolerations.ts';

const refusal: Refusal = { plugin: 'NodeUnschedulable', reasons: ['node(s) were unschedulable'], preemptable: false };

export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  prepare({ pod }, { anyCordoned }) {
    if (!anyCordoned) return undefined;
    return ({ cordoned }) => (cordoned && !toleratesTaint(pod.spec.tolerations, cordoned) ? refusal : undefined);
  },
};
