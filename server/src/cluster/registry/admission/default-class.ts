// DefaultStorageClass and DefaultIngressClass: who does not name a class gets the one that is marked as the default.
import type { KubeObject } from '../../../kube/object.ts';
import type { Ingress, PersistentVolumeClaim } from '../../../schema/generated/types.ts';
import { claimClassOf } from './claim-class.ts';
import type { Admit } from './request.ts';

const storageMarks = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];
const ingressMarks = ['ingressclass.kubernetes.io/is-default-class'];
const ingressAnnotation = 'kubernetes.io/ingress.class';

export const admitStorageClass: Admit = ({ store }, { operation, strategy, object, write }) => {
  if (operation !== 'CREATE' || strategy.resource !== 'persistentvolumeclaims' || write.subresource !== undefined) return object;
  const claim = object as PersistentVolumeClaim;
  const name = claimClassOf(claim) === undefined ? defaultOf(store.collection('storageclasses.storage.k8s.io').values(), storageMarks) : undefined;
  if (name === undefined) return claim;
  const admitted: PersistentVolumeClaim = { ...claim, spec: { ...claim.spec, storageClassName: name } };
  return admitted;
};

export const admitIngressClass: Admit = ({ store }, { operation, strategy, object, write }) => {
  if (operation !== 'CREATE' || strategy.resource !== 'ingresses.networking.k8s.io' || write.subresource !== undefined) return object;
  const ingress = object as Ingress;
  const isGiven = ingress.spec.ingressClassName !== undefined || ingress.metadata.annotations?.[ingressAnnotation] !== undefined;
  const name = isGiven ? undefined : defaultOf(store.collection('ingressclasses.networking.k8s.io').values(), ingressMarks);
  if (name === undefined) return ingress;
  const admitted: Ingress = { ...ingress, spec: { ...ingress.spec, ingressClassName: name } };
  return admitted;
};

/** Of several the newest, of several of one moment the first by name. */
function defaultOf(classes: Iterable<KubeObject>, marks: readonly string[]): string | undefined {
  const defaults = [...classes].filter(({ metadata: { annotations } }) => marks.some((mark) => annotations?.[mark] === 'true'));
  defaults.sort(({ metadata: a }, { metadata: b }) =>
    a.creationTimestamp === b.creationTimestamp ? (a.name < b.name ? -1 : 1) : a.creationTimestamp > b.creationTimestamp ? -1 : 1,
  );
  return defaults[0]?.metadata.name;
}
