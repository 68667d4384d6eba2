// The parser's errors in plain words, at the place a person would look. Unclosed quotes and brackets are not here: the tree builder reports them
// where they open, and what the parser says about their far end is dropped.
import type { YAMLError } from 'yaml';
import type { Problem, ProblemCode } from './problem.ts';
import { alignAdvice, misaligned, missingColon, problem } from './problem.ts';
import type { Span } from './text.ts';

interface Words {
  readonly code: ProblemCode;
  readonly message: string;
  readonly advice: string;
  readonly span?: Span;
}

/** At most one problem a line, and none of the echoes that follow the first break of a document. */
export function syntaxProblems(errors: readonly YAMLError[], text: string, found: readonly Span[]): readonly Problem[] {
  const problems: Problem[] = [];
  const lines = new Set(found.map(({ start }) => lineStart(text, start)));
  let spokenUntil = -1;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (error.pos[0] < spokenUntil || isEcho(error, problems.length + found.length > 0)) continue;
    const { code, message, advice, span = placeOf(error, text) } = wordsFor(error, text);
    spokenUntil = lineEnd(text, error.pos[0]);
    const line = lineStart(text, span.start);
    if (lines.has(line)) continue;
    lines.add(line);
    problems.push(problem(code, span, message, advice));
  }
  return problems;
}

function isEcho({ code, message }: YAMLError, isLater: boolean): boolean {
  if (message.startsWith('Missing closing') || /must be sufficiently indented and end with|^Expected flow .* to end with/.test(message)) return true;
  return isLater && code === 'UNEXPECTED_TOKEN';
}

/** The word at the error, or after it when it names the white space before. */
function placeOf({ pos: [start, end] }: YAMLError, text: string): Span {
  let from = Math.min(start, text.length);
  while (from < text.length && /\s/.test(text[from] as string)) from++;
  if (from >= text.length) from = Math.max(0, text.trimEnd().length - 1);
  const line = lineEnd(text, from);
  const word = /^[^\s:,[\]{}]+/.exec(text.slice(from, line))?.[0].length ?? 1;
  return { start: from, end: Math.min(line, Math.max(from + word, Math.min(end, line))) };
}

function wordsFor(error: YAMLError, text: string): Words {
  const place = placeOf(error, text);
  const word = text.slice(place.start, place.end);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'tab', message: 'A tab cannot indent YAML.', advice: 'Replace the tab with spaces.', span: tabsAt(text, error.pos[0]) };
    case 'BAD_INDENT':
      return { code: 'indent', message: misaligned(word), advice: alignAdvice };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        code: 'syntax',
        message: 'There is a second "key: value" in this value.',
        advice: 'Put the value in quotes if it contains ": ", or move the inner key to its own, further indented line.',
        span: valueAt(text, place.start),
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return withoutColon(text, place.start);
    case 'BAD_SCALAR_START':
      return {
        code: 'syntax',
        message: `A value cannot start with ${text[place.start]} unless it is quoted.`,
        advice: `Put it in quotes: "${word}".`,
      };
    case 'BAD_DQ_ESCAPE':
      return {
        code: 'syntax',
        message: `${text.slice(error.pos[0], error.pos[0] + 2)} is not an escape that double quotes know.`,
        advice: 'Write \\\\ for a backslash, or use single quotes, where it stands for itself.',
        span: { start: error.pos[0], end: error.pos[0] + 2 },
      };
    case 'MISSING_CHAR':
      return missing(error.message, text, place, word);
    case 'UNEXPECTED_TOKEN':
    default:
      return unexpected(error.message, word);
  }
}

function missing(message: string, text: string, place: Span, word: string): Words {
  if (message.startsWith('Implicit map keys')) return withoutColon(text, place.start);
  if (message.startsWith('Comments'))
    return { code: 'syntax', message: 'A comment needs a space before its #.', advice: 'Put a space before the #, or quote the text if the # belongs to it.' };
  if (message.startsWith('Missing directives-end') || message.startsWith('Missing directives-end/'))
    return { code: 'syntax', message: 'A % line must be followed by a line with ---.', advice: 'Add --- after it, or remove the % line.' };
  if (message.startsWith('Missing ,') || message.startsWith('Missing space after'))
    return {
      code: 'syntax',
      message: `Something is missing before "${word}".`,
      advice: 'Between brackets and braces separate the items with commas, and put a space after each colon.',
    };
  if (message.startsWith('Sequence item'))
    return { code: 'syntax', message: `"${word}" stands in a list, but does not begin with "- ".`, advice: 'Begin every item of the list with "- ".' };
  return unexpected(message, word);
}

function unexpected(message: string, word: string): Words {
  if (message.includes('block-seq-ind'))
    return { code: 'syntax', message: 'A list cannot start on the line of its key.', advice: 'Begin the list on the next line.' };
  return {
    code: 'syntax',
    message: word ? `"${word}" is not expected here.` : 'Something is missing here.',
    advice: 'The value before it is already complete. Check quotes, brackets, dashes and indentation from the line above on.',
  };
}

function tabsAt(text: string, offset: number): Span {
  let end = offset;
  while (text[end] === '\t') end++;
  return { start: offset, end: Math.max(end, offset + 1) };
}

/** From the start of a value to the end of its line. */
function valueAt(text: string, start: number): Span {
  return { start, end: start + text.slice(start, lineEnd(text, start)).trimEnd().length };
}

function withoutColon(text: string, start: number): Words {
  const span = valueAt(text, start);
  return missingColon(text.slice(span.start, span.end), span);
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
