// Which part of the server answers a path.
import { liveCatalog } from '../cluster/registry/custom/live-catalog.ts';
import { methodNotAllowed } from '../cluster/registry/answers.ts';
import { json, pageNotFound, refusal, type Answer } from './answer.ts';
import { answerClock } from './clock.ts';
import { answerDiscovery } from './discovery/discovery.ts';
import { groupNamed, groupsOf, isCustom } from './discovery/groups.ts';
import { answerHealth, answerVersion, healthPaths } from './health.ts';
import { answerMetricsRequest, metricsGroup, withMetrics } from './metrics.ts';
import { answerOpenApi } from './openapi/openapi.ts';
import { parseResourcePath, type ResourcePath } from './path.ts';
import type { HttpRequest } from './request.ts';
import { refuseRoute, routes } from './respond/negotiate.ts';
import type { Catalog } from '../schema/custom/catalog.ts';
import { answerResource, type Server } from './resources/resource.ts';

/** `address`: '127.0.0.1:6443'. */
export function dispatch(server: Server, address: string, request: HttpRequest): Answer {
  const { segments } = request;
  switch (segments[0]) {
    case undefined:
      return json(200, { paths: rootPaths(liveCatalog(server.store).current) });
    case 'api':
    case 'apis': {
      const catalog = withMetrics(server.store, liveCatalog(server.store).current);
      const path = parseResourcePath(segments);
      if (!path) return answerDiscovery(catalog, request, address);
      if (path.group === metricsGroup && groupNamed(catalog, metricsGroup)) return answerMetricsRequest(server, request, path);
      return isElsewhere(catalog, request, path) ? pageNotFound() : answerResource(server, request, path);
    }
    case 'openapi':
      return answerOpenApi(liveCatalog(server.store).current, request);
    case 'version':
      if (segments.length > 1) return pageNotFound();
      return refusalOfVersion(request) ?? answerVersion();
    case 'healthz':
    case 'livez':
    case 'readyz':
      return answerHealth(segments, request.query);
    case 'drydock':
      return answerClock(server.clock, request);
    default:
      return pageNotFound();
  }
}

/** Paths that no part of the server is for: of groups that are not there, and of custom groups whatever is not one of their resources. */
function isElsewhere(catalog: Catalog, { method }: HttpRequest, path: ResourcePath): boolean {
  const group = groupNamed(catalog, path.group);
  if (!group || !isCustom(group)) return !group;
  const kind = catalog.kindOfResource(path, path.version);
  return !kind || (method !== 'GET' && kind.namespaced && path.namespace === undefined);
}

function refusalOfVersion({ method, accept }: HttpRequest): Answer | undefined {
  const refused = method === 'GET' ? refuseRoute(accept, routes.json) : methodNotAllowed();
  return refused && refusal(refused);
}

/** What `/` tells of: every page that is not about one resource. */
function rootPaths(catalog: Catalog): readonly string[] {
  const groups = groupsOf(catalog).filter(({ name }) => name !== '');
  const versions = groups.flatMap(({ name, versions: served }) => [`/apis/${name}`, ...served.map(({ version }) => `/apis/${name}/${version}`)]);
  const fixed = ['/api', '/api/v1', '/apis', '/apis/', '/openapi/v2', '/openapi/v3', '/openapi/v3/', '/version'];
  return [...fixed, ...versions, ...healthPaths].sort();
}
