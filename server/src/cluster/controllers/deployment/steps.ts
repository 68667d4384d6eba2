// What a plan for a Deployment may ask for. Steps are done in order; the first that fails ends the look.
import type { Draft } from '../../runtime/writer.ts';
import type { Plan } from '../../runtime/controller.ts';
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Reason } from '../../store/commit.ts';
import type { Bounds } from './bounds.ts';

export interface DeploymentPlan extends Plan {
  readonly steps: readonly Step[];
}

export type Step =
  /** Writes a ReplicaSet: adopted, released, or with other annotations. */
  | { readonly step: 'update'; readonly set: ReplicaSet; readonly reason: Reason }
  | { readonly step: 'create'; readonly draft: Draft<ReplicaSet>; readonly reason: Reason }
  /** Sets the size, and writes down the bounds of this time in the annotations. Several for one ReplicaSet add up. */
  | { readonly step: 'scale'; readonly set: ReplicaSet; readonly to: number; readonly bounds: Bounds; readonly reason: Reason }
  | { readonly step: 'delete'; readonly set: ReplicaSet; readonly reason: Reason }
  /** Writes the Deployment's status and its annotations, which the status subresource takes along. */
  | { readonly step: 'status'; readonly deployment: Deployment; readonly reason?: Reason }
  /** Writes the Deployment itself: only a rollback does. */
  | { readonly step: 'deployment'; readonly deployment: Deployment; readonly reason: Reason }
  | { readonly step: 'event'; readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string };

export const nothingToDo: DeploymentPlan = { steps: [] };
