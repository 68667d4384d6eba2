import { command, type Outcome } from '../../command.ts';
import { isProblem } from '../../problem.ts';
import { createMade, makeFlags, oneName } from './made.ts';

export const createServiceAccount = command(makeFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create serviceaccount');
  if (isProblem(name)) return name;
  return createMade({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }, flags, session, { failed: 'failed to create serviceaccount: ' });
});
