import { parseSelector } from '../../../kube/label-selector-text.ts';
import { selectorObjectOf } from '../../selector-object.ts';
import { command, type Outcome } from '../../command.ts';
import { text } from '../../flags.ts';
import { isProblem, problem } from '../../problem.ts';
import { createMade, makeFlags, oneName } from './made.ts';

const flags = { 'min-available': text(), 'max-unavailable': text(), selector: text(), ...makeFlags } as const;

export const createPodDisruptionBudget = command(flags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create poddisruptionbudget');
  if (isProblem(name)) return name;
  const { 'min-available': least, 'max-unavailable': most } = flags;
  if (flags.selector === '') return problem('a selector must be specified');
  if (least === '' && most === '') return problem('one of min-available or max-unavailable must be specified');
  if (least !== '' && most !== '') return problem('min-available and max-unavailable cannot be both specified');
  const parsed = parseSelector(flags.selector);
  if ('error' in parsed) return problem(parsed.error);
  // One of the client's own limits: it knows no != in what it makes.
  if (parsed.selector.requirements.some(({ operator }) => operator === '!=')) return problem('"!=" is not a valid label selector operator');
  const bound = least !== '' ? { minAvailable: amountOf(least) } : { maxUnavailable: amountOf(most) };
  const made = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { ...bound, selector: selectorObjectOf(parsed.selector) },
    status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  };
  return createMade(made, flags, session, { failed: 'failed to create poddisruptionbudgets: ' });
});

/** '50%' stays a text, '2' becomes a number. */
const amountOf = (text: string) => (/^-?\d+$/.test(text) ? Number(text) : text);
