// kubectl run: one pod.
import { command, type Outcome } from '../command.ts';
import { flag, list, text } from '../flags.ts';
import { problem } from '../problem.ts';
import { resultFlags } from '../results.ts';
import { ManifestFile } from '../../manifest/manifest-file.ts';
import { isMap } from '../../cluster/registry/patch/json.ts';
import { mergePatch } from '../../cluster/registry/patch/merge-patch.ts';
import { createMade, type Made } from './generators.ts';

const flags = {
  image: text(),
  port: text(),
  labels: list('l'),
  env: list(undefined, false),
  restart: text(undefined, 'Always'),
  command: flag(),
  overrides: text(),
  'image-pull-policy': text(),
  ...resultFlags,
} as const;

export const run = command(flags, (session, { flags, words, wordsBeforeDash }): Outcome => {
  const [names, line] = [words.slice(0, wordsBeforeDash), words.slice(wordsBeforeDash)];
  const name = names[0];
  if (!name) return problem("NAME is required for run\nSee 'kubectl run -h' for help and examples");
  if (flags.image === '') return problem('required flag(s) "image" not set');
  if (!['Always', 'OnFailure', 'Never'].includes(flags.restart))
    return problem(`invalid restart policy: ${flags.restart}\nSee 'kubectl run -h' for help and examples`);
  const labels = flags.labels.length === 0 ? { run: name } : Object.fromEntries(flags.labels.map((label) => label.split('=', 2) as [string, string]));
  const all = [...names.slice(1), ...line];
  const container = {
    image: flags.image,
    name,
    ...(flags['image-pull-policy'] !== '' && { imagePullPolicy: flags['image-pull-policy'] }),
    ...(flags.env.length > 0 && { env: flags.env.map((pair) => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1) })) }),
    ...(flags.port !== '' && { ports: [{ containerPort: Number(flags.port) }] }),
    ...(all.length > 0 && (flags.command ? { command: all } : { args: all })),
    resources: {},
  };
  const made: Made = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.restart },
    status: {},
  };
  const overrides = flags.overrides === '' ? {} : ManifestFile.read(flags.overrides).documents[0]?.document.value;
  if (!isMap(overrides)) return problem('Invalid JSON Patch in --overrides');
  // --overrides is a merge patch.
  return createMade(mergePatch(made, overrides) as Made, flags, session, { manager: 'kubectl-run' });
});
