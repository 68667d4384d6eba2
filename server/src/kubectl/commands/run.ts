// kubectl run: one pod.
import { command, type Outcome } from '../command.ts';
import { flag, list, text } from '../flags.ts';
import { isProblem, problem, usageProblem } from '../problem.ts';
import { createMade, makeFlags, missingFlags, type Made } from './create/made.ts';
import { overridden } from './overrides.ts';

const flags = {
  image: text(),
  port: text(),
  labels: text('l'),
  env: list(undefined, false),
  annotations: list(undefined, false),
  restart: text(undefined, 'Always'),
  command: flag(),
  overrides: text(),
  'override-type': text(undefined, 'merge'),
  'image-pull-policy': text(),
  expose: flag(),
  privileged: flag(),
  rm: flag(),
  stdin: flag(false, 'i'),
  tty: flag(false, 't'),
  attach: flag(),
  quiet: flag(false, 'q'),
  'pod-running-timeout': text(undefined, '1m0s'),
  ...makeFlags,
  'field-manager': text(undefined, 'kubectl-run'),
} as const;

export const run = command(flags, (session, { flags, given, words, wordsBeforeDash }): Outcome => {
  const missing = missingFlags(given, 'image');
  if (missing) return missing;
  const [name, ...more] = words.slice(0, wordsBeforeDash);
  if (!name) return usageProblem('NAME is required for run', 'run');
  if (flags.image === '') return problem('--image is required');
  if (/[\s]|^[^\w]/.test(flags.image)) return problem(`Invalid image name "${flags.image}": invalid reference format`);
  if (!['Always', 'OnFailure', 'Never'].includes(flags.restart)) return usageProblem(`invalid restart policy: ${flags.restart}`, 'run');
  if (flags.expose && flags.port === '') return usageProblem('--port must be set when exposing a service', 'run');
  const attached = flags.attach || flags.stdin || flags.tty;
  if (flags.rm && !attached) return usageProblem('--rm should only be used for attached containers', 'run');
  if (attached && flags['dry-run'] !== 'none')
    return usageProblem("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)", 'run');
  const wrong = pairsProblem(flags.env, flags.labels);
  if (wrong) return wrong;
  const all = [...more, ...words.slice(wordsBeforeDash)];
  const container = {
    image: flags.image,
    name,
    ...(flags['image-pull-policy'] !== '' && { imagePullPolicy: flags['image-pull-policy'] }),
    ...(flags.env.length > 0 && { env: flags.env.map((pair) => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1) })) }),
    ...(flags.port !== '' && { ports: [{ containerPort: Number(flags.port) }] }),
    ...(all.length > 0 && (flags.command ? { command: all } : { args: all })),
    ...(flags.stdin && { stdin: true, stdinOnce: true }),
    ...(flags.tty && { tty: true }),
    ...(flags.privileged && { securityContext: { privileged: true } }),
    resources: {},
  };
  const made: Made = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labelsOf(flags.labels, name), ...(flags.annotations.length > 0 && { annotations: mapOf(flags.annotations) }) },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.restart },
    status: {},
  };
  const pod = overridden(made, flags);
  if (isProblem(pod)) return pod;
  if (!flags.expose) return createMade(pod, flags, session);
  const refused = createMade(serviceOf(made, flags.port), flags, session);
  // One line more than the printer of several documents writes by itself.
  if (flags.output === 'yaml') session.environment.stdout('---\n');
  return createMade(pod, flags, session) ?? refused;
});

function serviceOf({ metadata }: Made, port: string): Made {
  const ports = [{ port: Number(port), targetPort: Number(port), protocol: 'TCP' }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: metadata.name },
    spec: { ports, selector: metadata.labels },
    status: { loadBalancer: {} },
  };
}

function pairsProblem(env: readonly string[], labels: string) {
  const bad = env.find((pair) => !/^[^=]+=/.test(pair));
  if (bad !== undefined) return problem(`invalid env: ${bad}`);
  const label = labels === '' ? undefined : labels.split(',').find((pair) => !/^[^=]+=/.test(pair));
  return label === undefined ? undefined : problem(`unexpected label spec: ${label}`);
}

const labelsOf = (labels: string, name: string) => (labels === '' ? { run: name } : mapOf(labels.split(',')));

const mapOf = (pairs: readonly string[]) => Object.fromEntries(pairs.map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]));
