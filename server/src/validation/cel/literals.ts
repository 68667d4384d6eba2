// Texts in an expression that can be judged before it runs: patterns, times and durations (cel-go's ASTValidators).
import { compileGoRegexp } from '../../kube/go-regexp.ts';
import { partsOf, type Expression, type Issue } from './expression.ts';
import { toDuration, toTimestamp } from './library/conversions.ts';
import { CelError } from './values.ts';

const judges: Readonly<Record<string, (text: string) => boolean>> = {
  matches: (text) => !('error' in compileGoRegexp(text)),
  timestamp: (text) => succeeds(() => toTimestamp(text)),
  duration: (text) => succeeds(() => toDuration(text)),
};

export function literalIssues(expression: Expression): readonly Issue[] {
  const below = partsOf(expression).flatMap(literalIssues);
  if (expression.is !== 'call' || !Object.hasOwn(judges, expression.name)) return below;
  const text = expression.args.at(-1);
  if (text?.is !== 'literal' || typeof text.value !== 'string' || judges[expression.name]!(text.value)) return below;
  return [...below, { at: text.at, message: `invalid ${expression.name} argument` }];
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
}
