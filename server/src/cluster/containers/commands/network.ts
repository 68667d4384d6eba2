// Programs that ask others: wget, curl, nslookup, nc, ping.
import { textOf } from '../bytes.ts';
import type { HttpAnswer, NoAnswer } from '../network.ts';
import type { Wait } from '../pipe.ts';
import { optionsOf, simple, type Call, type CommandProgram } from './program.ts';

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function parseUrl(text: string): Url | undefined {
  const match = /^(?:(https?):\/\/)?([^/:?#]+|\[[^\]]*\])(?::(\d+))?([/?][^#]*)?/.exec(text);
  if (!match) return undefined;
  const [, scheme = 'http', host = '', port, path = '/'] = match;
  return { scheme, host, port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port), path: path.startsWith('/') ? path : `/${path}` };
}

/** Nobody answers there: so long a program waits before it says so. */
const unansweredMs = 5_000;

function* ask(call: Call, url: Url, method: string, body: string, agent: string, patienceMs: number): Generator<Wait, HttpAnswer | NoAnswer> {
  const { machine } = call;
  const from = machine.network.lookup(machine.hostname)[0] ?? '127.0.0.1';
  const answer = machine.network.request(url.port, { method, path: url.path, host: url.host, userAgent: agent, body, from });
  if (answer !== 'timed-out') return answer;
  const until = machine.now() + patienceMs;
  while (machine.now() < until) yield { until };
  return answer;
}

const wget: CommandProgram = function* (call) {
  const { stdout, stderr, machine, cwd } = call;
  const { options, operands } = optionsOf(unbundled(call.args, 'OTtUPY'), 'OTtUPY');
  const url = parseUrl(operands[0] ?? '');
  if (!url) {
    stderr.write('wget: missing URL\n');
    return 1;
  }
  const valueOf = (...names: readonly string[]) =>
    options.map((option) => names.find((name) => option.startsWith(name) && option !== name) && option).find(Boolean);
  const quiet = options.some((option) => option === '-q' || option === '--quiet');
  const output = options.find((option) => option.startsWith('-O'))?.slice(2);
  const patience = Number.parseFloat(valueOf('-T', '--timeout=')?.replace(/^(?:-T|--timeout=)/, '') ?? '') * 1_000 || unansweredMs;
  if (!quiet)
    stderr.write(`Connecting to ${url.host}${url.port === 80 ? '' : `:${url.port}`} (${machine.network.lookup(url.host)[0] ?? url.host}:${url.port})\n`);
  const answer = yield* ask(call, url, options.some((option) => option.startsWith('--post')) ? 'POST' : 'GET', '', 'Wget', patience);
  if (typeof answer === 'string') {
    const address = `${url.host}${url.port === 80 ? '' : `:${url.port}`} (${machine.network.lookup(url.host)[0]}:${url.port})`;
    stderr.write(
      {
        'unknown-host': `wget: bad address '${url.host}${url.port === 80 ? '' : `:${url.port}`}'\n`,
        refused: `wget: can't connect to remote host (${machine.network.lookup(url.host)[0]}): Connection refused\n`,
        'timed-out': `wget: download timed out${address === '' ? '' : ''}\n`,
      }[answer],
    );
    return 1;
  }
  if (answer.code >= 400) {
    stderr.write(`wget: server returned error: HTTP/1.1 ${answer.code} ${reasons[answer.code] ?? ''}\n`);
    return 1;
  }
  if (options.includes('--spider')) {
    if (!quiet) stderr.write('remote file exists\n');
    return 0;
  }
  if (output === '-' || output === '/dev/stdout') stdout.write(answer.body);
  else {
    const name = output ?? (url.path.slice(url.path.lastIndexOf('/') + 1) || 'index.html');
    machine.files.write(machine.files.resolve(cwd, name), answer.body, false);
    if (!quiet)
      stderr.write(
        `saving to '${name}'\n${name.padEnd(20)} 100% |********************************| ${String(answer.body.length).padStart(5)}  0:00:00 ETA\n'${name}' saved\n`,
      );
  }
  return 0;
};

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

const curlTakes = 'XdHomwAu';

const curl: CommandProgram = function* (call) {
  const { stdout, stderr, machine, cwd } = call;
  const { options, operands } = optionsOf(unbundled(call.args, curlTakes), curlTakes);
  const value = (letter: string) => options.find((option) => option.startsWith(`-${letter}`))?.slice(2);
  const has = (letter: string, long: string) => options.includes(`-${letter}`) || options.includes(long);
  const url = parseUrl(operands.find((operand) => operand !== '') ?? '');
  if (!url) {
    stderr.write('curl: (2) no URL specified\n');
    return 2;
  }
  const longTimeout = options.find((option) => option.startsWith('--max-time=') || option.startsWith('--connect-timeout='))?.replace(/^[^=]*=/, '');
  const patience = Number.parseFloat(value('m') ?? longTimeout ?? '') * 1_000 || 130_000;
  const started = machine.now();
  const method = has('I', '--head') ? 'HEAD' : (value('X') ?? (value('d') === undefined ? 'GET' : 'POST'));
  const answer = yield* ask(call, url, method, value('d') ?? '', 'curl/8.14.1', patience);
  const isSilent = has('s', '--silent') && !has('S', '--show-error');
  if (typeof answer === 'string') {
    const waited = machine.now() - started;
    const [code, text] = {
      'unknown-host': [6, `Could not resolve host: ${url.host}`],
      refused: [7, `Failed to connect to ${url.host} port ${url.port} after ${waited} ms: Could not connect to server`],
      'timed-out': [28, `Connection timed out after ${waited} milliseconds`],
    }[answer] as [number, string];
    if (!isSilent) stderr.write(`curl: (${code}) ${text}\n`);
    return code;
  }
  if (answer.code >= 400 && has('f', '--fail')) {
    if (!isSilent) stderr.write(`curl: (22) The requested URL returned error: ${answer.code}\n`);
    return 22;
  }
  const head = `HTTP/1.1 ${answer.code} ${reasons[answer.code] ?? 'OK'}\r\nContent-Type: ${answer.type}\r\nContent-Length: ${answer.body.length}\r\n\r\n`;
  const text = method === 'HEAD' ? head : has('i', '--include') ? head + answer.body : answer.body;
  const file = value('o');
  if (file === undefined) stdout.write(text);
  else if (file !== '/dev/null') machine.files.write(machine.files.resolve(cwd, file), text, false);
  const format = value('w');
  if (format !== undefined)
    stdout.write(
      format
        .replace(/%\{(?:http_code|response_code)\}/g, String(answer.code))
        .replace(/%\{[a-z_]+\}/g, '0')
        .replace(/\\n/g, '\n'),
    );
  return 0;
};

const longNames: Readonly<Record<string, string>> = {
  '--max-time': '-m',
  '--connect-timeout': '-m',
  '--data': '-d',
  '--output': '-o',
  '--write-out': '-w',
  '--request': '-X',
  '--header': '-H',
};

/** '-sS' → '-s -S', '-qO-' → '-q -O-': a letter in `takes` ends the bundle, the rest is its value. */
const unbundled = (args: readonly string[], takes: string): readonly string[] =>
  args.flatMap((arg) => {
    if (Object.hasOwn(longNames, arg)) return [longNames[arg]!];
    if (!/^-[a-zA-Z]./.test(arg)) return [arg];
    const end = [...arg].findIndex((letter, i) => i > 0 && takes.includes(letter));
    const flags = Array.from(arg.slice(1, end < 0 ? undefined : end), (letter) => `-${letter}`);
    return end < 0 ? flags : [...flags, `-${arg.slice(end)}`];
  });

function nslookup({ args, machine, stdout }: Call): number {
  const [host = ''] = args.filter((arg) => !arg.startsWith('-'));
  const addresses = machine.network.lookup(host);
  const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
  if (addresses.length === 0) {
    stdout.write(`${server}** server can't find ${host}: NXDOMAIN\n\n`);
    return 1;
  }
  stdout.write(`${server}${addresses.map((address) => `Name:\t${machine.network.fullName(host)}\nAddress: ${address}\n`).join('')}\n`);
  return 0;
}

const nc: CommandProgram = function* ({ args, machine, stderr }) {
  const [host = '', port = ''] = args.filter((arg) => /^[^-]/.test(arg)).slice(-2);
  const problem = machine.network.connect(host, Number(port));
  if (problem === 'timed-out') {
    const until = machine.now() + unansweredMs;
    while (machine.now() < until) yield { until };
  }
  const verbose = args.some((arg) => /^-[a-z]*v/.test(arg));
  if (problem === undefined) {
    if (verbose) stderr.write(`${host} (${machine.network.lookup(host)[0]}:${port}) open\n`);
    return 0;
  }
  stderr.write(
    {
      'unknown-host': `nc: bad address '${host}'\n`,
      refused: `nc: ${host} (${machine.network.lookup(host)[0]}:${port}): Connection refused\n`,
      'timed-out': `nc: ${host} (${host}:${port}): Connection timed out\n`,
    }[problem],
  );
  return 1;
};

const ping: CommandProgram = function* ({ args, machine, stdout, stderr }) {
  const { options, operands } = optionsOf(args, 'cWiw');
  const [host = ''] = operands;
  const [address] = machine.network.lookup(host);
  if (address === undefined) {
    stderr.write(`ping: bad address '${textOf(host)}'\n`);
    return 1;
  }
  const count = Math.min(10_000, Number(options.find((option) => option.startsWith('-c'))?.slice(2) ?? 10_000));
  stdout.write(`PING ${host} (${address}): 56 data bytes\n`);
  for (let i = 0; i < count; i++) {
    stdout.write(`64 bytes from ${address}: seq=${i} ttl=63 time=0.${100 + (machine.random() % 99)} ms\n`);
    if (i + 1 === count) break;
    const until = machine.now() + 1_000;
    while (machine.now() < until) yield { until };
  }
  stdout.write(`\n--- ${host} ping statistics ---\n${count} packets transmitted, ${count} packets received, 0% packet loss\n`);
  return 0;
};

export const networkCommands: Readonly<Record<string, CommandProgram>> = { wget, curl, nslookup: simple(nslookup), nc, ping };
