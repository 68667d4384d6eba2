// Rules for secrets. Each of Kubernetes' own types asks for its keys.
import { decodeBase64 } from '../../kube/base64.ts';
import { checkConfigMapKey } from '../../kube/names.ts';
import { decodeUtf8 } from '../../kube/utf8.ts';
import type { Secret } from '../../schema/generated/types.ts';
import { parseJson } from '../../schema/json-text.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { warningsOfKeyPair } from '../warnings/key-pair.ts';
import { bytesOfBase64 } from './base64-size.ts';
import { maxDataBytes, validateFrozen } from './config-map.ts';

const at = root('data');
const accountAnnotation = 'kubernetes.io/service-account.name';

export const secretRules: RulesOf<Secret> = {
  validate: (secret) => findings((errors) => validateSecret(secret, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateImmutable(next.type, before.type, root('type'), errors);
      if (before.immutable) validateFrozen(next, before, ['data'], errors);
      validateSecret(next, errors);
    }),
  warnings: ({ type, data }) => (type === 'kubernetes.io/tls' ? warningsOfKeyPair(textOf(data?.['tls.crt']), textOf(data?.['tls.key'])) : []),
};

function validateSecret(secret: Secret, errors: FieldErrors): void {
  validateObjectMeta(secret, subdomainName, errors);
  let bytes = 0;
  for (const [key, value] of Object.entries(secret.data ?? {})) {
    errors.invalidEach(at.key(key), key, checkConfigMapKey(key));
    bytes += bytesOfBase64(value);
  }
  if (bytes > maxDataBytes) errors.tooLong(at, maxDataBytes);
  validateType(secret, errors);
}

function validateType({ type = '', data = {}, metadata }: Secret, errors: FieldErrors): void {
  const has = (key: string) => Object.hasOwn(data, key);
  const require = (...keys: readonly string[]) => keys.filter((key) => !has(key)).forEach((key) => errors.required(at.key(key)));
  switch (type) {
    case 'kubernetes.io/service-account-token':
      if (!metadata.annotations?.[accountAnnotation]) errors.required(root('metadata', 'annotations').key(accountAnnotation));
      return;
    case 'kubernetes.io/dockercfg':
      return validateJson('.dockercfg', data, errors);
    case 'kubernetes.io/dockerconfigjson':
      return validateJson('.dockerconfigjson', data, errors);
    case 'kubernetes.io/basic-auth':
      if (!has('username') && !has('password')) require('username', 'password');
      return;
    case 'kubernetes.io/ssh-auth':
      if (!data['ssh-privatekey']) errors.required(at.key('ssh-privatekey'));
      return;
    case 'kubernetes.io/tls':
      return require('tls.crt', 'tls.key');
  }
}

function validateJson(key: string, data: NonNullable<Secret['data']>, errors: FieldErrors): void {
  if (!Object.hasOwn(data, key)) return errors.required(at.key(key));
  const problem = jsonProblem(textOf(data[key]));
  if (problem) errors.invalid(at.key(key), '<secret contents redacted>', problem);
  return undefined;
}

/** What Go says to a text that is no JSON object; `null` is one for it. */
function jsonProblem(text: string): string | undefined {
  const parsed = parseJson(text);
  if ('error' in parsed) return parsed.error;
  const { value } = parsed;
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'number';
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}

function textOf(base64: string | null | undefined): string {
  const decoded = decodeBase64(base64 ?? '');
  if ('error' in decoded) return '';
  // What is not UTF-8 is read byte by byte, as Go does.
  return decodeUtf8(decoded.bytes) ?? String.fromCharCode(...decoded.bytes);
}
