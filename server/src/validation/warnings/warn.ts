// What the files of this folder share: how a warning is written down, and where the pod is that they look at.
import type { ObjectMeta } from '../../kube/object.ts';
import type { PodSpec } from '../../schema/generated/types.ts';
import type { Path } from '../path.ts';

export type Warn = (at: Path, text: string) => void;

/** A pod of its own, or the template of one. */
export interface PodPlace {
  readonly metadata: Partial<Pick<ObjectMeta, 'annotations'>>;
  readonly spec: PodSpec;
  readonly at: { readonly spec: Path; readonly annotations: Path };
  readonly isTemplate: boolean;
}
