// Whatever a controller made has an owner, and at rest the owner exists.
import { controllerOf, type KubeObject } from '../../../server/src/kube/object.ts';
import type { Checker } from './checker.ts';

const ownedKinds = ['pods', 'replicasets.apps'];
const resourceOf: Readonly<Record<string, string>> = { ReplicaSet: 'replicasets.apps', Deployment: 'deployments.apps' };

export const ownershipChecker: Checker = {
  name: 'ownership',
  onCommit({ resource, before, after, cause }) {
    if (!after || before || !cause.by.endsWith('-controller') || !ownedKinds.includes(resource)) return undefined;
    return controllerOf(after) ? undefined : `${after.kind} ${after.metadata.name} was made by ${cause.by} without an owner`;
  },
  atRest(store) {
    const faults: string[] = [];
    for (const resource of ownedKinds) {
      for (const object of store.collection(resource).values()) {
        const owner = controllerOf(object);
        if (!owner) continue;
        const found = store.get<KubeObject>(resourceOf[owner.kind] ?? '', object.metadata.namespace, owner.name);
        if (found?.metadata.uid !== owner.uid) faults.push(`${object.kind} ${object.metadata.name} is left over from ${owner.kind} ${owner.name}`);
      }
    }
    return faults;
  },
};
