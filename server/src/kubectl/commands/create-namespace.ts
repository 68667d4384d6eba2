import { command, type Outcome } from '../command.ts';
import { problem } from '../problem.ts';
import { resultFlags } from '../results.ts';
import { createMade } from './generators.ts';

export const createNamespace = command(resultFlags, (session, { flags, words: [name, ...more] }): Outcome => {
  if (!name || more.length > 0)
    return problem(`exactly one NAME is required, got ${name ? more.length + 1 : 0}\nSee 'kubectl create namespace -h' for help and examples`);
  return createMade({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }, flags, session, { manager: 'kubectl-create' });
});
