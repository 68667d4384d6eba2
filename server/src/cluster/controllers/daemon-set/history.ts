// The revisions of a DaemonSet: one ControllerRevision for each template that it has had, the current one with the highest number.
// Source: constructHistory, dedupCurHistories, snapshot, cleanupHistory (pkg/controller/daemon/update.go).
import { isEqual } from '../../../kube/equal.ts';
import type { ControllerRevision, DaemonSet, Pod } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import type { Reason } from '../../store/commit.ts';
import { controllerReference } from '../claim.ts';
import { podTemplateHash } from '../history/pod-template-hash.ts';
import { revisionData } from '../history/revision-hash.ts';
import { hashLabel } from './daemon-pod.ts';

/** A write that brings the revisions up to date. */
export type HistoryStep =
  | { readonly step: 'create'; readonly draft: Draft<ControllerRevision>; readonly reason: Reason }
  | { readonly step: 'update'; readonly revision: ControllerRevision; readonly reason: Reason }
  | { readonly step: 'delete'; readonly revision: ControllerRevision; readonly reason: Reason }
  | { readonly step: 'relabel'; readonly pod: Pod; readonly reason: Reason }
  | { readonly step: 'status'; readonly set: DaemonSet; readonly reason: Reason };

export interface History {
  /** The revision of the template as it is. */
  readonly current?: ControllerRevision;
  readonly old: readonly ControllerRevision[];
  /** Whatever has to be written first; the writes wake the controller again. */
  readonly steps: readonly HistoryStep[];
}

/** `named`: the revision of that name, whoever controls it. `pods`: those of the set. */
export function historyOf(
  set: DaemonSet,
  revisions: readonly ControllerRevision[],
  pods: Iterable<Pod>,
  named: (name: string) => ControllerRevision | undefined,
): History {
  const unlabeled = revisions.filter((revision) => hashOf(revision) === undefined);
  if (unlabeled.length > 0) return { old: [], steps: unlabeled.map(labeled) };
  const old = revisions.filter((revision) => !isOf(set, revision));
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const same = revisions.filter((revision) => isOf(set, revision));
  if (same.length === 0) return newRevision(set, old, number, named);
  const current = same.reduce((kept, each) => (each.revision >= kept.revision ? each : kept));
  if (same.length > 1) return { old, steps: deduplicated(current, same, pods) };
  if (current.revision >= number) return { current, old, steps: [] };
  const reason = { code: 'reuse-revision', args: { from: current.revision, to: number } };
  return { current, old, steps: [{ step: 'update', revision: { ...current, revision: number }, reason }] };
}

export const hashOf = ({ metadata }: ControllerRevision): string | undefined => metadata.labels?.[hashLabel];

/** Whether it holds the template of the set. */
function isOf({ spec: { template } }: DaemonSet, { data }: ControllerRevision): boolean {
  if (!data) return false;
  let same = compared.get(data);
  if (same?.template !== template) compared.set(data, (same = { template, equal: isEqual(data, revisionData(template)) }));
  return same!.equal;
}

// Neither changes from look to look.
const compared = new WeakMap<object, { readonly template: object; readonly equal: boolean }>();

/** One from before there were hashes: its name will do. */
const labeled = (revision: ControllerRevision): HistoryStep => ({
  step: 'update',
  revision: withHash(revision, revision.metadata.name),
  reason: { code: 'label-revision', args: { revision: revision.revision } },
});

const withHash = <T extends ControllerRevision | Pod>(object: T, hash: string): T => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata.labels, [hashLabel]: hash } },
});

function newRevision(set: DaemonSet, old: readonly ControllerRevision[], number: number, named: (name: string) => ControllerRevision | undefined): History {
  const { name, namespace, annotations } = set.metadata;
  const { template } = set.spec;
  const hash = podTemplateHash(template, set.status.collisionCount);
  const revisionName = `${name}-${hash}`;
  const taken = named(revisionName);
  // Somebody else's, or nobody's, with the same template: it serves as well.
  if (taken && isOf(set, taken)) return { current: taken, old, steps: [] };
  // Another template: the next hash will be another one.
  if (taken) return { old, steps: [{ step: 'status', set: afterCollision(set), reason: { code: 'hash-collision', args: { name: revisionName } } }] };
  const draft: Draft<ControllerRevision> = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName,
      ...(namespace && { namespace }),
      labels: { ...template.metadata?.labels, [hashLabel]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(set)],
    },
    data: revisionData(template) as NonNullable<ControllerRevision['data']>,
    revision: number,
  };
  return { old, steps: [{ step: 'create', draft, reason: { code: 'create-revision', args: { revision: number } } }] };
}

const afterCollision = (set: DaemonSet): DaemonSet => ({ ...set, status: { ...set.status, collisionCount: (set.status.collisionCount ?? 0) + 1 } });

/** Several of the same template: one stays, and all pods are said to be of it, since theirs might be another. */
function deduplicated(kept: ControllerRevision, same: readonly ControllerRevision[], pods: Iterable<Pod>): readonly HistoryStep[] {
  const hash = hashOf(kept)!;
  const reason: Reason = { code: 'duplicate-revision', args: { revision: kept.revision } };
  const relabeled = [...pods].filter(({ metadata }) => metadata.labels?.[hashLabel] !== hash);
  return [
    ...relabeled.map((pod): HistoryStep => ({ step: 'relabel', pod: withHash(pod, hash), reason })),
    ...same.filter((each) => each !== kept).map((revision): HistoryStep => ({ step: 'delete', revision, reason })),
  ];
}

/**
 * The oldest revisions beyond the limit, without those that pods are still of.
 *   Limit 2; old revisions 1, 2, 3, 4, and a pod of 1: 4 − 2 = 2 too many, so 2 and 3 go.
 */
export function surplusRevisions({ spec }: DaemonSet, old: readonly ControllerRevision[], pods: Iterable<Pod>): readonly HistoryStep[] {
  const limit = spec.revisionHistoryLimit ?? 10;
  if (old.length <= limit) return [];
  const inUse = new Set([...pods].map(({ metadata }) => metadata.labels?.[hashLabel]));
  const unused = old.toSorted((a, b) => a.revision - b.revision).filter((revision) => !inUse.has(hashOf(revision)));
  return unused.slice(0, old.length - limit).map((revision) => ({
    step: 'delete',
    revision,
    reason: { code: 'history-cleanup', args: { revision: revision.revision, limit, kept: old.length } },
  }));
}
