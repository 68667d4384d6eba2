// Which part of the server answers a path.
import { liveCatalog } from '../cluster/registry/custom/live-catalog.ts';
import { json, pageNotFound, type Answer } from './answer.ts';
import { answerClock } from './clock.ts';
import { answerDiscovery } from './discovery/discovery.ts';
import { groupNamed } from './discovery/groups.ts';
import { answerHealth, answerVersion } from './health.ts';
import { answerMetricsRequest, metricsGroup, withMetrics } from './metrics.ts';
import { answerOpenApi } from './openapi/openapi.ts';
import { parseResourcePath } from './path.ts';
import type { HttpRequest } from './request.ts';
import { answerResource, type Server } from './resources/resource.ts';

/** `address`: '127.0.0.1:6443'. */
export function dispatch(server: Server, address: string, request: HttpRequest): Answer {
  const { segments } = request;
  switch (segments[0]) {
    case undefined:
      return json(200, { paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'] });
    case 'api':
    case 'apis': {
      const catalog = withMetrics(server.store, liveCatalog(server.store).current);
      const path = parseResourcePath(segments);
      if (!path) return answerDiscovery(catalog, request, address);
      if (path.group === metricsGroup && groupNamed(catalog, metricsGroup)) return answerMetricsRequest(server, request, path);
      return groupNamed(catalog, path.group) ? answerResource(server, request, path) : pageNotFound();
    }
    case 'openapi':
      return answerOpenApi(liveCatalog(server.store).current, request);
    case 'version':
      return segments.length === 1 ? answerVersion() : pageNotFound();
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
