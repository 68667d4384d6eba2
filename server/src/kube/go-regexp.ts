// Regular expressions as Go writes them (RE2), compiled for this engine.
// What RE2 cannot do (look-around, references back) is refused as Go refuses it; what it writes otherwise is translated.
// Weak spot: this engine goes back where RE2 never does, so a malicious pattern can be slow.

export interface GoRegexp {
  readonly expression: RegExp;
}

const maxLength = 10_000;
const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const known = new Map<string, GoRegexp | { readonly error: string }>();
const mostKnown = 1_000;

/** The expression without a `g` flag, or Go's words: 'error parsing regexp: missing closing ): `(`'. */
export function compileGoRegexp(pattern: string): GoRegexp | { readonly error: string } {
  let found = known.get(pattern);
  if (!found) {
    if (known.size >= mostKnown) known.clear();
    known.set(pattern, (found = compile(pattern)));
  }
  return found;
}

function compile(pattern: string): GoRegexp | { readonly error: string } {
  if (pattern.length > maxLength) return { error: 'error parsing regexp: expression too large' };
  const problem = goProblem(pattern);
  if (problem) return { error: `error parsing regexp: ${problem}` };
  const { body, flags } = translate(pattern);
  for (const extra of ['u', '']) {
    try {
      return { expression: new RegExp(body, flags + extra) };
    } catch {
      // Without the flag more is taken literally, as in Go.
    }
  }
  return { error: `error parsing regexp: invalid regular expression: \`${pattern}\`` };
}

function goProblem(pattern: string): string | undefined {
  const lookAround = /\(\?(?:<?[=!])/.exec(pattern);
  if (lookAround) return `invalid or unsupported Perl syntax: \`${lookAround[0].startsWith('(?<') ? '(?<' : lookAround[0]}\``;
  const open: number[] = [];
  let inClass = -1;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === '\\') {
      if (i + 1 === pattern.length) return 'trailing backslash at end of expression: ``';
      if (/[1-9]/.test(pattern[i + 1]!)) return `invalid escape sequence: \`\\${pattern[i + 1]}\``;
      i++;
    } else if (inClass >= 0) {
      if (c === '[' && pattern[i + 1] === ':') i = Math.max(i, pattern.indexOf(':]', i) + 1);
      else if (c === ']' && i > inClass + (pattern[inClass + 1] === '^' ? 2 : 1)) inClass = -1;
    } else if (c === '[') inClass = i;
    else if (c === '(') open.push(i);
    else if (c === ')' && open.pop() === undefined) return `unexpected ): \`${pattern}\``;
    else if ((c === '*' || c === '+' || c === '?') && (i === 0 || pattern[i - 1] === '|' || (pattern[i - 1] === '(' && c !== '?'))) {
      return `missing argument to repetition operator: \`${c}\``;
    }
  }
  if (inClass >= 0) return `missing closing ]: \`${pattern.slice(inClass)}\``;
  return open.length > 0 ? `missing closing ): \`${pattern}\`` : undefined;
}

function translate(pattern: string): { readonly body: string; readonly flags: string } {
  const lead = /^\(\?([imsU]+)\)/.exec(pattern);
  const body = (lead ? pattern.slice(lead[0].length) : pattern)
    .replace(/\\A/g, '(?<![\\s\\S])')
    .replace(/\\z/g, '(?![\\s\\S])')
    .replace(/\(\?P</g, '(?<')
    .replace(/\\a/g, '\\x07')
    .replace(/\\Q(.*?)(?:\\E|$)/gs, (_, text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    // The `u` flag refuses a needless backslash.
    .replace(/\\([_'"@#%&=:;<>,~` !])/g, '$1')
    .replace(/\[:(\^?)(\w+):\]/g, (whole, not: string, name: string) => (not === '' ? (classes[name] ?? whole) : whole));
  return { body, flags: lead ? lead[1]!.replace('U', '') : '' };
}
