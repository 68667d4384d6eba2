// Not of Kubernetes: a cluster inside an editor holds no more pods than its owner allows, whatever a manifest asks for.
import { forbidden } from '../answers.ts';
import type { Admit } from './request.ts';

export const admitPodLimit: Admit = ({ store, podLimit }, { strategy: { info, resource }, object }) => {
  if (resource !== 'pods' || store.collection('pods').size < podLimit) return object;
  return forbidden(info, object.metadata.name, `this cluster holds ${podLimit} pods at most; ask for fewer replicas, or raise the limit (drydock.limits.pods)`);
};
