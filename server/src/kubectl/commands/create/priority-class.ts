import { command, type Outcome } from '../../command.ts';
import { flag, number, text } from '../../flags.ts';
import { isProblem } from '../../problem.ts';
import { createMade, makeFlags, oneName } from './made.ts';

const flags = {
  value: number(0),
  'global-default': flag(),
  description: text(),
  'preemption-policy': text(undefined, 'PreemptLowerPriority'),
  ...makeFlags,
} as const;

export const createPriorityClass = command(flags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create priorityclass');
  if (isProblem(name)) return name;
  const made = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value: flags.value,
    ...(flags['global-default'] && { globalDefault: true }),
    ...(flags.description !== '' && { description: flags.description }),
    preemptionPolicy: flags['preemption-policy'],
  };
  return createMade(made, flags, session, { failed: 'failed to create priorityclass: ' });
});
