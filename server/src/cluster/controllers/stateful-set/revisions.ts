// Which revision the set is at, and which it goes to.
// Source: getStatefulSetRevisions, truncateHistory (stateful_set_control.go), newRevision, newVersionedStatefulSetPod (stateful_set_utils.go).
import type { ControllerRevision, PodTemplateSpec, StatefulSet } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import { controllerReference } from '../claim.ts';
import { revisionHash } from '../history/revision-hash.ts';
import { dataOf, revisionName, templateOf, textOf } from '../history/revisions.ts';
import { startOf } from './identity.ts';
import type { StatefulSetView } from './view.ts';

export interface Revision {
  readonly name: string;
  readonly template: PodTemplateSpec;
}

export interface RevisionPlan {
  readonly current: Revision;
  readonly update: Revision;
  readonly collisionCount: number;
  /** What has to be written first, when the template is new or an old one has come back. */
  readonly create?: Draft<ControllerRevision>;
  readonly renumber?: ControllerRevision;
}

/**
 * The template as it was before is found again by its data, and gets the next number: after 1, 2 an undo makes 2, 3, as the first
 * revision becomes the third.
 */
export function planRevisions(view: StatefulSetView): RevisionPlan {
  const { set, revisions } = view;
  const { collisionCount = 0, currentRevision } = set.status;
  const newest = revisions.at(-1);
  const text = textOf(dataOf(set.spec.template));
  const equal = revisions.findLast(({ data }) => textOf(data!) === text);
  const next = (newest?.revision ?? 0) + 1;
  const known = revisions.find(({ metadata }) => metadata.name === currentRevision);
  const between = (update: Revision) => ({ current: known ? revisionFrom(known) : update, update });
  if (!equal) {
    const made = newRevision(view, text, next, collisionCount);
    return { ...made, ...between({ name: made.name, template: templateOf({ data: dataOf(set.spec.template) }) }) };
  }
  const update = revisionFrom(equal);
  // Two revisions may hold the same data; the newest of all is then the one.
  if (textOf(newest!.data!) === text) return { ...between(revisionFrom(newest!)), collisionCount };
  return { ...between(update), collisionCount, renumber: { ...equal, revision: next } };
}

const revisionFrom = (revision: ControllerRevision): Revision => ({ name: revision.metadata.name, template: templateOf(revision) });

interface NewRevision {
  readonly name: string;
  readonly collisionCount: number;
  readonly create?: Draft<ControllerRevision>;
}

/** A name that is taken by other data counts as a collision, and the next count gives another name. The label keeps the first hash. */
function newRevision({ set, revisionNamed }: StatefulSetView, text: string, revision: number, collisions: number): NewRevision {
  const data = dataOf(set.spec.template);
  const label = revisionHash(data, collisions);
  for (let collisionCount = collisions; ; collisionCount++) {
    const name = revisionName(set.metadata.name, revisionHash(data, collisionCount));
    const taken = revisionNamed(name);
    if (taken && textOf(taken.data ?? {}) !== text) continue;
    if (taken) return { name, collisionCount };
    return { name, collisionCount, create: draft(set, name, label, revision) };
  }
}

function draft(set: StatefulSet, name: string, hash: string, revision: number): Draft<ControllerRevision> {
  const { namespace, annotations } = set.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...(namespace && { namespace }),
      labels: { ...set.spec.template.metadata?.labels, 'controller.kubernetes.io/hash': hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(set)],
    },
    data: dataOf(set.spec.template),
    revision,
  };
}

/**
 * What a new pod is made of. Below the partition the old revision comes back, whoever deleted the pod:
 *   5 replicas, partition 3: ordinals 0, 1 and 2 stay at the current revision, 3 and 4 are at the update.
 * Without a partition as many as the status counts at the current revision, from the start on.
 */
export function revisionFor(set: StatefulSet, ordinal: number, { current, update }: RevisionPlan): Revision {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  const { currentReplicas = 0 } = set.status;
  const first = startOf(set);
  const old = rollingUpdate ? ordinal < first + (rollingUpdate.partition ?? 0) : type === 'RollingUpdate' && ordinal < first + currentReplicas;
  return old ? current : update;
}

/** The oldest revisions that nobody uses, beyond the limit: neither the set nor any of its pods. */
export function expiredRevisions({ set, roster, revisions }: StatefulSetView, { current, update }: RevisionPlan): readonly ControllerRevision[] {
  const limit = set.spec.revisionHistoryLimit ?? 10;
  if (revisions.length <= limit) return none;
  const used = new Set([current.name, update.name, ...roster.revisions]);
  const unused = revisions.filter(({ metadata }) => !used.has(metadata.name));
  return unused.slice(0, Math.max(0, unused.length - limit));
}

const none: readonly ControllerRevision[] = [];
