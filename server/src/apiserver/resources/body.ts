// Bodies of requests, by their media type.
import type { ApiRequest, PatchType } from '../../cluster/registry/request.ts';
import { badRequest } from '../../cluster/registry/answers.ts';
import { quote } from '../../kube/quote.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { interpret, unrecognized } from '../../schema/decode.ts';
import { decodeStruct } from '../../schema/decode-value.ts';
import { parseJson } from '../../schema/json-text.ts';
import { kindOf, type KindInfo } from '../../schema/kinds.ts';
import { parseYaml } from '../../schema/yaml-text.ts';
import { decodeMessage, readEnvelope } from '../protobuf/decode.ts';
import type { HttpRequest } from '../request.ts';

type Sent = Pick<ApiRequest, 'text'> | Pick<ApiRequest, 'body'>;

/** `expected`: the kind that the path takes. */
export function bodyOf({ contentType, body }: HttpRequest, expected: KindInfo): Sent | Status {
  const content = () => body.toString('utf8');
  if (contentType === '' || contentType === 'application/json') return { text: { content: content(), format: 'json' } };
  if (contentType === 'application/yaml') return { text: { content: content(), format: 'yaml' } };
  return contentType === protobuf ? messageOf(body, expected) : unknownType();
}

const protobuf = 'application/vnd.kubernetes.protobuf';

const unknownType = () =>
  failure(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, ${protobuf}`,
  );

function messageOf(body: Buffer, expected: KindInfo): Sent | Status {
  const envelope = readEnvelope(body);
  if ('error' in envelope) return badRequest(unrecognized(expected, envelope.error, body.toString('utf8')));
  const apiVersion = envelope.apiVersion || expected.apiVersion;
  const kind = envelope.kind || expected.kind;
  // A kind that is none is refused by its name, whatever it holds.
  const type = kindOf(apiVersion, kind)?.type;
  const decoded = type === undefined ? { value: {} } : decodeMessage(type, envelope.raw);
  if ('error' in decoded) return badRequest(`${kind} in version ${quote(expected.version)} cannot be handled as a ${expected.kind}: ${decoded.error}`);
  return { body: { apiVersion, kind, ...decoded.value } };
}

const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export function patchTypeOf({ contentType }: HttpRequest): PatchType | Status {
  const type = Object.hasOwn(patchTypes, contentType) ? patchTypes[contentType] : undefined;
  return type ?? failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

/** The DeleteOptions of a DELETE; undefined when it has no body. */
export function deleteBodyOf({ contentType, body }: HttpRequest): object | undefined | Status {
  if (body.length === 0) return undefined;
  const sent = deleteValue(contentType, body);
  if (isStatus(sent)) return sent;
  const found = interpret(sent.value, { group: 'meta.k8s.io', apiVersion: 'meta.k8s.io/v1', kind: 'DeleteOptions' });
  if ('error' in found) return badRequest(found.error);
  if (found.kind !== 'DeleteOptions')
    return badRequest(`no kind ${quote(found.kind)} is registered for version ${quote(found.apiVersion)} in scheme "pkg/runtime/scheme.go:111"`);
  const decoded = decodeStruct('DeleteOptions', sent.value);
  return 'error' in decoded ? badRequest(decoded.error) : (decoded.value as object);
}

function deleteValue(contentType: string, body: Buffer): { readonly value: unknown } | Status {
  if (contentType === protobuf) {
    const envelope = readEnvelope(body);
    const decoded = 'error' in envelope ? envelope : decodeMessage('DeleteOptions', envelope.raw);
    return 'error' in decoded ? badRequest(decoded.error) : decoded;
  }
  if (contentType !== '' && contentType !== 'application/json' && contentType !== 'application/yaml') return unknownType();
  const parsed = contentType === 'application/yaml' ? parseYaml(body.toString('utf8')) : parseJson(body.toString('utf8'));
  return 'error' in parsed ? badRequest(`couldn't get version/kind; json parse error: ${parsed.error}`) : parsed;
}
