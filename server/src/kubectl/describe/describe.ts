// Object → the text of `kubectl describe`. A new kind is a file with its describer and one line here.
import type { KubeObject } from '../../kube/object.ts';
import { align, describeAlignment } from '../output/tabwriter.ts';
import { describeDeployment } from './deployment.ts';
import type { Around, Describer } from './describer.ts';
import { describeGeneric } from './generic.ts';
import { describeNamespace } from './namespace.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import { describeReplicaSet } from './replica-set.ts';

const describers = {
  'apps/v1/Deployment': describeDeployment,
  'apps/v1/ReplicaSet': describeReplicaSet,
  'v1/Namespace': describeNamespace,
  'v1/Node': describeNode,
  'v1/Pod': describePod,
} as Readonly<Record<string, Describer<never>>>;

/** Ends with a line break. */
export function describe(object: KubeObject, around: Around): string {
  const describer = (describers[`${object.apiVersion}/${object.kind}`] ?? describeGeneric) as Describer;
  return `${align(describer(object, around).join('\n'), describeAlignment)}\n`;
}
