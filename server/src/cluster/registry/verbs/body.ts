// From the body of a request to an object with its defaults: decoding with the server's field validation, and the checks of its name.
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import { decode, decodeText, strictDecodingError, unhandled } from '../../../schema/decode.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { conversionProblem } from '../../../validation/versions/unreadable.ts';
import { badRequest } from '../answers.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';

/** Reads the body as an object of `kind`. Misspelt fields are an error (Strict), a warning (Warn, the default), or nothing (Ignore). */
export function readBody(kind: KindInfo, { body, text, options }: Pick<ApiRequest, 'body' | 'text' | 'options'>, warnings: string[]): KubeObject | Status {
  const read = text ? decodeText(kind, text) : decode(kind, body);
  if ('error' in read) return badRequest(read.error);
  const problem = conversionProblem(read.object);
  if (problem !== undefined) return badRequest(unhandled(kind, problem));
  const validation = options?.fieldValidation ?? 'Warn';
  if (read.strictErrors.length > 0 && validation === 'Strict') {
    return badRequest(strictDecodingError(kind, read.strictErrors));
  }
  if (validation === 'Warn') warnings.push(...read.strictErrors);
  return read.object;
}

/** Puts the object into the namespace of the request. */
export function inNamespace({ info }: Strategy, object: KubeObject, { namespace }: ApiRequest): KubeObject | Status {
  const { namespace: own, ...metadata } = object.metadata;
  if (info.namespaced && own && own !== namespace) return badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return { ...object, metadata: { ...metadata, ...(info.namespaced && namespace !== undefined && { namespace }) } };
}
