// From the method, path and query of a recorded HTTP request to a request of the registry.
import type { ApiRequest, PatchType, Verb } from '../../../server/src/cluster/registry/request.ts';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** `/apis/apps/v1/namespaces/demo/deployments/web/scale`; a body that is text is sent as text. */
export function apiRequest({ method, path, query = {}, contentType = '' }: HttpRequest, body?: unknown): ApiRequest {
  const [root, ...rest] = path.split('/').filter(Boolean);
  const group = root === 'api' ? '' : rest.shift()!;
  const version = rest.shift()!;
  // /namespaces/x itself, and its subresources, are about the namespace.
  const isInNamespace = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2]!);
  const namespace = isInNamespace ? rest[1] : undefined;
  const [resource, name, subresource] = isInNamespace ? rest.slice(2) : rest;
  const format = contentType.includes('yaml') ? ('yaml' as const) : ('json' as const);
  return {
    verb: verbOf(method, name),
    group,
    version,
    resource: resource!,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(patchTypes[contentType] && { patchType: patchTypes[contentType] }),
    ...(typeof body === 'string' ? { text: { content: body, format } } : body !== undefined && { body }),
    options: { ...query, dryRun: query['dryRun'] === 'All', force: query['force'] === 'true' } as NonNullable<ApiRequest['options']>,
  };
}

function verbOf(method: string, name: string | undefined): Verb {
  if (method === 'GET') return name === undefined ? 'list' : 'get';
  if (method === 'DELETE') return name === undefined ? 'deletecollection' : 'delete';
  return method === 'POST' ? 'create' : method === 'PUT' ? 'update' : 'patch';
}
