// /api and /apis with everything below them that is not a resource.
import { methodNotAllowed, noSuchResource } from '../../cluster/registry/answers.ts';
import { json, pageNotFound, refusal, type Answer } from '../answer.ts';
import type { HttpRequest } from '../request.ts';
import { formatted } from '../respond/body.ts';
import { acceptClauses, forms, negotiate, refuseRoute, routes } from '../respond/negotiate.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import { isStatus } from '../../kube/status.ts';
import { aggregated, type AggregatedDocument, type DiscoveryVersion } from './aggregated.ts';
import { groupNamed, isCustom, versionOf } from './groups.ts';
import { apiVersions, groupDocument, groupList, resourceList } from './legacy.ts';

/** `server`: '127.0.0.1:6443'. */
export function answerDiscovery(catalog: Catalog, request: HttpRequest, server: string): Answer {
  const [root, first, second] = request.segments;
  const isCore = root === 'api';
  const isRoute = isCore || second !== undefined;
  if (isRoute && request.method !== 'GET') return refusal(methodNotAllowed());
  if (first === undefined) {
    const version = aggregatedVersion(request.accept);
    if (version) return aggregatedAnswer(documentOf(catalog, isCore, version), version);
    return (isRoute ? refuse(request) : undefined) ?? document(request, isCore ? apiVersions(server) : groupList(catalog));
  }
  const [group, version] = isCore ? ['', first] : [first, second];
  const found = groupNamed(catalog, group);
  if (!found) return pageNotFound();
  const unreachable = isRoute ? refuse(request) : undefined;
  if (unreachable) return unreachable;
  if (version === undefined) return document(request, groupDocument(found));
  const served = versionOf(catalog, group, version);
  if (served) return document(request, resourceList(group, served));
  return isCustom(found) ? pageNotFound() : refusal(noSuchResource());
}

function refuse({ accept }: HttpRequest): Answer | undefined {
  const refused = refuseRoute(accept, routes.objects);
  return refused && refusal(refused);
}

function document(request: HttpRequest, value: object): Answer {
  const wanted = negotiate(request.accept, forms.documents);
  if (isStatus(wanted)) return refusal(wanted);
  return wanted.format === 'json' ? json(200, value) : formatted(200, value, { wanted, ...request });
}

function aggregatedVersion(accept: string): DiscoveryVersion | undefined {
  for (const { type, parameters } of acceptClauses(accept)) {
    if (type !== 'application/json' && type !== '*/*') continue;
    const version = parameters.get('v');
    if (parameters.get('as') === undefined) return undefined;
    const isKnown = parameters.get('g') === 'apidiscovery.k8s.io' && parameters.get('as') === 'APIGroupDiscoveryList';
    if (isKnown && (version === 'v2' || version === 'v2beta1')) return version;
  }
  return undefined;
}

const known = new WeakMap<Catalog, Map<string, AggregatedDocument>>();

function documentOf(catalog: Catalog, isCore: boolean, version: DiscoveryVersion): AggregatedDocument {
  let documents = known.get(catalog);
  if (!documents) known.set(catalog, (documents = new Map()));
  const key = `${isCore}/${version}`;
  let found = documents.get(key);
  if (!found) documents.set(key, (found = aggregated(catalog, isCore, version)));
  return found;
}

/** The type must echo what was asked for, or the client takes it for the old form. */
const aggregatedAnswer = ({ body, etag }: AggregatedDocument, version: DiscoveryVersion): Answer => ({
  code: 200,
  type: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
  body,
  headers: { etag, vary: 'Accept' },
});
