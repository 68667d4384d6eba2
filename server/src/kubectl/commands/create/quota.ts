// kubectl create quota: 'kubectl create quota q --hard=pods=2,cpu=1 --scopes=BestEffort'.
import { command, type Outcome } from '../../command.ts';
import { text } from '../../flags.ts';
import { isProblem, problem } from '../../problem.ts';
import { readAmounts } from '../amounts.ts';
import { createMade, makeFlags, oneName } from './made.ts';

const flags = { hard: text(), scopes: text(), ...makeFlags } as const;

export const createQuota = command(flags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create quota');
  if (isProblem(name)) return name;
  const hard = readAmounts(flags.hard);
  if (isProblem(hard)) return hard;
  const scopes = flags.scopes === '' ? [] : flags.scopes.split(',');
  const empty = scopes.find((scope) => scope === '');
  if (empty !== undefined) return problem('invalid resource quota scope ""');
  const made = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { ...(Object.keys(hard).length > 0 && { hard }), ...(scopes.length > 0 && { scopes }) },
    status: {},
  };
  return createMade(made, flags, session, { failed: 'failed to create quota: ' });
});
