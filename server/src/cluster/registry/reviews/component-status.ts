// ComponentStatus, which is asked of the components when somebody wants to know, and stored nowhere.
import { isStatus } from '../../../kube/status.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { notFound } from '../answers.ts';
import type { VerbHandler } from '../verbs/handler.ts';
import { filterOf } from '../verbs/list.ts';

const components = ['controller-manager', 'etcd-0', 'scheduler'];

/** All components of the model are well. The server's error for an unknown one names the kind in singular. */
export const readComponentStatus: VerbHandler = (_context, strategy, { verb, name, options = {} }) => {
  if (verb === 'get') {
    if (name !== undefined && components.includes(name))
      return { code: 200, body: { kind: 'ComponentStatus', apiVersion: 'v1', ...statusOf(name) } as KubeObject };
    return notFound({ ...strategy.info, resource: 'componentstatus' }, name ?? '');
  }
  const filter = filterOf(strategy, options);
  if (isStatus(filter)) return filter;
  const items = components.map((component) => statusOf(component) as KubeObject).filter(filter);
  return { code: 200, body: { kind: 'ComponentStatusList', apiVersion: 'v1', metadata: {} as { resourceVersion: string }, items } };
};

const statusOf = (name: string): object => ({ metadata: { name }, conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] });
