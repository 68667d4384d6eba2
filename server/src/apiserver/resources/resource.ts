// Requests about resources: from HTTP to the registry's words and back.
import { liveCatalog } from '../../cluster/registry/custom/live-catalog.ts';
import { badRequest, methodNotAllowed, noSuchResource } from '../../cluster/registry/answers.ts';
import type { Api, ApiRequest, ApiResponse, RequestOptions } from '../../cluster/registry/request.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import { kindOf, type KindInfo } from '../../schema/kinds.ts';
import { refusal, type Answer } from '../answer.ts';
import type { Backend } from '../backend.ts';
import { nameProblem, type ResourcePath } from '../path.ts';
import type { HttpRequest } from '../request.ts';
import { isTrue, respond, showsMetadata } from '../respond/body.ts';
import { answerStream } from '../streams/answer.ts';
import { forms, negotiate, refuseRoute, routes } from '../respond/negotiate.ts';
import { bodyOf, deleteBodyOf, patchTypeOf } from './body.ts';
import { deleteOptions, writeOptions } from './options.ts';
import { list, narrowing } from './list.ts';
import { isTooLarge, readVersion, tooLarge } from './version.ts';
import { watch } from './watch.ts';

export interface Server extends Backend {
  /** What happened up to this version is not told: the history of the cluster's own start. */
  readonly compacted: number;
}

export function answerResource(server: Server, request: HttpRequest, path: ResourcePath): Answer {
  const kind = liveCatalog(server.store).kindOfResource(path, path.version);
  if (!kind) return refusal(noSuchResource());
  const wrongName = path.name === undefined ? undefined : nameProblem(path.name);
  if (wrongName !== undefined) return refusal(badRequest(`Name parameter invalid: ${JSON.stringify(path.name)}: ${wrongName}`));
  if (!isAllowed(request, path)) return refusal(methodNotAllowed());
  const unreachable = refuseRoute(request.accept, routeOf(request, path));
  if (unreachable) return refusal(unreachable);
  if (request.query.has('export')) return refusal(badRequest('the export parameter, deprecated since v1.14, is no longer supported'));
  const stream = answerStream(server, request, path);
  if (stream) return stream;
  const wanted = negotiate(request.accept, kind.verbs.includes('get') ? forms.objects : forms.reviews);
  if (isStatus(wanted)) return refusal(wanted);
  const form = { wanted, kind: answeredKind(kind, path), query: request.query, userAgent: request.userAgent, now: server.now() };
  if (isWatch(request, path)) return watch(server, request, path, form);
  const response = handle(showsMetadata(form) ? { ...server, api: withComponentFields(server.api) } : server, request, path, form.kind);
  if (!isStatus(response)) return respond(response, form);
  const refused = respond({ code: response.code, body: response, warnings: [] }, form);
  return isTooLarge(response) ? { ...refused, awaits: readVersion(request.query) as number } : refused;
}

function routeOf({ method }: HttpRequest, { name, subresource }: ResourcePath): readonly string[] {
  if (subresource === 'log') return routes.logs;
  if (['exec', 'attach', 'portforward', 'proxy'].includes(subresource ?? '')) return ['*/*'];
  return method === 'GET' && name === undefined ? routes.lists : routes.objects;
}

/** Only what stands behind a proxy knows other methods, HEAD among them. */
const isAllowed = ({ method }: HttpRequest, { subresource }: ResourcePath) => subresource === 'proxy' || methods.has(method);

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

const withComponentFields =
  (api: Api): Api =>
  (request) =>
    api({ ...request, options: { ...request.options, componentFields: true } });

const isWatch = ({ method, query }: HttpRequest, { name, watch }: ResourcePath) =>
  method === 'GET' && (watch || (name === undefined && query.has('watch') && isTrue(query.get('watch')!)));

/** A subresource may answer with a kind of its own: Scale. */
function answeredKind(kind: KindInfo, { subresource }: ResourcePath): KindInfo {
  const declared = kind.subresources.find(({ name }) => name === subresource);
  return (declared && kindOf(declared.apiVersion, declared.kind)) ?? kind;
}

/** `kind`: of the bodies. */
function handle(server: Server, request: HttpRequest, path: ResourcePath, kind: KindInfo): ApiResponse | Status {
  const { group, resource, version, namespace, name, subresource } = path;
  const target = {
    group,
    resource,
    version,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(request.user && { user: request.user }),
  };
  const ask = (verb: ApiRequest['verb'], options: RequestOptions | Status, more: Partial<ApiRequest> | Status = {}) => {
    if (isStatus(options)) return options;
    return isStatus(more) ? more : server.api({ ...target, verb, options, ...more });
  };
  const { method, query, userAgent } = request;
  if (name === undefined) {
    if (method === 'GET') return list(server, { ...target, verb: 'list' }, query);
    if (method === 'POST') return ask('create', writeOptions('CreateOptions', query, userAgent), bodyOf(request, kind));
    if (method === 'DELETE')
      return kind.namespaced && namespace === undefined ? methodNotAllowed() : ask('deletecollection', collectionOptions(server, request));
    return methodNotAllowed();
  }
  switch (method) {
    case 'GET':
      return get(server, { ...target, verb: 'get' }, query);
    case 'POST':
      return subresource === undefined ? methodNotAllowed() : ask('create', writeOptions('CreateOptions', query, userAgent), bodyOf(request, kind));
    case 'PUT':
      return ask('update', writeOptions('UpdateOptions', query, userAgent), bodyOf(request, kind));
    case 'PATCH':
      return patch(server, request, { ...target, verb: 'patch' });
    case 'DELETE':
      return withoutCode(ask('delete', deleteOptionsOf(request)));
    default:
      return methodNotAllowed();
  }
}

/** A Status that says that an object is gone names no code, unlike all others. */
function withoutCode(response: ApiResponse | Status): ApiResponse | Status {
  if (isStatus(response) || !isStatus(response.body) || response.body.status !== 'Success') return response;
  const { code: _ok, ...body } = response.body;
  return { ...response, body: body as Status };
}

function get(server: Server, request: ApiRequest, query: URLSearchParams): ApiResponse | Status {
  const version = readVersion(query);
  if (isStatus(version)) return version;
  const current = server.store.resourceVersion;
  return version > current ? tooLarge(version, current) : server.api(request);
}

function patch(server: Server, request: HttpRequest, target: ApiRequest): ApiResponse | Status {
  const patchType = patchTypeOf(request);
  if (isStatus(patchType)) return patchType;
  const options = writeOptions('PatchOptions', request.query, request.userAgent, patchType);
  if (isStatus(options)) return options;
  const content = request.body.toString('utf8');
  return server.api({ ...target, patchType, options, text: { content, format: patchType === 'apply' ? 'yaml' : 'json' } });
}

function deleteOptionsOf(request: HttpRequest): RequestOptions | Status {
  const body = deleteBodyOf(request);
  return isStatus(body) ? body : deleteOptions(body, request.query);
}

function collectionOptions(server: Server, request: HttpRequest): RequestOptions | Status {
  const which = narrowing(server, request.query, 'always');
  if (isStatus(which)) return which;
  const deleting = deleteOptionsOf(request);
  return isStatus(deleting) ? deleting : { ...which, ...deleting };
}
