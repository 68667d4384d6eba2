// Programs that look for patterns: grep, sed, awk.
// Expressions are RE2's: what that does not know (references back) is taken as it stands.
import { compileGoRegexp, type GoRegexp } from '../../../kube/go-regexp.ts';
import { filter, joined, linesOf, type CommandProgram } from './program.ts';

function expression(pattern: string, options: readonly string[], name: string): GoRegexp {
  const has = (letter: string) => options.some((option) => /^-\w+$/.test(option) && option.includes(letter));
  const source = name === 'fgrep' || has('F') ? literal(pattern) : name === 'egrep' || has('E') ? pattern : basic(pattern);
  const whole = has('w') ? `\\b(?:${source})\\b` : has('x') ? `^(?:${source})$` : source;
  const wanted = [`${has('i') ? '(?i)' : ''}${whole}`, literal(pattern)].map(compileGoRegexp).find((one) => !('error' in one));
  return (wanted ?? nothing) as GoRegexp;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** For a pattern that is too large. */
const nothing = compileGoRegexp(String.raw`[^\x00-\x{10FFFF}]`);

/** A basic regular expression: \( \) \{ \} \| \+ \? are what they are without the backslash in others. */
const basic = (pattern: string): string => pattern.replace(/\\([(){}|+?])|([(){}|+?])/g, (_, escaped?: string, bare?: string) => escaped ?? `\\${bare}`);

const longestLine = 10_000;

const grep = filter((text, options, { name }) => {
  const given = options.find((option) => option.startsWith('-e'))?.slice(2) ?? options.at(-1) ?? '';
  const has = (letter: string) => options.some((option) => /^-[a-zA-Z]+$/.test(option) && option !== `-e${given}` && option.includes(letter));
  const wanted = expression(given, options.slice(0, -1), name);
  const lines = linesOf(text)
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => wanted.test(line.slice(0, longestLine)) !== has('v'));
  const code = lines.length > 0 ? 0 : 1;
  if (has('q')) return { out: '', code };
  if (has('c')) return { out: `${lines.length}\n`, code };
  const shown = lines.flatMap(({ line, number }) => {
    const texts = has('o') ? wanted.findAll(line.slice(0, longestLine), -1).filter((match) => match !== '') : [line];
    return texts.map((one) => (has('n') ? `${number}:${one}` : one));
  });
  return { out: joined(shown), code };
}, 'eABCm');

const sed = filter((text, options, { stderr }) => {
  const script = options.find((option) => option.startsWith('-e'))?.slice(2) ?? options.at(-1) ?? '';
  const silent = options.some((option) => /^-[a-zA-Z]*n/.test(option));
  const substitution = /^s(.)((?:\\.|(?!\1)[^\\])*)\1((?:\\.|(?!\1)[^\\])*)\1([gip]*)$/.exec(script);
  const lines = linesOf(text);
  if (substitution) {
    const [, , from = '', to = '', flags = ''] = substitution;
    const extended = options.includes('-E') || options.includes('-r');
    const wanted = expression(from, [...(extended ? ['-E'] : []), ...(flags.includes('i') ? ['-i'] : [])], 'sed');
    const limit = flags.includes('g') ? -1 : 1;
    return joined(lines.map((line) => wanted.replace(line.slice(0, longestLine), (groups) => filledIn(to, groups), limit)));
  }
  const range = /^(\d+)(?:,(\d+|\$))?([pdq])$/.exec(script);
  if (!range) {
    stderr.write(`sed: unsupported command: ${script}\n`);
    return { out: '', code: 1 };
  }
  const [from, to] = [Number(range[1]), range[2] === '$' ? lines.length : Number(range[2] ?? range[1])];
  const inside = (i: number) => i + 1 >= from && i + 1 <= to;
  if (range[3] === 'q') return joined(lines.slice(0, from));
  return joined(
    range[3] === 'd' ? lines.filter((_, i) => !inside(i)) : lines.flatMap((line, i) => (inside(i) ? (silent ? [line] : [line, line]) : silent ? [] : [line])),
  );
}, 'e');

/** The replacement of sed: \1 is a group, & the whole match, and a backslash takes the meaning from what follows. */
const filledIn = (to: string, groups: readonly (string | undefined)[]): string =>
  to.replace(/\\(\d)|\\(.)|&/g, (_, group: string | undefined, plain: string | undefined) => plain ?? groups[Number(group ?? 0)] ?? '');

/** The columns of lines: `{print $1}` and its like; conditions and arithmetic are not understood. */
const awk = filter((text, options, { stderr }) => {
  const separator = options.find((option) => option.startsWith('-F'))?.slice(2);
  const program = /^(?:\/((?:\\.|[^/])*)\/|NR([=><!]+)(\d+))?\s*(?:\{\s*print\s*([^}]*)\})?$/.exec((options.at(-1) ?? '').trim());
  if (!program) {
    stderr.write('awk: only /pattern/ { print … } is understood here\n');
    return { out: '', code: 2 };
  }
  const [, pattern, comparison, number, columns = ''] = program;
  const lines = linesOf(text).filter(
    (line, i) =>
      (pattern === undefined || expression(pattern, ['-E'], 'awk').test(line)) && (number === undefined || compares(i + 1, comparison!, Number(number))),
  );
  return joined(
    lines.map((line) => {
      const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
      const value = (term: string) =>
        term === '$0'
          ? line
          : term === '$NF'
            ? (fields.at(-1) ?? '')
            : term === 'NF'
              ? String(fields.length)
              : term.startsWith('$')
                ? (fields[Number(term.slice(1)) - 1] ?? '')
                : term.replace(/^"|"$/g, '');
      return columns === ''
        ? line
        : columns
            .split(',')
            .map((column) => (column.match(/"[^"]*"|\$?\w+/g) ?? []).map(value).join(''))
            .join(' ');
    }),
  );
}, 'Fv');

const compares = (a: number, operator: string, b: number) =>
  ({ '==': a === b, '!=': a !== b, '>': a > b, '<': a < b, '>=': a >= b, '<=': a <= b })[operator] ?? false;

export const matchingCommands: Readonly<Record<string, CommandProgram>> = { awk, egrep: grep, fgrep: grep, grep, sed };
