// The body of an answer in the form that was asked for.
import type { ApiResponse, KubeList } from '../../cluster/registry/request.ts';
import type { KubeObject } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { toYaml } from '../../kubectl/output/yaml.ts';
import { internalPackage } from '../../schema/decode.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { headersOf, type Answer } from '../answer.ts';
import type { Wanted } from './negotiate.ts';
import { partialListOf, partialOf } from './partial.ts';
import { isInclude, tableOf, type TableOptions } from './table.ts';

export interface Form {
  readonly wanted: Wanted;
  /** Of the objects in the answer. */
  readonly kind: KindInfo;
  readonly query: URLSearchParams;
  readonly userAgent: string;
  readonly now: number;
}

/** The registry's answer as HTTP. */
export function respond({ code, body, warnings }: ApiResponse, form: Form): Answer {
  const shown = body.kind === 'Status' ? body : shape(body as KubeObject | KubeList, form);
  // What went wrong is told in a form of its own, or else as JSON.
  const { as, format } = form.wanted;
  const wanted: Wanted = isStatus(shown) && as !== undefined ? { format: 'json' } : { format };
  return formatted(isStatus(shown) ? shown.code : code, shown, { ...form, wanted }, warnings);
}

export function formatted(
  code: number,
  value: unknown,
  { wanted, query, userAgent }: Pick<Form, 'wanted' | 'query' | 'userAgent'>,
  warnings: readonly string[] = [],
): Answer {
  const isPretty = query.has('pretty') ? isTrue(query.get('pretty')!) : /^(?:curl|Wget|Mozilla)\//.test(userAgent);
  const body = wanted.format === 'yaml' ? toYaml(value) : `${JSON.stringify(value, undefined, isPretty ? 2 : undefined)}\n`;
  const type = wanted.format === 'yaml' ? 'application/yaml' : 'application/json';
  return { code, type, body, ...(warnings.length > 0 && { warnings }), ...(isStatus(value) && headersOf(value)) };
}

/** As objects, as a table, or as metadata alone. */
function shape(body: KubeObject | KubeList, form: Form): unknown {
  const { as, version = 'v1' } = form.wanted;
  const list = 'items' in body ? body : undefined;
  if (as === undefined) return !list ? body : form.kind.custom ? customList(list) : plainList(list);
  if (as === 'Table') {
    const options = tableOptionsOf(form);
    if (isStatus(options)) return options;
    const metadata = list ? list.metadata : { resourceVersion: (body as KubeObject).metadata.resourceVersion };
    return tableOf(list ? list.items : [body as KubeObject], metadata, options);
  }
  if (list) return as === 'PartialObjectMetadataList' ? partialListOf(list.items, list.metadata, version) : mismatch(as, 'a list', form.kind, 'List');
  return as === 'PartialObjectMetadata' ? partialOf(body as KubeObject, version) : mismatch(as, 'not a list', form.kind);
}

function mismatch(as: string, found: string, { group, kind, custom }: KindInfo, suffix = ''): Status {
  const inside = custom ? `unstructured.Unstructured${suffix}` : `${internalPackage(group)}.${kind}${suffix}`;
  return failure(406, 'NotAcceptable', `you requested ${as}, but the requested object is ${found} (*${inside})`);
}

/** The cells of a table alone do not say who set which field. */
export const showsMetadata = ({ wanted, query }: Pick<Form, 'wanted' | 'query'>): boolean => wanted.as !== 'Table' || query.get('includeObject') !== 'None';

export function tableOptionsOf({ wanted, kind, query, now }: Omit<Form, 'userAgent'>): TableOptions | Status {
  const include = query.get('includeObject') || 'Metadata';
  if (!isInclude(include)) {
    const why = `includeObject: Invalid value: ${quote(include)}: must be 'Metadata', 'Object', 'None', or empty`;
    return failure(400, 'BadRequest', `Unable to convert to Table as requested: ${why}`);
  }
  return { kind, version: wanted.version ?? 'v1', include, now };
}

/** In a list of one kind the items do not repeat it. */
const plainList = ({ kind, apiVersion, metadata, items }: KubeList) => ({
  kind,
  apiVersion,
  metadata,
  items: items.map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item),
});

/** Of custom kinds it does, and says of every list where it would go on. */
const customList = ({ metadata, ...list }: KubeList) => ({ ...list, metadata: { continue: '', ...metadata } });

/** How the API reads a boolean query parameter: anything but a clear no is a yes. */
export const isTrue = (text: string): boolean => text !== '0' && text.toLowerCase() !== 'false';
