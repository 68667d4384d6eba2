// NamespaceLifecycle: nothing is created in a namespace that does not exist or is going away.
import type { Namespace } from '../../../schema/generated/types.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import { forbidden, notFound } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

const namespaces = { group: '', resource: 'namespaces' };

export function admitNamespace({ store }: RegistryContext, { info }: Strategy, object: KubeObject): KubeObject | Status {
  const name = object.metadata.namespace;
  if (!info.namespaced || name === undefined) return object;
  const namespace = store.get<Namespace>('namespaces', undefined, name);
  if (!namespace) return notFound(namespaces, name);
  if (namespace.status.phase !== 'Terminating') return object;
  const message = `namespace ${name} is being terminated`;
  const refusal = forbidden(info, object.metadata.name, `unable to create new content in namespace ${name} because it is being terminated`);
  return { ...refusal, details: { ...refusal.details, causes: [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }] } };
}
