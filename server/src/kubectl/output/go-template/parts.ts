// The text of a template as text and actions in turn. `{{- ` and ` -}}` take the blanks around them away.

/** What is wrong with a template. Thrown inside parseGoTemplate only. */
export class SyntaxProblem extends Error {}

export type Part = { readonly text: string } | { readonly action: string; readonly line: number };

/** Text and actions in turn. Quotes inside an action may hold what would end it. */
export function split(text: string): readonly Part[] {
  const parts: Part[] = [];
  let line = 1;
  let trimNext = false;
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('{{', at);
    let plain = text.slice(at, start < 0 ? undefined : start);
    line += count(plain);
    if (trimNext) plain = plain.trimStart();
    trimNext = false;
    if (start < 0) {
      parts.push({ text: plain });
      break;
    }
    const trimBefore = /^\{\{-[ \t\r\n]/.test(text.slice(start, start + 4));
    parts.push({ text: trimBefore ? plain.trimEnd() : plain });
    const inner = start + (trimBefore ? 3 : 2);
    const end = endOfAction(text, inner);
    if (end < 0) fail(line, 'unclosed action');
    let action = text.slice(inner, end);
    const comment = /^\s*\/\*[\s\S]*\*\/\s*-?$/.test(action);
    if (/[ \t\r\n]-$/.test(action) || (comment && action.endsWith('-'))) {
      trimNext = true;
      action = action.slice(0, -1);
    }
    if (!comment) parts.push({ action: action.trim(), line });
    line += count(action);
    at = end + 2;
  }
  return parts;
}

const count = (text: string) => text.split('\n').length - 1;

function endOfAction(text: string, from: number): number {
  const comment = /^\s*\/\*/.test(text.slice(from)) ? text.indexOf('*/', from) : -1;
  let quote = '';
  for (let at = comment < 0 ? from : comment; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\' && quote !== '`') at++;
      else if (character === quote) quote = '';
    } else if (/["'`]/.test(character)) quote = character;
    else if (text.startsWith('}}', at)) return at;
  }
  return -1;
}

export function fail(line: number, message: string): never {
  throw new SyntaxProblem(`template: output:${line}: ${message}`);
}
