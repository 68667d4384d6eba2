// kubectl create job: of an image, or as a CronJob would make it.
import { command, type Outcome } from '../../command.ts';
import { text } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { selectWords } from '../../targets.ts';
import type { Session } from '../../session.ts';
import type { CronJob } from '../../../schema/generated/types.ts';
import { createMade, makeFlags, oneName, type Made } from './made.ts';

const flags = { image: text(), from: text(), ...makeFlags } as const;

export const createJob = command(flags, (session, { flags, words, wordsBeforeDash }): Outcome => {
  const commandLine = words.slice(wordsBeforeDash);
  const name = oneName(words.slice(0, wordsBeforeDash), 'create job');
  if (isProblem(name)) return name;
  if ((flags.image === '') === (flags.from === '')) return problem('either --image or --from must be specified');
  if (flags.from !== '' && commandLine.length > 0) return problem('cannot specify --from and command');
  const made = flags.from === '' ? ofImage(name, flags.image, commandLine) : fromCronJob(name, flags.from, session);
  return isProblem(made) ? made : createMade(made, flags, session, { failed: 'failed to create job: ' });
});

const ofImage = (name: string, image: string, command: readonly string[]): Made => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: {
      metadata: {},
      spec: { containers: [{ name, image, ...(command.length > 0 && { command }), resources: {} }], restartPolicy: 'Never' },
    },
  },
  status: {},
});

/** `from`: 'cronjob/tick'. */
function fromCronJob(name: string, from: string, session: Session): Made | Problem {
  const selected = selectWords([from], session);
  if (isProblem(selected)) return selected;
  const [target, ...more] = selected.targets;
  if (!target || more.length > 0) return problem(`from must be an existing cronjob`);
  const object = session.get(target.kind, target.namespace, target.name);
  if (isProblem(object)) return object;
  if (object.kind !== 'CronJob') return problem(`unknown object type *${goTypeOf(object.apiVersion)}.${object.kind}`);
  const { metadata, spec } = object as CronJob;
  const template = spec.jobTemplate;
  const { labels, annotations } = template.metadata ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ...(labels && { labels }),
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true }],
    },
    spec: template.spec,
    status: {},
  };
}

/** 'apps/v1' → 'v1': Go's package of the type. */
const goTypeOf = (apiVersion: string) => apiVersion.split('/').at(-1)!;
