// Lists: by namespace, selected by labels and fields, in the order of their keys, in pages.
import { matchesFields, parseFieldSelector } from '../../../kube/field-selector.ts';
import { matches } from '../../../kube/label-selector.ts';
import { parseSelector } from '../../../kube/label-selector-text.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { badRequest } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { collectionAt } from '../../store/past.ts';
import { inVersion } from '../versions.ts';
import { fieldLabelOf, unknownLabel } from '../field-labels.ts';
import type { ApiRequest, RequestOptions } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { anyVersion, decodeContinue, encodeContinue } from './continue.ts';
import type { VerbHandler } from './handler.ts';

export const handleList: VerbHandler = (context, strategy, request) => {
  const { limit = 0, continue: token, resourceVersion: wanted = anyVersion } = request.options ?? {};
  const from = token ? decodeContinue(token) : { start: '', resourceVersion: wanted };
  if ('error' in from) return badRequest(`invalid continue token: ${from.error}`);
  const resourceVersion = from.resourceVersion === anyVersion ? context.store.resourceVersion : from.resourceVersion;
  const selected = selectObjects(context, strategy, request, resourceVersion);
  if (isStatus(selected)) return selected;
  const rest = from.start === '' ? selected : selected.filter((object) => keyOf(object) >= from.start);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const { apiVersion, kind, custom } = strategy.info;
  const metadata = { resourceVersion: String(resourceVersion), ...pageEnd(rest, items, resourceVersion, request.options) };
  return { code: 200, body: { kind: custom?.listKind ?? `${kind}List`, apiVersion, metadata, items } };
};

/** The objects that a list with these options is about, as they were at a version, in the order of their keys. */
function selectObjects(
  { store }: RegistryContext,
  strategy: Strategy,
  { namespace, options = {} }: ApiRequest,
  version = store.resourceVersion,
): readonly KubeObject[] | Status {
  const filter = filterOf(strategy, options);
  if (isStatus(filter)) return filter;
  const selected: KubeObject[] = [];
  for (const object of collectionAt(store, strategy.resource, version).values()) {
    if ((namespace === undefined || object.metadata.namespace === namespace) && filter(object)) selected.push(inVersion(strategy.info, object));
  }
  return selected.sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** What passes the label and the field selector of a request. */
export function filterOf(strategy: Strategy, { labelSelector, fieldSelector }: RequestOptions): ((object: KubeObject) => boolean) | Status {
  const labels = parseSelector(labelSelector ?? '');
  if ('error' in labels) return badRequest(labels.error);
  const fields = parseFieldSelector(fieldSelector ?? '');
  if ('error' in fields) return badRequest(fields.error);
  const texts = new Map<string, (object: KubeObject) => string>();
  for (const { field } of fields.selector) {
    const text = fieldLabelOf(strategy, field);
    if (!text) return badRequest(unknownLabel(strategy, field));
    texts.set(field, text);
  }
  return (object) => matches(labels.selector, object.metadata.labels) && matchesFields(fields.selector, (field) => texts.get(field)!(object));
}

/** Where the next page begins, and how much is left; the rest is not counted when a selector chooses. */
function pageEnd(rest: readonly KubeObject[], items: readonly KubeObject[], resourceVersion: number, options: RequestOptions = {}) {
  if (items.length === rest.length) return {};
  const token = encodeContinue({ resourceVersion, start: `${keyOf(items.at(-1)!)}\0` });
  const isWhole = !options.labelSelector && !options.fieldSelector;
  return { continue: token, ...(isWhole && { remainingItemCount: rest.length - items.length }) };
}

const keyOf = ({ metadata }: KubeObject) => objectKey(metadata.namespace, metadata.name);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
