// A pod of the set: what the template of its revision says, and who it is.
// Source: newStatefulSetPod, initIdentity, updateStorage (stateful_set_utils.go).
import type { Pod, PodSpec, StatefulSet } from '../../../schema/generated/types.ts';
import type { Draft, OwnParts } from '../../runtime/writer.ts';
import { podDraft } from '../pod-draft.ts';
import { claimVolumesOf, unclaimedVolumes } from './claims.ts';
import { podIndexLabel, podNameLabel, podNameOf, revisionLabel } from './identity.ts';
import type { Revision } from './revisions.ts';

/** What all pods of the revision share, with the name of this one, and what is its own. */
export function memberDraft(set: StatefulSet, ordinal: number, { name: revision, template }: Revision): [Draft<Pod>, OwnParts] {
  const name = podNameOf(set, ordinal);
  const draft = podDraft(set, template);
  const labels = { [podNameLabel]: name, [podIndexLabel]: String(ordinal), [revisionLabel]: revision };
  return [
    { ...draft, metadata: { ...draft.metadata, name }, spec: sharedSpec(set, draft.spec) },
    { labels, hostname: name, volumes: claimVolumesOf(set, name) },
  ];
}

// Service name and claim templates of a set never change, and a spec belongs to one set.
const sharedSpecs = new WeakMap<object, PodSpec>();

/** The same object every time, by which the registry knows the template. */
function sharedSpec(set: StatefulSet, template: PodSpec): PodSpec {
  let shared = sharedSpecs.get(template);
  if (!shared) {
    const { volumes, ...spec } = template;
    const { serviceName } = set.spec;
    const others = unclaimedVolumes(set, volumes);
    sharedSpecs.set(template, (shared = { ...spec, ...(serviceName && { subdomain: serviceName }), ...(others.length > 0 && { volumes: others }) }));
  }
  return shared;
}
