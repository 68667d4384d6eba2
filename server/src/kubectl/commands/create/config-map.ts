import { encodeBase64 } from '../../../kube/base64.ts';
import { decodeUtf8 } from '../../../kube/utf8.ts';
import { command, type Outcome } from '../../command.ts';
import { flag } from '../../flags.ts';
import { isProblem } from '../../problem.ts';
import { dataFlags, dataOf, type Data } from './data-sources.ts';
import { configMapHash } from './hash.ts';
import { createMade, makeFlags, oneName, type Made } from './made.ts';

const flags = { ...dataFlags, 'append-hash': flag(), ...makeFlags } as const;

export const createConfigMap = command(flags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create configmap');
  if (isProblem(name)) return name;
  const data = dataOf(flags, { what: 'ConfigMap', name }, session.environment.files);
  if (isProblem(data)) return data;
  const made = configMapOf(name, data);
  const hashed = flags['append-hash'] ? { ...made, metadata: { name: `${name}-${configMapHash(made)}` } } : made;
  return createMade(hashed, flags, session, { failed: 'failed to create configmap: ' });
});

/** Values that are text go to data, others to binaryData. */
export function configMapOf(name: string, data: Data): Made {
  const entries = [...data].map(([key, bytes]) => ({ key, bytes, text: decodeUtf8(bytes) }));
  const texts = entries.filter(({ text }) => text !== undefined).map(({ key, text }) => [key, text] as const);
  const binaries = entries.filter(({ text }) => text === undefined).map(({ key, bytes }) => [key, encodeBase64(bytes)] as const);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    ...(texts.length > 0 && { data: Object.fromEntries(texts) }),
    ...(binaries.length > 0 && { binaryData: Object.fromEntries(binaries) }),
  };
}
