// Where a workload says how many replicas it wants and has: at fixed places, or where its definition says.
import { formatSelector, validSelectorOf, type LabelSelectorObject } from '../../../kube/label-selector.ts';
import type { KubeObject, StringMap } from '../../../kube/object.ts';
import type { CustomResourceSubresourceScale } from '../../../schema/generated/types.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { integerAt, textAt } from '../../../validation/custom/nested.ts';

/** A kind with the scale subresource. */
export type Scaled = KubeObject & {
  readonly spec: { readonly replicas?: number; readonly selector?: LabelSelectorObject | StringMap };
  readonly status?: { readonly replicas?: number };
};

export interface ScaleParts {
  readonly wanted: number;
  readonly running: number;
  /** As text; empty when there is none. */
  readonly selector: string;
}

/** The error says which value is of the wrong type: the definition of a custom kind may name other fields than when the object was written. */
export const scalePartsOf = ({ custom }: KindInfo, object: KubeObject): ScaleParts | { readonly error: string } =>
  custom?.scale ? customParts(object, custom.scale) : parts(object as Scaled);

function parts({ kind, spec, status }: Scaled): ScaleParts {
  // A ReplicationController's selector is a plain map of labels.
  const selector = kind === 'ReplicationController' ? { matchLabels: spec.selector as StringMap } : (spec.selector as LabelSelectorObject);
  return { wanted: spec.replicas ?? 0, running: status?.replicas ?? 0, selector: formatSelector(validSelectorOf(selector)) };
}

function customParts(object: KubeObject, paths: CustomResourceSubresourceScale): ScaleParts | { readonly error: string } {
  const wanted = integerAt(object, paths.specReplicasPath);
  if ('error' in wanted) return wanted;
  const running = integerAt(object, paths.statusReplicasPath);
  if ('error' in running) return running;
  const selector = paths.labelSelectorPath === undefined ? { value: '' } : textAt(object, paths.labelSelectorPath);
  return 'error' in selector ? selector : { wanted: wanted.value ?? 0, running: running.value ?? 0, selector: selector.value ?? '' };
}

/** The object wanting another number. */
export function withReplicas({ custom }: KindInfo, object: KubeObject, replicas: number): KubeObject {
  if (custom?.scale) return withValueAt(object, custom.scale.specReplicasPath, replicas) as KubeObject;
  return { ...object, spec: { ...(object as Scaled).spec, replicas } } as Scaled;
}

/** With another value at a path like '.spec.replicas'. */
function withValueAt(object: unknown, path: string, value: unknown): unknown {
  const [, name = '', ...rest] = path.split('.');
  const map = (object ?? {}) as Readonly<Record<string, unknown>>;
  return { ...map, [name]: rest.length === 0 ? value : withValueAt(map[name], `.${rest.join('.')}`, value) };
}
