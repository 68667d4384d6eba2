// Programs that make one text of another.
import { bytesToBase64, base64ToBytes } from '../bytes.ts';
import { filter, joined, linesOf, optionsOf, readFile, simple, type Call, type CommandProgram } from './program.ts';
import { forEver } from './system.ts';

/** \n, \t, \\, \0101 and their like. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:0([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/g, (whole, octal?: string, hex?: string, letter?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', '\\': '\\', '"': '"', '0': '\0' }[letter!] ?? whole;
  });

function echo({ args, stdout }: Call): number {
  const flags = args.findIndex((arg) => !/^-[neE]+$/.test(arg));
  const [options, words] = flags < 0 ? [args, []] : [args.slice(0, flags), args.slice(flags)];
  const text = words.join(' ');
  const has = (letter: string) => options.some((option) => option.includes(letter));
  stdout.write(`${has('e') ? unescaped(text) : text}${has('n') ? '' : '\n'}`);
  return 0;
}

function printf({ args: [format = '', ...values], stdout }: Call): number {
  let rest: readonly string[] = values;
  do {
    stdout.write(
      unescaped(format).replace(/%(-?0?)(\d*)(?:\.(\d+))?([sdiuxXofcb%])/g, (_, flag: string, width: string, precision: string | undefined, kind: string) => {
        if (kind === '%') return '%';
        const [value = ''] = rest;
        rest = rest.slice(1);
        const text = converted(value, kind, precision);
        return flag.startsWith('-') ? text.padEnd(Number(width)) : text.padStart(Math.min(10_000, Number(width)), flag === '0' ? '0' : ' ');
      }),
    );
  } while (rest.length > 0 && format.includes('%') && rest.length < values.length);
  return 0;
}

function converted(value: string, kind: string, precision: string | undefined): string {
  const number = Number(value) || 0;
  switch (kind) {
    case 's':
      return precision === undefined ? value : value.slice(0, Number(precision));
    case 'b':
      return unescaped(value);
    case 'c':
      return value.slice(0, 1);
    case 'f':
      return number.toFixed(Math.min(50, Number(precision ?? 6)));
    case 'x':
      return Math.trunc(number).toString(16);
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase();
    case 'o':
      return Math.trunc(number).toString(8);
    default:
      return String(Math.trunc(number));
  }
}

/** As it comes in, without waiting for the end. */
const cat: CommandProgram = function* (call) {
  const { options, operands } = optionsOf(call.args, '');
  let code = 0;
  let line = 0;
  const show = (text: string) => (options.includes('-n') ? text.replace(/^(?=[^])/gm, () => `${String(++line).padStart(6)}\t`) : text);
  for (const name of operands.length > 0 ? operands : ['-']) {
    if (name !== '-') {
      const text = readFile(call, name);
      if (text === undefined) code = 1;
      else call.stdout.write(show(text));
      continue;
    }
    while (!call.stdin.isOver) {
      if (call.stdin.isReady) call.stdout.write(show(call.stdin.read()));
      else yield { input: call.stdin };
      while (!call.stdout.hasRoom) yield { room: call.stdout };
    }
  }
  return code;
};

/** The number behind -n, or a bare one: -n 5, -n5, -5. */
const countOf = (options: readonly string[], otherwise: number): number => {
  const given = options.find((option) => /^-n?\+?\d+$/.test(option))?.replace(/^-n?/, '');
  return given === undefined ? otherwise : Number(given);
};

/** Reads no more than it shows. */
const head: CommandProgram = function* (call) {
  const { options, operands } = optionsOf(call.args, 'nc');
  const bytes = options.find((option) => option.startsWith('-c'));
  let left = bytes ? Number(bytes.slice(2)) : countOf(options, 10);
  const show = (text: string) => {
    const shown = bytes
      ? text.slice(0, left)
      : text
          .split(/(?<=\n)/)
          .slice(0, left)
          .join('');
    left -= bytes ? shown.length : shown.split('\n').length - 1;
    call.stdout.write(shown);
  };
  let code = 0;
  for (const name of operands) {
    const text = readFile(call, name);
    const whole = left;
    if (text === undefined) code = 1;
    else show(text);
    left = whole;
  }
  if (operands.length > 0) return code;
  for (; !call.stdin.isOver;) {
    if (left <= 0) break;
    const ready = bytes ? call.stdin.isReady : call.stdin.isLineReady;
    if (!ready) yield bytes ? { input: call.stdin } : { input: call.stdin, line: true };
    show(bytes ? call.stdin.read() : (call.stdin.readLine() ?? ''));
  }
  return 0;
};

const tailOf = filter((text, options) => {
  const bytes = options.find((option) => option.startsWith('-c'));
  if (bytes) return text.slice(-Number(bytes.slice(2)));
  const from = options.find((option) => option.startsWith('-n+'));
  const lines = linesOf(text);
  const count = countOf(options, 10);
  return joined(from ? lines.slice(Number(from.slice(3)) - 1) : count === 0 ? [] : lines.slice(-count));
}, 'nc');

