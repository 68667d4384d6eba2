// What can be wrong with the text of a document, before anybody asks what it describes.
import type { Span } from './text.ts';

export type ProblemCode =
  | 'syntax'
  | 'tab'
  | 'indent'
  | 'unclosed'
  | 'duplicate-key'
  | 'unknown-anchor'
  | 'anchor-cycle'
  | 'key'
  | 'tag'
  | 'number'
  | 'separator'
  | 'limit';

export interface Problem {
  readonly code: ProblemCode;
  /** In the document's own offsets. */
  readonly span: Span;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** A warning leaves the document usable; after an error its value is a guess. */
  readonly severity: 'error' | 'warning';
  /** The other place of a pair, such as the first of two equal keys. */
  readonly related?: { readonly span: Span; readonly message: string };
}

export function problem(code: ProblemCode, span: Span, message: string, advice: string, related?: Problem['related']): Problem {
  return { code, span, message, advice, severity: 'error', ...(related && { related }) };
}

export function warning(code: ProblemCode, span: Span, message: string, advice: string): Problem {
  return { code, span, message, advice, severity: 'warning' };
}

export const misaligned = (word: string): string => `"${word}" is not aligned with the lines it belongs to.`;
export const alignAdvice = 'Give it as many spaces as its neighbours at the same level have, or indent it further to put it inside the line above.';

export function missingColon(text: string, span: Span): Problem {
  return problem('syntax', span, `"${text}" lacks a colon and a value.`, `Write "${text}: value", or remove it.`);
}
