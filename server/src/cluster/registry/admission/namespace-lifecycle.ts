// NamespaceLifecycle: nothing is created in a namespace that does not exist or is going away.
import type { Namespace } from '../../../schema/generated/types.ts';
import { forbidden, notFound } from '../answers.ts';
import type { Admit } from './request.ts';

const namespaces = { group: '', resource: 'namespaces' };

export const admitNamespace: Admit = ({ store }, { operation, strategy: { info }, object }) => {
  const name = object.metadata.namespace;
  if (operation !== 'CREATE' || !info.namespaced || name === undefined) return object;
  const namespace = store.get<Namespace>('namespaces', undefined, name);
  if (!namespace) return notFound(namespaces, name);
  if (namespace.status.phase !== 'Terminating') return object;
  const message = `namespace ${name} is being terminated`;
  const refusal = forbidden(info, object.metadata.name, `unable to create new content in namespace ${name} because it is being terminated`);
  return { ...refusal, details: { ...refusal.details, causes: [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }] } };
};
