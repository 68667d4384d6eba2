// What a real API server found wrong with objects, and what it let pass with a warning, said in the same words by decoding,
// defaults and rules alone. SHOW=1 prints the answers that differ.
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { failure } from '../../server/src/kube/status.ts';
import { decode, decodeText, strictDecodingError } from '../../server/src/schema/decode.ts';
import type { KindInfo } from '../../server/src/schema/kinds.ts';
import { fieldsOf } from '../../server/src/schema/fields.ts';
import { invalid } from '../../server/src/validation/invalid.ts';
import { isFindings } from '../../server/src/validation/kind-rules.ts';
import { rulesOf } from '../../server/src/validation/rules.ts';
import { deprecationOf } from '../../server/src/validation/warnings/deprecated.ts';
import { kindOfPath, readRecordings } from './recordings.ts';
import { normalise } from './support/answers.ts';

interface Answer {
  readonly code: number;
  readonly status?: unknown;
  readonly warnings: readonly string[];
}

interface ValidationRecord extends Answer {
  readonly id: string;
  readonly manifest?: unknown;
  readonly raw?: string;
  readonly request: { readonly path: string };
  readonly variants?: readonly Answer[];
}

/** Answers that depend on what else is in the cluster, or on the request: the registry gives them. */
const ofRegistry = ({ code, status }: ValidationRecord) =>
  code === 403 || code === 409 || (status as { message?: string } | undefined)?.message?.startsWith('the namespace of the provided object');

const expand = (text: string) => text.replace(/<([A-Za-z]) x (\d+)>/g, (_, letter: string, count: string) => letter.repeat(Number(count)));
const shrink = (text: string) => text.replace(/([A-Za-z])\1{9999,}/g, (run, letter: string) => `<${letter} x ${run.length}>`);

function answerTo(record: ValidationRecord): Answer {
  const kind = kindOfPath(record.request.path);
  const answer = answerOfKind(kind, record);
  return { ...answer, warnings: [...deprecationOf(kind), ...answer.warnings] };
}

function answerOfKind(kind: KindInfo, { manifest, raw }: ValidationRecord): Answer {
  const decoded = raw === undefined ? decode(kind, JSON.parse(expand(JSON.stringify(manifest)))) : decodeText(kind, { content: expand(raw), format: 'json' });
  if ('error' in decoded) return refused(decoded.error);
  if (decoded.strictErrors.length > 0) return refused(strictDecodingError(kind, decoded.strictErrors));
  const { defaults, rehearse, validate, warnings } = rulesOf(kind.apiVersion, kind.kind);
  const filled = defaults(asNew(decoded.object, kind.type));
  const made = rehearse?.(filled) ?? filled;
  const object = isFindings(made) ? filled : made;
  const errors = isFindings(made) ? made : validate(object);
  if (errors.length > 0) return { code: 422, status: invalid(kind, object.metadata.name, errors), warnings: [] };
  return { code: 201, warnings: warnings?.(object) ?? [] };
}

const refused = (message: string): Answer => ({ code: 400, status: failure(400, 'BadRequest', message), warnings: [] });

/** As the rules see a new object: named, if only from generateName, and without what the server keeps itself; nodes come with a status. */
function asNew(object: KubeObject, type: string): KubeObject {
  const { managedFields: _1, generation: _2, ...metadata } = object.metadata;
  const name = metadata.name || (metadata.generateName ? `${metadata.generateName}<random>` : '');
  return { ...object, metadata: { ...metadata, name }, ...(fieldsOf(type).has('status') && type !== 'Node' && { status: {} }) } as KubeObject;
}

function isRight(record: ValidationRecord, got: Answer): boolean {
  const own = JSON.parse(shrink(JSON.stringify(normalise(got, JSON.stringify(record.manifest ?? record.raw)))));
  return [record, ...(record.variants ?? [])].some(({ code, status, warnings }) => {
    return isDeepStrictEqual(JSON.parse(JSON.stringify({ code, status, warnings })), own);
  });
}

const all = readRecordings<ValidationRecord>('validation').filter((record) => !ofRegistry(record));
const recordsOf = (kind: string) => all.filter(({ id }) => id.replace(/^Rich/, '').startsWith(`${kind}/`));

function show(record: ValidationRecord, got: Answer): string {
  const text = (answer: Answer) =>
    `${answer.code} ${JSON.stringify(answer.warnings)} ${JSON.stringify(answer.status)}`.slice(0, Number(process.env['SHOW']) || 600);
  return `${record.id}\n  wanted ${text(record)}\n  got    ${text(got)}`;
}

/** How many answers of each kind are right at least; to be raised with every improvement. */
const floors = {
  Deployment: 315,
  ReplicaSet: 34,
  StatefulSet: 96,
  DaemonSet: 50,
  Job: 86,
  CronJob: 85,
  ReplicationController: 34,
  HorizontalPodAutoscaler: 52,
  HorizontalPodAutoscalerV1: 5,
  Pod: 309,
  Namespace: 13,
  Node: 16,
  Lease: 6,
  Service: 83,
  NodePortService: 9,
  HeadlessService: 10,
  ExternalNameService: 4,
  LoadBalancerService: 9,
  Endpoints: 13,
  EndpointSlice: 18,
  Ingress: 59,
  IngressClass: 8,
  NetworkPolicy: 30,
  ConfigMap: 25,
  Secret: 25,
  ServiceAccount: 8,
  PersistentVolume: 21,
  PersistentVolumeClaim: 30,
  StorageClass: 14,
  ResourceQuota: 12,
  LimitRange: 15,
  PriorityClass: 10,
  Role: 19,
  ClusterRole: 8,
  RoleBinding: 16,
  ClusterRoleBinding: 5,
  PodDisruptionBudget: 20,
};

describe('validation', () => {
  test.each(Object.entries(floors))('%s: at least %i answers are right', (kind, floor) => {
    const own = recordsOf(kind);
    const wrong = own.filter((record) => !isRight(record, answerTo(record)));
    console.log(
      `validation of ${kind}: ${own.length - wrong.length} of ${own.length}\n${wrong.map((record) => (process.env['SHOW'] ? show(record, answerTo(record)) : `  ${record.id}`)).join('\n')}`,
    );
    expect(own.length - wrong.length).toBeGreaterThanOrEqual(floor);
  });
});
