import type { ObjectMeta } from '../../kube/object.ts';

/** An object that is there from the beginning, without what the server adds: uid, version, time. */
export interface StartupObject {
  /** Key of its collection: 'clusterroles.rbac.authorization.k8s.io'. */
  readonly resource: string;
  readonly draft: { readonly kind: string; readonly apiVersion: string; readonly metadata: Partial<ObjectMeta>; readonly [field: string]: unknown };
}
