// kubectl create token: a token of a service account, printed.
import type { KubeObject } from '../../../kube/object.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { command, type Outcome } from '../../command.ts';
import { list, text } from '../../flags.ts';
import { isProblem, problem } from '../../problem.ts';
import { printObject, resultFlags } from '../../results.ts';
import { durationOf } from '../durations.ts';
import { oneName } from './made.ts';

const flags = {
  audience: list(),
  duration: text(),
  'bound-object-kind': text(),
  'bound-object-name': text(),
  'bound-object-uid': text(),
  ...resultFlags,
} as const;

const bindable: Readonly<Record<string, string>> = { Pod: 'v1', Secret: 'v1', Node: 'v1' };

export const createToken = command(flags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create token');
  if (isProblem(name)) return name;
  if (name === '') return problem('service account name cannot be empty');
  const durationMs = flags.duration === '' ? 0 : durationOf(flags.duration, 'duration', 'create token');
  if (isProblem(durationMs)) return durationMs;
  if (durationMs < 0) return problem('--duration must be greater than or equal to 0');
  if (durationMs % 1000 !== 0) return problem('--duration cannot be expressed in units less than seconds');
  const { 'bound-object-kind': kind, 'bound-object-name': boundName, 'bound-object-uid': uid } = flags;
  if (kind !== '' && bindable[kind] === undefined) return problem(`supported --bound-object-kind values are ${Object.keys(bindable).sort().join(', ')}`);
  if (kind !== '' && boundName === '') return problem('--bound-object-name is required if --bound-object-kind is provided');
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec: {
      audiences: flags.audience,
      ...(durationMs > 0 && { expirationSeconds: durationMs / 1000 }),
      ...(kind !== '' && { boundObjectRef: { apiVersion: bindable[kind], kind, name: boundName, ...(uid !== '' && { uid }) } }),
    },
  };
  const made = session.createSubresource(kindOf('v1', 'ServiceAccount')!, session.namespace, name, 'token', body);
  if (isProblem(made)) return problem(`failed to create token: ${made.status?.message ?? made.amongOthers}`);
  if (flags.output !== '') return printObject(session, made as KubeObject, flags);
  const { token = '' } = (made as { status?: { token?: string } }).status ?? {};
  if (token === '') return problem('failed to create token: no token in server response');
  session.print(token);
  return undefined;
});
