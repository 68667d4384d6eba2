// Bodies of requests, by their media type.
import type { ApiRequest, PatchType } from '../../cluster/registry/request.ts';
import { badRequest } from '../../cluster/registry/answers.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { decodeStruct } from '../../schema/decode-value.ts';
import { parseJson } from '../../schema/json-text.ts';
import { parseYaml } from '../../schema/yaml-text.ts';
import type { HttpRequest } from '../request.ts';

type Text = NonNullable<ApiRequest['text']>;

export function textOf({ contentType, body }: HttpRequest): Text | Status {
  const content = body.toString('utf8');
  if (contentType === '' || contentType === 'application/json') return { content, format: 'json' };
  if (contentType === 'application/yaml') return { content, format: 'yaml' };
  return failure(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
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
export function deleteBodyOf(request: HttpRequest): object | undefined | Status {
  if (request.body.length === 0) return undefined;
  const text = textOf(request);
  if (isStatus(text)) return text;
  const parsed = text.format === 'yaml' ? parseYaml(text.content) : parseJson(text.content);
  if ('error' in parsed) return badRequest(`couldn't get version/kind; json parse error: ${parsed.error}`);
  const decoded = decodeStruct('DeleteOptions', parsed.value);
  return 'error' in decoded ? badRequest(decoded.error) : (decoded.value as object);
}
