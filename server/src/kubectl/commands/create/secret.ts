// kubectl create secret generic, tls and docker-registry.
import { encodeBase64 } from '../../../kube/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kube/utf8.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { readBytes } from '../../read-bytes.ts';
import type { Session } from '../../session.ts';
import { dataFlags, dataOf, type Data } from './data-sources.ts';
import { secretHash } from './hash.ts';
import { createMade, makeFlags, missingFlags, oneName, type Made, type MakeFlags } from './made.ts';
import { pemProblem } from './pem.ts';

const common = { 'append-hash': flag(), ...makeFlags } as const;

const genericFlags = { type: text(), ...dataFlags, ...common } as const;

export const createSecretGeneric = command(genericFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create secret generic');
  if (isProblem(name)) return name;
  const data = dataOf(flags, { what: 'Secret', name }, session.environment.files);
  return isProblem(data) ? data : createSecret(secretOf(name, data, flags.type), flags, session, 'failed to create secret ');
});

const tlsFlags = { cert: text(), key: text(), ...common } as const;

export const createSecretTls = command(tlsFlags, (session, { flags, given, words }): Outcome => {
  const missing = missingFlags(given, 'cert', 'key');
  if (missing) return missing;
  const name = oneName(words, 'create secret tls');
  if (isProblem(name)) return name;
  const { files } = session.environment;
  const [certificate, key] = [readBytes(files, flags.cert), readBytes(files, flags.key)];
  if ('error' in certificate) return problem(`Cannot read file ${flags.cert}, open ${flags.cert}: ${certificate.error}`);
  if ('error' in key) return problem(`Cannot read file ${flags.key}, open ${flags.key}: ${key.error}`);
  const wrong = pemProblem(decodeUtf8(certificate.bytes) ?? '', decodeUtf8(key.bytes) ?? '');
  if (wrong !== undefined) return problem(wrong);
  const data = new Map([
    ['tls.crt', certificate.bytes],
    ['tls.key', key.bytes],
  ]);
  return createSecret(secretOf(name, data, 'kubernetes.io/tls'), flags, session, 'failed to create secret ');
});

const registryFlags = {
  'docker-server': text(undefined, 'https://index.docker.io/v1/'),
  'docker-username': text(),
  'docker-password': text(),
  'docker-email': text(),
  'from-file': list(undefined, false),
  ...common,
} as const;

export const createSecretDockerRegistry = command(registryFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create secret docker-registry');
  if (isProblem(name)) return name;
  const data = registryData(flags, name, session);
  return isProblem(data) ? data : createSecret(secretOf(name, data, 'kubernetes.io/dockerconfigjson'), flags, session, 'failed to create secret ');
});

function registryData(
  flags: Readonly<Record<'docker-server' | 'docker-username' | 'docker-password' | 'docker-email', string>> & { 'from-file': readonly string[] },
  name: string,
  session: Session,
): Data | Problem {
  if (flags['from-file'].length > 0)
    return dataOf({ 'from-file': flags['from-file'], 'from-literal': [], 'from-env-file': [] }, { what: 'Secret', name }, session.environment.files);
  const { 'docker-server': server, 'docker-username': username, 'docker-password': password, 'docker-email': email } = flags;
  if (username === '' || password === '' || server === '')
    return problem('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required');
  const auth = encodeBase64(encodeUtf8(`${username}:${password}`));
  const account = { username, password, ...(email !== '' && { email }), auth };
  return new Map([['.dockerconfigjson', encodeUtf8(JSON.stringify({ auths: { [server]: account } }))]]);
}

/** `type` '' leaves the choice to the server. */
export const secretOf = (name: string, data: Data, type: string): Made => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  ...(type !== '' && { type }),
  ...(data.size > 0 && { data: Object.fromEntries([...data].map(([key, bytes]) => [key, encodeBase64(bytes)])) }),
});

function createSecret(made: Made, flags: MakeFlags & { 'append-hash': boolean }, session: Session, failed: string): Problem | undefined {
  const hashed = flags['append-hash'] ? { ...made, metadata: { name: `${made.metadata.name}-${secretHash(made)}` } } : made;
  return createMade(hashed, flags, session, { failed });
}
