// Words into fields: parameters, command substitution, arithmetic, splitting at blanks, patterns of file names.
import { newStreams } from '../process.ts';
import type { Program, Wait } from '../pipe.ts';
import { evaluate } from './arithmetic.ts';
import { isPattern, literally, matches } from './pattern.ts';
import type { Shell } from './shell.ts';
import type { Part, Word } from './syntax.ts';

type Expansion<T> = Generator<Wait, T>;

/** Text longer than this is cut: a script cannot double itself into all memory. */
const longestField = 1024 * 1024;
const mostFields = 10_000;

/** All words, each as none, one or several fields. */
export function* expandWords(shell: Shell, words: readonly Word[]): Expansion<string[]> {
  const fields: string[] = [];
  for (const word of words) {
    for (const field of yield* expandWord(shell, word)) if (fields.length < mostFields) fields.push(field);
  }
  return fields;
}

/** `text` and, beside it, the same as a pattern: what was quoted means only itself. */
interface Field {
  text: string;
  pattern: string;
}

function* expandWord(shell: Shell, word: Word): Expansion<string[]> {
  const fields: Field[] = [];
  let current: Field | undefined;
  const add = (text: string, quoted: boolean) => {
    current ??= { text: '', pattern: '' };
    current.text = (current.text + text).slice(0, longestField);
    current.pattern += quoted ? literally(text) : text;
  };
  const close = () => {
    if (current) fields.push(current);
    current = undefined;
  };
  for (const [i, part] of word.entries()) {
    if (part.kind === 'parameter' && part.name === '@' && part.quoted && part.operator === '') {
      // "$@": one field each.
      for (const [place, value] of shell.positional.entries()) {
        if (place > 0) close();
        add(value, true);
      }
      continue;
    }
    const value = yield* expandPart(shell, part, i === 0);
    if (part.quoted || part.kind === 'text') add(value, part.quoted);
    else {
      const pieces = split(value, shell.variables.get('IFS'));
      for (const [place, piece] of pieces.entries()) {
        if (place > 0) close();
        if (piece !== '' || pieces.length === 1) {
          if (piece !== '') add(piece, false);
        }
      }
    }
  }
  close();
  return fields.slice(0, mostFields).flatMap((field) => fileNames(shell, field));
}

/** ' a  b' → ['', 'a', 'b']: what stands between separators; the first and last piece touch what is beside them. */
function split(value: string, separators = ' \t\n'): readonly string[] {
  if (separators === '') return [value];
  const escaped = separators.replace(/[\\\]^-]/g, String.raw`\$&`);
  return value.split(new RegExp(/^\s*$/.test(separators) ? `[${escaped}]+` : `[${escaped}]`));
}

function fileNames(shell: Shell, { text, pattern }: Field): readonly string[] {
  if (!isPattern(pattern.replace(/\\./g, ''))) return [text];
  const slash = pattern.lastIndexOf('/');
  const folder = pattern.slice(0, slash + 1);
  if (isPattern(folder)) return [text];
  const names = shell.machine.files.list(folder === '' ? shell.cwd : absolute(shell.cwd, folder)) ?? [];
  const found = names.filter((name) => (!name.startsWith('.') || pattern[slash + 1] === '.') && matches(pattern.slice(slash + 1), name));
  return found.length > 0 ? found.map((name) => folder + name) : [text];
}

const absolute = (cwd: string, path: string) => (path.startsWith('/') ? path : `${cwd}/${path}`);

/** A word as one text, not split: of an assignment, a redirection, a case. */
export function* expandText(shell: Shell, word: Word): Expansion<string> {
  let text = '';
  for (const [i, part] of word.entries()) text += yield* expandPart(shell, part, i === 0);
  return text.slice(0, longestField);
}

/** The same as a pattern. */
export function* expandPattern(shell: Shell, word: Word): Expansion<string> {
  let pattern = '';
  for (const [i, part] of word.entries()) {
    const text = yield* expandPart(shell, part, i === 0);
    pattern += part.quoted ? literally(text) : text;
  }
  return pattern;
}

function* expandPart(shell: Shell, part: Part, isFirst: boolean): Expansion<string> {
  switch (part.kind) {
    case 'text':
      return isFirst && !part.quoted && /^~(?:\/|$)/.test(part.text) ? `${shell.value('HOME') ?? '/root'}${part.text.slice(1)}` : part.text;
    case 'parameter':
      return yield* parameter(shell, part);
    case 'arithmetic': {
      const expression = (yield* expandText(shell, part.expression)).replace(/([A-Za-z_]\w*)(?:\+\+|--)/g, '$1');
      const value = evaluate(expression, (name) => shell.value(name) ?? '');
      if (value !== undefined) return String(value);
      shell.complain('arithmetic syntax error');
      shell.jump = { kind: 'exit', code: 2, levels: 0 };
      return '';
    }
    case 'command': {
      const inner = shell.subshell({ ...newStreams(), stdin: shell.streams.stdin, stderr: shell.streams.stderr });
      shell.status = yield* drained(inner, inner.interpreter.list(inner, part.list));
      return output(inner).replace(/\n+$/, '');
    }
  }
}

const outputs = new WeakMap<Shell, string>();
const output = (shell: Shell) => outputs.get(shell) ?? '';

/** Runs to the end and keeps what it prints: nobody else reads it. */
function* drained(shell: Shell, program: Program): Expansion<number> {
  let text = '';
  for (let step = program.next(); ; step = program.next()) {
    text = (text + shell.streams.stdout.read()).slice(0, longestField);
    outputs.set(shell, text);
    if (step.done) return step.value;
    // Nobody reads more than this: who goes on writing is told so.
    if (text.length >= longestField) shell.streams.stdout.break();
    if (!step.value.room) yield step.value;
  }
}

function* parameter(shell: Shell, { name, operator, word }: Extract<Part, { kind: 'parameter' }>): Expansion<string> {
  const value = shell.value(name);
  if (operator === 'length') return String((value ?? '').length);
  const isMissing = value === undefined || (operator.startsWith(':') && value === '');
  switch (operator.replace(':', '')) {
    case '-':
      return isMissing ? yield* expandText(shell, word!) : value;
    case '=': {
      if (!isMissing) return value;
      const given = yield* expandText(shell, word!);
      shell.variables.set(name, given);
      return given;
    }
    case '+':
      return isMissing ? '' : yield* expandText(shell, word!);
    case '?': {
      if (!isMissing) return value;
      shell.complain(`${name}: ${(yield* expandText(shell, word!)) || 'parameter not set'}`);
      shell.jump = { kind: 'exit', code: 2, levels: 0 };
      return '';
    }
    case '#':
    case '##':
    case '%':
    case '%%':
      return trimmed(value ?? '', yield* expandPattern(shell, word!), operator);
    default:
      if (value === undefined && shell.options.has('u') && !'@*'.includes(name)) {
        shell.complain(`${name}: parameter not set`);
        shell.jump = { kind: 'exit', code: 2, levels: 0 };
      }
      return value ?? '';
  }
}

/** Without the shortest (#, %) or longest (##, %%) beginning or end that matches. */
function trimmed(value: string, pattern: string, operator: string): string {
  const fromStart = operator.startsWith('#');
  const lengths = Array.from({ length: Math.min(value.length, 4_096) + 1 }, (_, i) => i);
  if (operator.length === 2) lengths.reverse();
  for (const length of lengths) {
    const piece = fromStart ? value.slice(0, length) : value.slice(value.length - length);
    if (matches(pattern, piece)) return fromStart ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}
