// What is in a cluster before anybody has asked for anything, beside its namespaces: made once for a start time and shared, frozen,
// by all clusters that start then. A cluster takes it over without a commit, so it costs microseconds and no memory of its own.
import type { KubeObject } from '../../kube/object.ts';
import { formatTime } from '../../kube/time.ts';
import { Random } from '../clock/random.ts';
import { deepFreeze } from '../store/deep-freeze.ts';
import type { Loaded } from '../store/store.ts';
import { apiServiceObjects } from './api-services.ts';
import { flowControlObjects } from './flow-control.ts';
import { rbacObjects } from './rbac.ts';
import type { StartupObject } from './startup-object.ts';
import { accountObjects, configObjects, leaseObjects, priorityClassObjects } from './system-objects.ts';

let known: { readonly key: string; readonly objects: readonly Loaded[] } | undefined;

/** `host`: the machine of the control plane. `startAt`: milliseconds since 1970. The versions are 1, 2, 3, … in order. */
export function startupObjects(host: string, startAt: number): readonly Loaded[] {
  const key = `${host} ${startAt}`;
  if (known?.key !== key) known = { key, objects: complete(drafts(host, formatTime(startAt)), formatTime(startAt)) };
  return known.objects;
}

const drafts = (host: string, time: string): readonly StartupObject[] => [
  ...rbacObjects(),
  ...priorityClassObjects(),
  ...flowControlObjects(time),
  ...apiServiceObjects(time),
  ...configObjects(time),
  ...accountObjects(),
  ...leaseObjects(host, time),
];

/** Their uids do not come from the cluster's seed, so that the draws of everything after them do not depend on how many there are. */
function complete(objects: readonly StartupObject[], creationTimestamp: string): readonly Loaded[] {
  const random = new Random(36);
  return objects.map(({ resource, draft }, i) => {
    const { name, namespace, ...rest } = draft.metadata;
    const place = { name, ...(namespace !== undefined && { namespace }) };
    const metadata = { ...place, uid: random.uuid(), resourceVersion: String(i + 1), creationTimestamp, ...rest };
    return { resource, object: deepFreeze({ ...draft, metadata } as KubeObject) };
  });
}
