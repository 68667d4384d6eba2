// What a container says of itself and of time: hostname, id, ps, date, sleep and their like.
import { parseTime } from '../../../kube/time.ts';
import { momentOf } from '../calendar.ts';
import { simple, optionsOf, type Call, type CommandProgram } from './program.ts';

/** The conversions of strftime. */
function dateText(at: number, format: string): string {
  const { year, month, monthName, day, weekday, clock, ms } = momentOf(at);
  const hour = Number(clock.slice(0, 2));
  const parts: Readonly<Record<string, string>> = {
    Y: year,
    y: year.slice(2),
    m: month,
    b: monthName,
    h: monthName,
    d: day,
    e: day.replace(/^0/, ' '),
    a: weekday.slice(0, 3),
    A: weekday,
    H: clock.slice(0, 2),
    M: clock.slice(3, 5),
    S: clock.slice(6),
    I: String(hour % 12 || 12).padStart(2, '0'),
    p: hour < 12 ? 'AM' : 'PM',
    N: `${ms}000000`,
    s: String(Math.floor(at / 1_000)),
    Z: 'UTC',
    z: '+0000',
    n: '\n',
    t: '\t',
    '%': '%',
    F: `${year}-${month}-${day}`,
    T: clock,
    R: clock.slice(0, 5),
    D: `${month}/${day}/${year.slice(2)}`,
    c: `${weekday.slice(0, 3)} ${monthName} ${day.replace(/^0/, ' ')} ${clock} UTC ${year}`,
  };
  return format.replace(/%([A-Za-z%])/g, (whole, letter: string) => parts[letter] ?? whole);
}

