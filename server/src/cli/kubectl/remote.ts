// The registry's requests as HTTP requests of the Kubernetes API, and the answers back.
import type { User } from '../../cluster/authentication/user.ts';
import type { ApiRequest, ApiResponse, PatchType, RequestOptions, Verb } from '../../cluster/registry/request.ts';
import { failure } from '../../kube/status.ts';
import { kindOfResource } from '../../schema/kinds.ts';

export interface HttpCall {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

export interface HttpAnswer {
  readonly code: number;
  readonly body: string;
  /** The values of Warning headers: `299 - "text"`. */
  readonly warnings: readonly string[];
}

const methods: Readonly<Record<Verb, string>> = {
  get: 'GET',
  list: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};

const patchMedia: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

export function httpCall(request: ApiRequest): HttpCall {
  const { verb, text, patchType, options = {} } = request;
  const isDeletion = verb === 'delete' || verb === 'deletecollection';
  const body = isDeletion ? deleteOptions(options) : (text?.content ?? (request.body === undefined ? undefined : JSON.stringify(request.body)));
  const contentType = verb === 'patch' ? patchMedia[patchType ?? 'merge'] : `application/${text?.format ?? 'json'}`;
  return {
    method: methods[verb],
    path: `${pathOf(request)}${queryOf(options, isDeletion)}`,
    ...(body !== undefined && { contentType, body }),
    ...(request.user && { headers: impersonation(request.user) }),
  };
}

/** --as: the server decides what of the user it takes over. */
export const impersonation = ({ name, uid, groups }: User): NonNullable<HttpCall['headers']> => ({
  'impersonate-user': name,
  ...(uid !== undefined && { 'impersonate-uid': uid }),
  ...(groups.length > 0 && { 'impersonate-group': groups }),
});

/** '/apis/apps/v1/namespaces/default/deployments/web/scale' */
export function pathOf({ group, resource, version, namespace, name, subresource }: Omit<ApiRequest, 'verb'>): string {
  const served = version ?? kindOfResource({ group, resource })?.version ?? 'v1';
  const root = group === '' ? ['api', served] : ['apis', group, served];
  const place = namespace === undefined ? [] : ['namespaces', namespace];
  const parts = [...root, ...place, resource, ...(name === undefined ? [] : [name]), ...(subresource === undefined ? [] : subresource.split('/'))];
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

/** DeleteOptions travel in the body. */
const inBody = new Set(['gracePeriodSeconds', 'propagationPolicy', 'preconditions', 'dryRun']);

function queryOf(options: RequestOptions, isDeletion: boolean): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === '' || value === false || (isDeletion && inBody.has(name))) continue;
    query.set(name, name === 'dryRun' ? 'All' : String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

function deleteOptions({ gracePeriodSeconds, propagationPolicy, preconditions, dryRun }: RequestOptions): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds, propagationPolicy, preconditions, ...(dryRun && { dryRun: ['All'] }) });
}

export function apiResponse({ code, body, warnings }: HttpAnswer): ApiResponse {
  let object: unknown;
  try {
    object = JSON.parse(body);
  } catch {
    // Not of a Kubernetes API, which says everything in JSON.
  }
  const isObject = typeof object === 'object' && object !== null && 'kind' in object;
  return {
    code,
    body: (isObject
      ? withKinds(object as object)
      : failure(code, 'Unknown', body.trim().slice(0, 1_000) || `the server answers ${code}`)) as ApiResponse['body'],
    warnings: warnings.map(textOfWarning),
  };
}

/** Over HTTP the items of a list do not say what they are, because the list does: 'DeploymentList'. */
function withKinds(object: object): object {
  const { kind, apiVersion, items } = object as { readonly kind: string; readonly apiVersion: string; readonly items?: readonly object[] };
  if (!Array.isArray(items) || !kind.endsWith('List')) return object;
  return { ...object, items: items.map((item: object) => ({ apiVersion, kind: kind.slice(0, -'List'.length), ...item })) };
}

/** `299 - "text \"quoted\""` → 'text "quoted"' */
const textOfWarning = (header: string): string => (/^\d+ \S+ "((?:[^"\\]|\\.)*)"/.exec(header)?.[1] ?? header).replaceAll(/\\(.)/g, '$1');
