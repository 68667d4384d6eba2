// Labels of nodes that have newer names.
import { checkLabelValue } from '../../kube/names.ts';
import type { NodeSelectorTerm, PodSpec } from '../../schema/generated/types.ts';
import type { Path } from '../path.ts';
import type { Warn } from './warn.ts';

const newNames: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

export const newNameOf = (label: string): string | undefined => (Object.hasOwn(newNames, label) ? newNames[label] : undefined);

export function warnOfNodeLabels({ nodeSelector, affinity }: PodSpec, at: Path, warn: Warn): void {
  for (const key of Object.keys(nodeSelector ?? {})) {
    const newName = newNameOf(key);
    if (newName) warn(at.child('nodeSelector').key(key), newName);
  }
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } = affinity?.nodeAffinity ?? {};
  const path = at.child('affinity').child('nodeAffinity');
  required?.nodeSelectorTerms?.forEach((term, i) => {
    warnOfNodeSelectorTerm(term, false, path.child('requiredDuringSchedulingIgnoredDuringExecution').child('nodeSelectorTerms').index(i), warn);
  });
  preferred?.forEach(({ preference }, i) => {
    warnOfNodeSelectorTerm(preference, true, path.child('preferredDuringSchedulingIgnoredDuringExecution').index(i).child('preference'), warn);
  });
}

export function warnOfNodeSelectorTerm({ matchExpressions }: NodeSelectorTerm, checkValues: boolean, at: Path, warn: Warn): void {
  matchExpressions?.forEach(({ key, values }, i) => {
    const path = at.child('matchExpressions').index(i);
    const newName = newNameOf(key);
    if (newName) warn(path.child('key'), `${key} is ${newName}`);
    if (!checkValues) return;
    values?.forEach((value, j) => checkLabelValue(value).forEach((finding) => warn(path.child('values').index(j), `${value} is invalid, ${finding}`)));
  });
}