/** -f: what the file has now, and what it is given later. */
const tail: CommandProgram = function* (call) {
  if (!call.args.some((arg) => /^-\w*[fF]/.test(arg))) return yield* tailOf(call);
  const args = call.args.flatMap((arg) => (/^-\w*[fF]/.test(arg) ? (arg.length > 2 ? [arg.replace(/[fF]/, '')] : []) : [arg]));
  const [path] = optionsOf(args, 'nc').operands;
  if (path === undefined || path === '/dev/null') return yield* forEver();
  yield* tailOf({ ...call, args });
  const { files, now } = call.machine;
  const file = files.resolve(call.cwd, path);
  const size = () => {
    const content = files.read(file);
    return 'bytes' in content ? content.bytes : '';
  };
  for (let seen = size().length; ;) {
    const until = now() + 1_000;
    while (now() < until) yield { until };
    const text = size();
    if (text.length > seen) call.stdout.write(text.slice(seen));
    seen = text.length;
  }
};

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const sort = filter((text, options) => {
  const has = (letter: string) => options.some((option) => option.includes(letter));
  const lines = [...linesOf(text)].sort(has('n') ? (a, b) => Number.parseFloat(a) - Number.parseFloat(b) || compare(a, b) : compare);
  if (has('r')) lines.reverse();
  return joined(has('u') ? [...new Set(lines)] : lines);
}, 'kt');

const uniq = filter((text, options) => {
  const groups: { line: string; count: number }[] = [];
  for (const line of linesOf(text)) {
    if (groups.at(-1)?.line === line) groups.at(-1)!.count++;
    else groups.push({ line, count: 1 });
  }
  return joined(groups.map(({ line, count }) => (options.includes('-c') ? `${String(count).padStart(7)} ${line}` : line)));
});

const cut = filter((text, options) => {
  const value = (letter: string) => options.find((option) => option.startsWith(`-${letter}`))?.slice(2);
  const separator = value('d') ?? '\t';
  const wanted = (value('f') ?? value('c') ?? '1').split(',').map((range) => range.split('-').map(Number));
  const isIn = (i: number) => wanted.some(([from = 1, to]) => i + 1 >= (from || 1) && i + 1 <= (to === undefined ? from : to || Number.POSITIVE_INFINITY));
  return joined(
    linesOf(text).map((line) =>
      value('f') === undefined
        ? [...line].filter((_, i) => isIn(i)).join('')
        : line
            .split(separator)
            .filter((_, i) => isIn(i))
            .join(separator),
    ),
  );
}, 'dfc');

const tr: CommandProgram = function* (call) {
  const remove = call.args[0] === '-d';
  const [from = '', to = ''] = call.args.filter((arg) => !/^-[dsc]+$/.test(arg)).map((set) => characters(unescaped(set)));
  while (!call.stdin.isOver) {
    if (!call.stdin.isReady) yield { input: call.stdin };
    call.stdout.write(
      [...call.stdin.read()].map((byte) => (from.includes(byte) ? (remove ? '' : (to[Math.min(from.indexOf(byte), to.length - 1)] ?? '')) : byte)).join(''),
    );
  }
  return 0;
};

const characters = (set: string): string =>
  set
    .replace('[:lower:]', 'a-z')
    .replace('[:upper:]', 'A-Z')
    .replace('[:digit:]', '0-9')
    .replace(/([^])-([^])/g, (_, a: string, b: string) =>
      Array.from({ length: Math.max(0, b.charCodeAt(0) - a.charCodeAt(0) + 1) }, (_, i) => String.fromCharCode(a.charCodeAt(0) + i)).join(''),
    );

const wc = filter((text, options) => {
  const counts = { l: text.split('\n').length - 1, w: text.split(/\s+/).filter((word) => word !== '').length, c: text.length };
  const asked = (['l', 'w', 'c'] as const).filter((letter) => options.some((option) => option.includes(letter)));
  const shown = asked.length > 0 ? asked : (['l', 'w', 'c'] as const);
  return `${shown.length === 1 ? counts[shown[0]!] : shown.map((letter) => String(counts[letter]).padStart(7)).join(' ')}\n`;
});

const base64 = filter(
  (text, options) =>
    options.some((option) => /^-[dD]|--decode/.test(option))
      ? base64ToBytes(text)
      : `${options.some((option) => option.startsWith('-w')) ? bytesToBase64(text) : bytesToBase64(text).replace(/.{76}(?=.)/g, '$&\n')}\n`,
  'w',
);

const seq = simple(({ args, stdout }) => {
  const numbers = args.filter((arg) => /^-?\d/.test(arg)).map(Number);
  const [first, step, last] =
    numbers.length === 1 ? [1, 1, numbers[0]!] : numbers.length === 2 ? [numbers[0]!, 1, numbers[1]!] : [numbers[0] ?? 1, numbers[1] || 1, numbers[2] ?? 0];
  const lines: string[] = [];
  for (let value = first; (step > 0 ? value <= last : value >= last) && lines.length < 100_000; value += step) lines.push(String(value));
  stdout.write(joined(lines));
  return 0;
});

const yes: CommandProgram = function* ({ args, stdout }) {
  for (;;) {
    while (!stdout.hasRoom) yield { room: stdout };
    stdout.write(`${args.join(' ') || 'y'}\n`.repeat(512));
    if (stdout.isBroken) return 141;
  }
};

const tee: CommandProgram = function* (call) {
  const { options, operands } = optionsOf(call.args, '');
  const paths = operands.map((name) => call.machine.files.resolve(call.cwd, name));
  if (!options.includes('-a')) for (const path of paths) call.machine.files.write(path, '', false);
  while (!call.stdin.isOver) {
    if (!call.stdin.isReady) yield { input: call.stdin };
    const text = call.stdin.read();
    call.stdout.write(text);
    for (const path of paths) call.machine.files.write(path, text, true);
  }
  return 0;
};

export const textCommands: Readonly<Record<string, CommandProgram>> = {
  base64,
  cat,
  cut,
  echo: simple(echo),
  head,
  printf: simple(printf),
  rev: filter((text) => joined(linesOf(text).map((line) => [...line].reverse().join('')))),
  seq,
  sort,
  tac: filter((text) => joined([...linesOf(text)].reverse())),
  tail,
  tee,
  tr,
  uniq,
  wc,
  yes,
};
