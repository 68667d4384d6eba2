// Requests in short form: a test shows what is asked and what is answered.
import { expect } from 'vitest';
import { Cluster, type ClusterOptions } from '../../../../server/src/cluster/cluster.ts';
import type { ApiRequest, KubeList } from '../../../../server/src/cluster/registry/request.ts';
import type { KubeObject } from '../../../../server/src/kube/object.ts';
import type { Status } from '../../../../server/src/kube/status.ts';
import { kindOf, kinds } from '../../../../server/src/schema/kinds.ts';

type Json = Readonly<Record<string, any>>;

/** What may be left out: verb and resource come with the call. */
type Details = Partial<ApiRequest>;

/** An answer whose parts a test may look at. */
export interface Answer {
  readonly code: number;
  readonly body: Json;
  readonly warnings: readonly string[];
}

/** `deployments`, `pods`: the resource of the preferred version. */
function named(resource: string) {
  const info = kinds.find((kind) => kind.resource === resource)!;
  return { group: info.group, resource, ...(info.namespaced && { namespace: 'default' }) };
}

export class Client {
  readonly cluster: Cluster;

  constructor(options: ClusterOptions = {}) {
    this.cluster = new Cluster({ nodes: { count: 0 }, freeze: true, ...options });
  }

  ask(request: ApiRequest): Answer {
    const { code, body, warnings } = this.cluster.request(request);
    return { code, body: body as unknown as Json, warnings };
  }

  create(object: Json, details: Details = {}): Answer {
    const { group, resource, namespaced } = kindOf(object['apiVersion'], object['kind'])!;
    return this.ask({ verb: 'create', group, resource, ...(namespaced && { namespace: 'default' }), body: object, ...details });
  }

  get(resource: string, name: string, details: Details = {}): Answer {
    return this.ask({ verb: 'get', ...named(resource), name, ...details });
  }

  list(resource: string, options: ApiRequest['options'] = {}, details: Details = {}): Answer {
    return this.ask({ verb: 'list', ...named(resource), options, ...details });
  }

  update(resource: string, name: string, body: Json, details: Details = {}): Answer {
    return this.ask({ verb: 'update', ...named(resource), name, body, ...details });
  }

  patch(resource: string, name: string, patchType: NonNullable<ApiRequest['patchType']>, body: unknown, details: Details = {}): Answer {
    return this.ask({ verb: 'patch', ...named(resource), name, patchType, body, ...details });
  }

  delete(resource: string, name: string, options: ApiRequest['options'] = {}, details: Details = {}): Answer {
    return this.ask({ verb: 'delete', ...named(resource), name, options, ...details });
  }

  /** The names of a collection of the default namespace, in the order of a list. */
  names(resource: string): readonly string[] {
    return (this.list(resource).body as unknown as KubeList).items.map(({ metadata }) => metadata.name);
  }
}

export function checkRefused({ code, body }: Answer, expected: Pick<Status, 'code' | 'reason' | 'message'>) {
  expect({ code, reason: body['reason'], message: body['message'] }).toEqual({ reason: undefined, ...expected });
}

export function checkDone({ code, body }: Answer, expectedCode = 200): KubeObject & Json {
  expect(code, body['message']).toBe(expectedCode);
  return body as KubeObject & Json;
}

export const configMap = (name: string, data: Json = { a: '1' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });

export const pod = (name: string, spec: Json = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'web', image: 'nginx:1.27' }], ...spec },
});

/** Paused and without replicas unless told otherwise, so that no controller changes it. */
export const deployment = (name: string, spec: Json = { replicas: 0 }) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: { app: name } },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
    ...spec,
  },
});
