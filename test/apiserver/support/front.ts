// A cluster behind the front, without sockets: `ask` answers as the server would.
import { dispatch } from '../../../server/src/apiserver/dispatch.ts';
import type { Backend } from '../../../server/src/apiserver/backend.ts';
import type { Reply } from '../../../server/src/apiserver/answer.ts';
import { splitPath } from '../../../server/src/apiserver/path.ts';
import type { Watch } from '../../../server/src/apiserver/watch/watch.ts';
import { Cluster } from '../../../server/src/cluster/cluster.ts';

export interface Asked {
  readonly accept?: string;
  readonly contentType?: string;
  readonly userAgent?: string;
  readonly body?: unknown;
  /** The client wants another protocol. */
  readonly upgrade?: boolean;
}

/** What the front needs of a cluster whose time only tests move. */
export function backendOf(cluster: Cluster): Backend {
  const clock = {
    settle: (quietMs: number, limitMs: number) => cluster.settle(quietMs, limitMs),
    advance: (ms: number) => cluster.advance(ms),
    pause() {},
    resume() {},
    setSpeed() {},
    state: () => ({ now: cluster.agenda.now, speed: 1, paused: false }),
  };
  return {
    api: cluster.request,
    store: cluster.store,
    containers: cluster.containers,
    userOfToken: cluster.userOfToken,
    withComponentFields: cluster.withComponentFields,
    now: () => cluster.agenda.now,
    poke() {},
    clock,
  };
}

export function frontOf(cluster = new Cluster({ freeze: true })) {
  const server = { ...backendOf(cluster), compacted: cluster.store.resourceVersion };
  const answer = (method: string, url: string, { accept = '', contentType = '', userAgent = '', body = '', upgrade = false }: Asked = {}) => {
    const [path = '', search = ''] = url.split('?');
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return dispatch(server, '127.0.0.1:6443', {
      method,
      segments: splitPath(path) ?? [],
      query: new URLSearchParams(search),
      accept,
      contentType,
      userAgent,
      body: bytes,
      ...(upgrade && { upgrade }),
    });
  };
  return {
    cluster,
    answer,
    /** The answer with its body read. */
    ask(method: string, url: string, asked?: Asked) {
      const { code, type, body, warnings } = answer(method, url, asked) as Reply;
      return { code, type, warnings, body: type.startsWith('application/json') ? JSON.parse(String(body)) : body };
    },
    watch: (url: string, asked?: Asked) => (answer('GET', url, asked) as { watch: Watch }).watch,
  };
}

/** The events that a watch has now. */
export function eventsOf(watch: Watch) {
  const events: { type: string; object: Record<string, never> & { metadata: { name: string; resourceVersion: string } } }[] = [];
  for (let line = watch.next(); line !== undefined; line = watch.next()) events.push(JSON.parse(line));
  return events;
}

export const configMap = (name: string, labels: Readonly<Record<string, string>> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels },
  data: { a: '1' },
});