function date({ args, machine, stdout, stderr }: Call): number {
  const { options, operands } = optionsOf(args, 'd');
  const given = options.find((option) => option.startsWith('-d'))?.slice(2);
  const at = given === undefined ? machine.now() : given.startsWith('@') ? Number(given.slice(1)) * 1_000 : (parseTime(given) ?? Number.NaN);
  if (!Number.isFinite(at) || Math.abs(at) > 8e15) {
    stderr.write(`date: invalid date '${given}'\n`);
    return 1;
  }
  const format = operands.find((operand) => operand.startsWith('+'))?.slice(1);
  const wanted = format ?? (options.some((option) => /^-I|--iso/.test(option)) ? '%F' : options.includes('-R') ? '%a, %d %b %Y %T +0000' : '%c');
  stdout.write(`${dateText(at, wanted)}\n`);
  return 0;
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const sleep: CommandProgram = function* ({ args, machine, stderr }) {
  let ms = 0;
  for (const arg of args) {
    const [, amount, unit = 's'] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(arg) ?? [];
    if (amount === undefined && arg !== 'infinity' && arg !== 'inf') {
      stderr.write(`sleep: invalid number '${arg}'\n`);
      return 1;
    }
    ms += amount === undefined ? Number.POSITIVE_INFINITY : Number(amount) * unitMs[unit || 's']!;
  }
  const until = machine.now() + ms;
  while (machine.now() < until) yield { until };
  return 0;
};

const named = (value: number) => (value === 0 ? '0(root)' : String(value));

function id({ args, machine, stdout }: Call): number {
  const { user, group, groups } = machine;
  if (args.includes('-u')) stdout.write(`${user}\n`);
  else if (args.includes('-g')) stdout.write(`${group}\n`);
  else if (args.includes('-G')) stdout.write(`${groups.join(' ')}\n`);
  else stdout.write(`uid=${named(user)} gid=${named(group)} groups=${groups.map(named).join(',')}\n`);
  return 0;
}

function ps({ args, machine, stdout, name }: Call): number {
  const own = [name, ...args].join(' ');
  const processes = [
    [1, machine.mainCommand],
    [42, own],
  ] as const;
  if (machine.image === 'busybox' || machine.image === 'alpine') {
    stdout.write(`PID   USER     TIME  COMMAND\n${processes.map(([pid, command]) => `${String(pid).padStart(5)} root      0:00 ${command}\n`).join('')}`);
  } else if (args.some((arg) => arg.includes('f') || arg.includes('x'))) {
    const time = dateText(machine.startedAt, '%R');
    stdout.write(
      `UID          PID    PPID  C STIME TTY          TIME CMD\n${processes.map(([pid, command]) => `root  ${String(pid).padStart(10)}       0  0 ${time} ?        00:00:00 ${command}\n`).join('')}`,
    );
  } else
    stdout.write(
      `    PID TTY          TIME CMD\n${processes.map(([pid, command]) => `${String(pid).padStart(7)} ?        00:00:00 ${command.split(' ')[0]}\n`).join('')}`,
    );
  return 0;
}

function uptime({ machine, stdout }: Call): number {
  const minutes = Math.floor((machine.now() - machine.startedAt) / 60_000);
  stdout.write(` ${dateText(machine.now(), '%T')} up ${minutes} min,  0 users,  load average: 0.08, 0.03, 0.01\n`);
  return 0;
}

function printenv({ args, environment, stdout }: Call): number {
  if (args.length === 0) {
    stdout.write([...environment].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  const known = args.filter((name) => environment.has(name));
  stdout.write(known.map((name) => `${environment.get(name)}\n`).join(''));
  return known.length === args.length ? 0 : 1;
}

function uname({ args, machine, stdout }: Call): number {
  stdout.write(
    args.includes('-a')
      ? `Linux ${machine.hostname} 6.8.0-64-generic #67-Ubuntu SMP x86_64 GNU/Linux\n`
      : args.includes('-n')
        ? `${machine.hostname}\n`
        : args.includes('-m')
          ? 'x86_64\n'
          : args.includes('-r')
            ? '6.8.0-64-generic\n'
            : 'Linux\n',
  );
  return 0;
}

const say = (text: (call: Call) => string): CommandProgram =>
  simple((call) => {
    call.stdout.write(text(call));
    return 0;
  });

/** For ever, as `tail -f /dev/null`. */
export function* forEver(): ReturnType<CommandProgram> {
  for (;;) yield { until: Number.POSITIVE_INFINITY };
}

export const systemCommands: Readonly<Record<string, CommandProgram>> = {
  arch: say(() => 'x86_64\n'),
  date: simple(date),
  df: say(() => 'Filesystem     1K-blocks    Used Available Use% Mounted on\noverlay         61255492 8421376  49690084  15% /\n'),
  false: simple(() => 1),
  free: say(
    () =>
      '              total        used        free      shared  buff/cache   available\nMem:        8388608     2306867     4194304        8192     1887437     5872025\nSwap:             0           0           0\n',
  ),
  groups: say(({ machine }) => `${machine.groups.map((group) => (group === 0 ? 'root' : group)).join(' ')}\n`),
  hostname: say(({ args, machine }) => `${args.includes('-i') ? (machine.network.lookup(machine.hostname)[0] ?? '127.0.0.1') : machine.hostname}\n`),
  id: simple(id),
  kill: simple(() => 0),
  logger: simple(() => 0),
  nproc: say(() => '4\n'),
  printenv: simple(printenv),
  ps: simple(ps),
  pwd: say(({ cwd }) => `${cwd}\n`),
  sleep,
  stty: simple(() => 0),
  sync: simple(() => 0),
  true: simple(() => 0),
  tty: say(() => 'not a tty\n'),
  uname: simple(uname),
  uptime: simple(uptime),
  which: simple(({ args, machine, stdout }) => {
    const found = args.map((name) => machine.files.find(name)).filter((path) => path !== undefined);
    stdout.write(found.map((path) => `${path}\n`).join(''));
    return found.length === args.length ? 0 : 1;
  }),
  whoami: simple(({ machine, stdout, stderr }) => {
    if (machine.user === 0) stdout.write('root\n');
    else stderr.write(`whoami: cannot find name for user ID ${machine.user}\n`);
    return machine.user === 0 ? 0 : 1;
  }),
};
