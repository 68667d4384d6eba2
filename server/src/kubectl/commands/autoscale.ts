// kubectl autoscale: a HorizontalPodAutoscaler for a workload.
import { command, type Outcome } from '../command.ts';
import { number, text, type Values } from '../flags.ts';
import { isProblem, problem, together, type Problem } from '../problem.ts';
import { fileFlags, resolve, type Found } from '../targets.ts';
import { createMade, makeFlags, missingFlags, type Made } from './create/made.ts';
import { canonicalQuantity } from '../../kube/quantity.ts';

const flags = {
  min: number(-1),
  max: number(-1),
  cpu: text(),
  memory: text(),
  'cpu-percent': number(-1),
  name: text(),
  ...fileFlags,
  ...makeFlags,
  'field-manager': text(undefined, 'kubectl-autoscale'),
} as const;

type AutoscaleFlags = Values<typeof flags>;

export const autoscale = command(flags, (session, { flags, given, words }): Outcome => {
  if (given.has('cpu-percent'))
    session.environment.stderr(
      "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\n",
    );
  const missing = missingFlags(given, 'max');
  if (missing) return missing;
  if (flags.max < 1) return problem(`--max=MAXPODS is required and must be at least 1, max: ${flags.max}`);
  if (flags.max < flags.min) return problem(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${flags.max}, min: ${flags.min}`);
  const metrics = metricsOf(flags);
  if (isProblem(metrics)) return metrics;
  const resolved = resolve(words, { filename: flags.filename, recursive: flags.recursive, kustomize: flags.kustomize }, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const scalable = found.kind.subresources.some(({ name }) => name === 'scale');
    const failed = scalable
      ? withoutFallback(createMade(autoscalerFor(found, flags, metrics), flags, session, { operation: 'autoscaled' }), flags)
      : problem(`cannot autoscale a ${found.kind.kind}`);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

/** What the first version cannot say is not tried again in it, and the server's refusal is lost; in the others it refuses twice alike. */
function withoutFallback(refused: Problem | undefined, { cpu, memory }: AutoscaleFlags): Problem | undefined {
  const isOld = memory === '' && (cpu === '' ? false : cpu.endsWith('%'));
  if (!refused || isOld) return refused;
  return problem(`failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${cpu === '' ? 'empty input' : '%!w(<nil>)'}`);
}

function autoscalerFor({ kind, name }: Found, flags: AutoscaleFlags, metrics: readonly object[]): Made {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: flags.name || name },
    spec: {
      maxReplicas: flags.max,
      ...(flags.min > 0 && { minReplicas: flags.min }),
      ...(metrics.length > 0 && { metrics }),
      scaleTargetRef: { apiVersion: kind.apiVersion, kind: kind.kind, name },
    },
    status: { currentMetrics: null, desiredReplicas: 0 },
  };
}

function metricsOf(flags: AutoscaleFlags): readonly object[] | Problem {
  const metrics: object[] = [];
  for (const [name, text] of [
    ['cpu', flags.cpu || (flags['cpu-percent'] >= 0 ? `${flags['cpu-percent']}%` : '')],
    ['memory', flags.memory],
  ] as const) {
    if (text === '') continue;
    const target = targetOf(text, name);
    if (isProblem(target)) return target;
    metrics.push({ type: 'Resource', resource: { name, target } });
  }
  return metrics;
}

/** '50%' is a share of the requests, '500m' an amount for each pod. */
function targetOf(text: string, name: string): object | Problem {
  const percent = /^(\d+)%?$/.exec(text);
  if (percent && (text.endsWith('%') || name === 'cpu-percent')) return { type: 'Utilization', averageUtilization: Number(percent[1]) };
  const amount = canonicalQuantity(text);
  if ('error' in amount) return problem(`invalid value for --${name}: ${text}`);
  return { type: 'AverageValue', averageValue: amount.text };
}
