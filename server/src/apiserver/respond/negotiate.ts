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

const conversions = new Set(['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList']);

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

/** The first clause that can be served. Without any wish: JSON. */
export function negotiate(accept: string): Wanted | Status {
  const clauses = acceptClauses(accept);
  if (clauses.length === 0) return { format: 'json' };
  for (const { type, parameters } of clauses) {
    const format = Object.hasOwn(formats, type) ? formats[type] : undefined;
    if (!format) continue;
    const as = parameters.get('as');
    if (as === undefined) return { format };
    const version = parameters.get('v') ?? '';
    const known = conversions.has(as) && parameters.get('g') === 'meta.k8s.io' && (version === 'v1' || version === 'v1beta1');
    if (known) return { format, as: as as 'Table', version };
  }
  return failure(406, 'NotAcceptable', `only the following media types are accepted: ${accepted}`);
}

const accepted = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
