// Annotations that the server reads as numbers while it decodes an object, since they were fields once.
import type { KubeObject } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';

/** What the server says of a text that is no number. */
type Problem = (text: string, error: string) => string;

const numbers: Readonly<Record<string, { readonly key: string; readonly problem: Problem; readonly mayBeEmpty: boolean }>> = {
  DaemonSet: { key: 'deprecated.daemonset.template.generation', problem: (_text, error) => error, mayBeEmpty: false },
  Deployment: {
    key: 'deprecated.deployment.rollback.to',
    problem: (text, error) => `failed to parse annotation[deprecated.deployment.rollback.to]=${text} as int64: ${error}`,
    mayBeEmpty: true,
  },
};

/** Why an object cannot be converted to the server's own form: words that stand behind `cannot be handled as a DaemonSet: `. */
export function conversionProblem({ apiVersion, kind, metadata }: KubeObject): string | undefined {
  const known = apiVersion === 'apps/v1' && Object.hasOwn(numbers, kind) ? numbers[kind] : undefined;
  const text = known && metadata.annotations?.[known.key];
  if (text === undefined || (text === '' && known?.mayBeEmpty)) return undefined;
  const error = parseProblem(text);
  return error && known?.problem(text, `strconv.ParseInt: parsing ${quote(text)}: ${error}`);
}

function parseProblem(text: string): string | undefined {
  if (!/^[-+]?\d+$/.test(text)) return 'invalid syntax';
  const value = BigInt(text.replace('+', ''));
  return value < -(1n << 63n) || value >= 1n << 63n ? 'value out of range' : undefined;
}
