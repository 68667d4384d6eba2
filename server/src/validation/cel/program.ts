// An expression that was read and checked, ready to run.
import { checkTypes, type Variables } from './check.ts';
import { evaluate, type Budget, type Result, type Scope } from './evaluate.ts';
import { issueText, partsOf, type Expression } from './expression.ts';
import { parse } from './parse.ts';
import type { CelType } from './types.ts';

/** What one call may cost; the server's own number, in our steps. */
const callLimit = 1_000_000;

export interface Program {
  readonly text: string;
  readonly type: CelType;
  /** The names of variables that it uses. */
  readonly uses: ReadonlySet<string>;
  /** Takes what it spends from `budget`. */
  run(scope: Scope, budget: Budget): Result;
}

/** `error`: 'ERROR: <input>:1:6: undefined field …', one under the other. */
export function compile(text: string, variables: Variables): Program | { readonly error: string } {
  const parsed = parse(text);
  if ('issue' in parsed) return { error: issueText(text, parsed.issue) };
  const { expression } = parsed;
  const { type, issues } = checkTypes(expression, variables);
  if (issues.length > 0) return { error: issues.map((issue) => issueText(text, issue)).join('\n') };
  return {
    text,
    type,
    uses: namesIn(expression),
    run(scope, budget) {
      const own = { left: Math.min(callLimit, budget.left) };
      const before = own.left;
      const result = evaluate(expression, scope, own);
      budget.left -= before - Math.max(0, own.left);
      return result;
    },
  };
}

function namesIn(expression: Expression, found: Set<string> = new Set()): ReadonlySet<string> {
  if (expression.is === 'name') found.add(expression.name);
  for (const part of partsOf(expression)) namesIn(part, found);
  return found;
}
