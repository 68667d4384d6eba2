// What a request wants, as permissions are given (RequestInfo of k8s.io/apiserver): a verb on a resource, or on a path.
import { attributesOf as resourceAttributes, type Attributes } from '../../cluster/authorization/attributes.ts';
import { parseFieldSelector } from '../../kube/field-selector.ts';
import { nameProblem, parseResourcePath, type ResourcePath } from '../path.ts';
import type { RequestHead } from '../request.ts';

const verbs: Readonly<Record<string, string>> = { GET: 'get', HEAD: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

export function attributesOf({ method, segments, query }: RequestHead): Attributes {
  const path = parseResourcePath(segments);
  if (!path) return { verb: method.toLowerCase(), path: `/${segments.join('/')}` };
  const { group, resource, subresource, namespace } = path;
  const name = path.name ?? selectedName(method, query);
  const attributes = resourceAttributes({ verb: 'get', group, resource, ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) });
  return { ...attributes, verb: verbOf(method, path, query), subresource };
}

function verbOf(method: string, { name, watch }: ResourcePath, query: URLSearchParams): string {
  const verb = verbs[method] ?? '';
  if (watch) return 'watch';
  if (name !== undefined) return verb;
  if (verb === 'get') return isWatch(query) ? 'watch' : 'list';
  return verb === 'delete' ? 'deletecollection' : verb;
}

const isWatch = (query: URLSearchParams) => query.has('watch') && !['false', '0'].includes(query.get('watch')!.toLowerCase());

/** A list or a watch of one object is one of that object, so that a right to its name is enough. */
function selectedName(method: string, query: URLSearchParams): string | undefined {
  const selector = method === 'GET' ? query.get('fieldSelector') : null;
  const parsed = selector ? parseFieldSelector(selector) : undefined;
  if (!parsed || 'error' in parsed) return undefined;
  const exact = parsed.selector.find(({ field, isEqual }) => field === 'metadata.name' && isEqual);
  return exact && nameProblem(exact.value) === undefined ? exact.value : undefined;
}
