// Amounts of resources on a command line: 'cpu=200m,memory=128Mi'.
import { canonicalQuantity } from '../../kube/quantity.ts';
import { problem, type Problem } from '../problem.ts';

export type Amounts = Readonly<Record<string, string>>;

export function readAmounts(spec: string): Amounts | Problem {
  const amounts: Record<string, string> = {};
  for (const part of spec === '' ? [] : spec.split(',')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (name === '' || value === '' || more.length > 0) return problem(`invalid argument syntax ${part}, expected <resource>=<value>`);
    const canonical = canonicalQuantity(value);
    if ('error' in canonical) return problem(canonical.error);
    amounts[name] = canonical.text;
  }
  return amounts;
}
