// The YAML library reads a document, or a part of one that stands on lines of its own. It knows all of YAML; plain.ts is faster and knows less.
import type { CST, Document, ParsedNode, YAMLError } from 'yaml';
import { Composer, Lexer, Parser, Schema } from 'yaml';
import { buildTree } from './build-tree.ts';
import type { Limits } from './limits.ts';
import { grouped } from './limits.ts';
import type { Problem } from './problem.ts';
import { problem } from './problem.ts';
import { syntaxProblems } from './syntax.ts';
import type { Node } from './tree.ts';

export interface Read {
  /** Absent for comments or nothing, and for what breaks a limit. */
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
  readonly isTemplate: boolean;
  readonly hasAnchors: boolean;
}

// Every scalar stays text: kubectl's rules for their meaning are in scalar.ts.
const schema = new Schema({ schema: 'failsafe' });
const options = { schema, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const;

export function readWithLibrary(text: string, limits: Limits): Read {
  return readPart(text, text, 0, limits);
}

/**
 * Reads `part`, whose character at 0 stands in `text` at `shift`. Lines must keep their indentation: of the first one, what stands before the part
 * is replaced by spaces.
 */
export function readPart(part: string, text: string, shift: number, limits: Limits): Read {
  const { tokens, exceeded } = tokenize(part, limits);
  if (exceeded) return { root: undefined, problems: [moved(exceeded, shift)], isTemplate: false, hasAnchors: false };
  const documents = [...new Composer(options).compose(tokens, true, part.length)] as Document.Parsed<ParsedNode>[];
  const document = documents.find(({ contents }) => contents) ?? documents[0];
  const errors = documents.flatMap((one) => [...one.errors, ...one.warnings]).filter(isOurs);
  const contents = document?.contents && !isEmpty(document.contents, part) ? document.contents : undefined;
  const tree = contents && buildTree(contents, text, shift, limits);
  const inTree = (tree?.problems ?? []).map((one) => within(one, text));
  // A duplicate key excuses nothing else on its line.
  const found = inTree.filter(({ code }) => code !== 'duplicate-key').map(({ span }) => ({ start: span.start - shift, end: span.end - shift }));
  const inText = syntaxProblems(errors, part, found).map((one) => within(moved(one, shift), text));
  const isTemplate = tree?.isTemplate === true || (part.includes('{{') && errors.slice(0, limits.problems).some((error) => isTemplateLine(part, error.pos[0])));
  return { root: tree?.root, problems: [...inTree, ...inText], isTemplate, hasAnchors: tree?.hasAnchors ?? false };
}

function moved(found: Problem, shift: number): Problem {
  return { ...found, span: { start: found.span.start + shift, end: found.span.end + shift } };
}

/** What is missing at the very end is shown at the end. */
function within(found: Problem, { length }: string): Problem {
  const { start, end } = found.span;
  return end <= length ? found : { ...found, span: { start: Math.min(start, length), end: length } };
}

/** Unknown tags are no error: go-yaml ignores them too. Unknown directives neither. */
function isOurs({ code, name }: YAMLError): boolean {
  return name === 'YAMLParseError' && code !== 'TAG_RESOLVE_FAILED';
}

/** Stops in the middle when the text nests or counts too much: what follows would cost memory without end. */
function tokenize(text: string, limits: Limits): { tokens: CST.Token[]; exceeded?: Problem } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let left = 10 * limits.values;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > limits.depth + 2) return { tokens, exceeded: tooDeep(parser.offset, text, limits) };
    if (left-- === 0) return { tokens, exceeded: tooMany(text, limits) };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function tooDeep(offset: number, text: string, { depth }: Limits): Problem {
  const start = Math.max(0, Math.min(offset, text.length) - 1);
  return problem('limit', { start, end: start + 1 }, `Here the document is nested deeper than ${depth} levels.`, 'Make it flatter.');
}

function tooMany(text: string, { values }: Limits): Problem {
  const end = text.indexOf('\n');
  const count = grouped(values);
  return problem('limit', { start: 0, end: end < 0 ? text.length : end }, `This document has more than ${count} values.`, 'Split it into smaller documents.');
}

function isEmpty(node: ParsedNode, text: string): boolean {
  const [start, end] = node.range;
  return start === end && text.slice(start, end) === '' && !('items' in node) && !('source' in node && node.source);
}

function isTemplateLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end).includes('{{');
}
