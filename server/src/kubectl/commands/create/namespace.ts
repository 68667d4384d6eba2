import { command, type Outcome } from '../../command.ts';
import { isProblem } from '../../problem.ts';
import { createMade, makeFlags, oneName } from './made.ts';

export const createNamespace = command(makeFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create namespace');
  if (isProblem(name)) return name;
  return createMade({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }, flags, session);
});
