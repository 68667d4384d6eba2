// The metrics add-on in front: its group in discovery while it is switched on, and its two resources.
import { methodNotAllowed, noSuchResource } from '../cluster/registry/answers.ts';
import { hasMetrics, metricsKinds } from '../cluster/metrics/metrics-api.ts';
import { isStatus } from '../kube/status.ts';
import type { Catalog } from '../schema/custom/catalog.ts';
import { refusal, type Answer } from './answer.ts';
import type { Backend } from './backend.ts';
import type { ResourcePath } from './path.ts';
import type { HttpRequest } from './request.ts';
import { listOptions } from './resources/options.ts';
import { formatted } from './respond/body.ts';
import { negotiate } from './respond/negotiate.ts';

export const metricsGroup = metricsKinds[0]!.group;

const extended = new WeakMap<Catalog, Catalog>();

/** The same catalog every time, so that what is made of it can be kept. */
export function withMetrics(store: Backend['store'], catalog: Catalog): Catalog {
  if (!hasMetrics(store)) return catalog;
  let more = extended.get(catalog);
  if (!more) {
    const { kindOf, kindOfResource } = catalog;
    extended.set(catalog, (more = { kinds: [...catalog.kinds, ...metricsKinds], kindOf, kindOfResource }));
  }
  return more;
}

export function answerMetricsRequest({ api }: Backend, request: HttpRequest, path: ResourcePath): Answer {
  const { group, version, resource, namespace, name, subresource } = path;
  if (version !== metricsKinds[0]!.version || subresource !== undefined) return refusal(noSuchResource());
  if (request.method !== 'GET') return refusal(methodNotAllowed());
  const options = listOptions(request.query);
  if (isStatus(options)) return refusal(options);
  const wanted = negotiate(request.accept);
  if (isStatus(wanted)) return refusal(wanted);
  const target = { group, resource, options, ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) };
  const { code, body } = api({ ...target, verb: name === undefined ? 'list' : 'get' });
  return formatted(code, body, { wanted, ...request });
}
