// A pod of the set: what the template of its revision says, and who it is.
// Source: newStatefulSetPod, initIdentity, updateStorage (stateful_set_utils.go).
import type { Pod, StatefulSet } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import { podDraft } from '../pod-draft.ts';
import { volumesOf } from './claims.ts';
import { podIndexLabel, podNameLabel, revisionLabel } from './identity.ts';
import type { Member } from './members.ts';
import type { Revision } from './revisions.ts';

export function memberDraft(set: StatefulSet, { name, ordinal }: Member, revision: Revision): Draft<Pod> {
  const draft = podDraft(set, revision.template);
  const labels = { ...draft.metadata.labels, [podNameLabel]: name, [podIndexLabel]: String(ordinal), [revisionLabel]: revision.name };
  const { serviceName } = set.spec;
  const volumes = volumesOf(set, name, draft.spec.volumes);
  return {
    ...draft,
    metadata: { ...draft.metadata, name, labels },
    spec: { ...draft.spec, hostname: name, ...(serviceName && { subdomain: serviceName }), ...(volumes.length > 0 && { volumes }) },
  };
}
