// Every namespace has a ServiceAccount "default", also when somebody deletes it.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import type { Namespace } from '../../../schema/generated/types.ts';
import { run, type Plan } from '../../runtime/controller.ts';
import { eachNamespace, isLiving, namespaceOf } from './enqueue.ts';

const name = 'default';

export const serviceAccountController = run<Namespace, Plan>({
  name: 'serviceaccount-controller',
  watches: [
    { resource: 'namespaces', enqueue: eachNamespace },
    { resource: 'serviceaccounts', enqueue: namespaceOf },
  ],
  observe(key, reader) {
    const namespace = reader.get<Namespace>('namespaces', undefined, key);
    return namespace && isLiving(namespace) && !reader.get('serviceaccounts', key, name) ? namespace : undefined;
  },
  plan: () => ({}),
  apply(_plan, namespace, writer) {
    const draft = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: namespace.metadata.name } };
    const created = writer.create<KubeObject>('serviceaccounts', draft);
    return isStatus(created) ? created : undefined;
  },
});
