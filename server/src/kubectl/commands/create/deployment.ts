import { command, type Outcome } from '../../command.ts';
import { list, number } from '../../flags.ts';
import { isProblem, problem } from '../../problem.ts';
import { createMade, makeFlags, missingFlags, oneName } from './made.ts';

const flags = { image: list(), replicas: number(1, 'r'), port: number(-1), ...makeFlags } as const;

export const createDeployment = command(flags, (session, { flags, given, words, wordsBeforeDash }): Outcome => {
  const commandLine = words.slice(wordsBeforeDash);
  const missing = missingFlags(given, 'image');
  if (missing) return missing;
  const name = oneName(words.slice(0, wordsBeforeDash), 'create deployment');
  if (isProblem(name)) return name;
  if (flags.image.length > 1 && commandLine.length > 0) return problem('cannot specify multiple --image options and command');
  if (flags.port > 65_535) return problem(`--port must be a number between 1 and 65535.`);
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
  return createMade(made, flags, session, { failed: 'failed to create deployment: ' });
});

/** 'registry/team/nginx:1.27@sha256:…' → 'nginx', without what a name may not have. */
function containerName(image: string): string {
  const last = image.split('/').at(-1)!.split(/[:@]/)[0]!;
  return last
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+|-+$/g, '');
}
