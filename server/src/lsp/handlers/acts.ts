// What the sidebar and the rollout view ask of the cluster, passed on to its thread.
import { idOf } from '../object-id.ts';
import type { Session } from '../session.ts';
import { onRequest } from './on-request.ts';

export function registerActs(session: Session): void {
  const { cluster, language } = session;
  onRequest(session, 'drydock/clusterView', () => cluster.request('clusterView', null));
  onRequest(session, 'drydock/followRollout', (params) => cluster.request('followRollout', params));
  onRequest(session, 'drydock/act', (params) => cluster.request('act', params));
  onRequest(session, 'drydock/time', (params) => cluster.request('time', params));
  onRequest(session, 'drydock/manifest', (params) => cluster.request('manifest', params));
  onRequest(session, 'drydock/kubectl', (params) => cluster.request('kubectl', params));
  onRequest(session, 'drydock/serve', () => cluster.request('serve', null));
  onRequest(session, 'drydock/documents', ({ uri }) =>
    language
      .objects(uri)
      .filter(({ name }) => name !== undefined)
      .map((object) => ({ id: idOf(object), line: object.kindRange.start.line })),
  );
}
