import { command, type Outcome } from '../../command.ts';
import { text } from '../../flags.ts';
import { isProblem } from '../../problem.ts';
import { createMade, makeFlags, missingFlags, oneName } from './made.ts';

const flags = { image: text(), schedule: text(), restart: text(undefined, 'OnFailure'), ...makeFlags } as const;

export const createCronJob = command(flags, (session, { flags, given, words, wordsBeforeDash }): Outcome => {
  const missing = missingFlags(given, 'image', 'schedule');
  if (missing) return missing;
  const commandLine = words.slice(wordsBeforeDash);
  const name = oneName(words.slice(0, wordsBeforeDash), 'create cronjob');
  if (isProblem(name)) return name;
  const container = { name, image: flags.image, ...(commandLine.length > 0 && { command: commandLine }), resources: {} };
  const made = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule: flags.schedule,
      jobTemplate: { metadata: { name }, spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy: flags.restart } } } },
    },
    status: {},
  };
  return createMade(made, flags, session, { failed: 'failed to create cronjob: ' });
});
