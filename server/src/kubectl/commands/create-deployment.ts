import { command, type Outcome } from '../command.ts';
import { list, number } from '../flags.ts';
import { problem } from '../problem.ts';
import { resultFlags } from '../results.ts';
import { createMade } from './generators.ts';

const flags = { image: list(undefined, false), replicas: number(1, 'r'), port: number(-1), ...resultFlags } as const;

export const createDeployment = command(flags, (session, { flags, given, words, wordsBeforeDash }): Outcome => {
  const [names, commandLine] = [words.slice(0, wordsBeforeDash), words.slice(wordsBeforeDash)];
  if (!given.has('image')) return problem('required flag(s) "image" not set');
  const [name, ...more] = names;
  if (!name || more.length > 0) return problem(`exactly one NAME is required, got ${names.length}\nSee 'kubectl create deployment -h' for help and examples`);
  if (flags.image.length > 1 && commandLine.length > 0) return problem('cannot specify multiple --image options and command');
  const labels = { app: name };
  const containers = flags.image.map((image) => ({
    image,
    name: containerName(image),
    ...(flags.port >= 0 && { ports: [{ containerPort: flags.port }] }),
    ...(commandLine.length > 0 && { command: commandLine }),
    resources: {},
  }));
  const made = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: { replicas: flags.replicas, selector: { matchLabels: labels }, strategy: {}, template: { metadata: { labels }, spec: { containers } } },
    status: {},
  };
  return createMade(made, flags, session, {
    manager: 'kubectl-create',
    failed: (cause) => problem(`failed to create deployment: ${cause.status?.message ?? cause.amongOthers}`),
  });
});

/** 'registry/team/nginx:1.27@sha256:…' → 'nginx', without what a name may not have. */
function containerName(image: string): string {
  const last = image.split('/').at(-1)!.split(/[:@]/)[0]!;
  return last
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+|-+$/g, '');
}
