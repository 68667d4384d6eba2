// Content negotiation: in which form a client wants its answer.
import { failure, type Status } from '../../kube/status.ts';

export interface Wanted {
  readonly format: 'json' | 'yaml';
  /** Another kind to show the objects as, from the `as` parameter; absent: the objects themselves. */
  readonly as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  /** Of meta.k8s.io, when `as` is there: 'v1' or 'v1beta1'. */
  readonly version?: string;
}

export interface Clause {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const formats: Readonly<Record<string, Wanted['format']>> = {
  'application/json': 'json',
  'application/yaml': 'yaml',
  '*/*': 'json',
  'application/*': 'json',
};

const metadataForms = ['PartialObjectMetadata', 'PartialObjectMetadataList'];
/** In which forms an answer can be shown: most have columns, reviews have none, and discovery is what it is. */
export const forms = { objects: ['Table', ...metadataForms], reviews: metadataForms, documents: [] } as const;

/** The clauses of an Accept header, the most wanted first. */
export function acceptClauses(accept: string): readonly Clause[] {
  const clauses = accept.split(',').flatMap((part) => {
    const [type = '', ...rest] = part.split(';').map((piece) => piece.trim());
    if (type === '') return [];
    const parameters = new Map(rest.map((pair): [string, string] => [pair.split('=')[0]!.trim(), pair.slice(pair.indexOf('=') + 1).trim()]));
    return [{ type: type.toLowerCase(), parameters, q: Number(parameters.get('q') ?? 1) }];
  });
  return clauses.sort((a, b) => b.q - a.q);
}

/** What the routes of the API offer, before it is looked at how: of a list also what a watch needs. */
const offered = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
export const routes = {
  json: ['application/json'],
  objects: offered,
  lists: [...offered, 'application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'],
  logs: ['text/plain', ...offered],
} as const;

/** Why no route answers: it compares names of media types alone (Route.matchesAccept of go-restful). */
export function refuseRoute(accept: string, route: readonly string[]): Status | undefined {
  const types = accept === '' ? ['*/*'] : accept.split(',').map((clause) => clause.split(';')[0]!.trim());
  if (types.some((type) => type === '*/*' || route.includes(type)) || route.includes('*/*')) return undefined;
  return failure(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${route.join(', ')}`, {});
}

/** The first clause that can be served. Without any wish: JSON. */
export function negotiate(accept: string, shapes: readonly string[] = forms.objects): Wanted | Status {
  const clauses = acceptClauses(accept);
  if (clauses.length === 0) return { format: 'json' };
  for (const { type, parameters } of clauses) {
    const format = Object.hasOwn(formats, type) ? formats[type] : undefined;
    if (!format) continue;
    const as = parameters.get('as');
    if (as === undefined) return { format };
    const version = parameters.get('v') ?? '';
    const known = shapes.includes(as) && parameters.get('g') === 'meta.k8s.io' && (version === 'v1' || version === 'v1beta1');
    if (known) return { format, as: as as 'Table', version };
  }
  return notAccepted(offered);
}

export const notAccepted = (types: readonly string[]): Status =>
  failure(406, 'NotAcceptable', `only the following media types are accepted: ${types.join(', ')}`);
