// The built-in kubectl: one generator a command line.
//
// It yields when it can only go on once something changes; whoever runs it decides how time passes. It returns the exit code.
import type { Command, Outcome } from './command.ts';
import { commands } from './commands.ts';
import type { KubectlEnvironment, Wait } from './environment.ts';
import { parseFlags, type Flags } from './flags.ts';
import { globalFlags } from './global-flags.ts';
import { didYouMean, helpFor, overview } from './help.ts';
import { isProblem } from './problem.ts';
import { refusals } from './refusals.ts';
import { Session, type GlobalFlags } from './session.ts';

export function* kubectl(line: readonly string[], environment: KubectlEnvironment): Generator<Wait, number> {
  const found = findCommand(line);
  if ('text' in found) {
    (found.code === 0 ? environment.stdout : environment.stderr)(found.text);
    return found.code;
  }
  const { name, command, rest } = found;
  const known: Flags = { ...globalFlags, ...command.flags };
  const given = parseFlags(known, rest);
  if ('error' in given) {
    environment.stderr(`error: ${given.error}\nSee 'kubectl ${name} --help' for usage.\n`);
    return 1;
  }
  const flags = given.flags as typeof given.flags & GlobalFlags & { readonly help: boolean };
  if (flags.help) {
    environment.stdout(helpFor(name, command));
    return 0;
  }
  if (given.given.has('record')) environment.stderr('Flag --record has been deprecated, --record will be removed in the future\n');
  const commandLine = ['kubectl', name, ...given.words, ...given.spelled].join(' ');
  const session = Session.open(environment, flags, commandLine);
  if (isProblem(session)) return exitCode(session, environment);
  const outcome = command.run(session, given);
  return exitCode(isGenerator(outcome) ? yield* outcome : outcome, environment);
}

const isGenerator = (outcome: unknown): outcome is Generator<Wait, Outcome> => typeof (outcome as Generator | undefined)?.next === 'function';

function exitCode(outcome: Outcome, environment: KubectlEnvironment): number {
  if (!isProblem(outcome)) return outcome ?? 0;
  if (outcome.printed !== undefined) environment.stdout(outcome.printed);
  environment.stderr(`${outcome.alone.replace(/\n$/, '')}\n`);
  return 1;
}

type Found = { readonly name: string; readonly command: Command; readonly rest: readonly string[] } | { readonly text: string; readonly code: number };

/** 'rollout status web' → 'rollout status' and 'web'. Global flags may stand in front: 'kubectl -n x get pods'. */
function findCommand(line: readonly string[]): Found {
  const { words, others } = leadingWords(line);
  if (words.length === 0) return { text: overview(), code: 0 };
  for (const count of [3, 2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = commands.get(name);
    if (command && words.length >= count) return { name, command, rest: [...others, ...line.slice(others.length + count)] };
  }
  const refused = refusals[words[0]!];
  if (refused !== undefined) return { text: `error: kubectl ${words[0]} is not built in: ${refused}\n`, code: 1 };
  const inside = [...commands.keys()].filter((name) => name.startsWith(`${words[0]} `));
  if (inside.length > 0 && words.length === 1) return { text: overview(inside), code: 0 };
  if (inside.length > 0) return { text: `error: unknown command "${words[1]}"\nSee 'kubectl ${words[0]} -h' for help and examples\n`, code: 1 };
  return { text: `error: unknown command "${words[0]}" for "kubectl"\n${didYouMean(words[0]!)}`, code: 1 };
}

/** The first words of a line, and the global flags in front of them. */
function leadingWords(line: readonly string[]): { words: readonly string[]; others: readonly string[] } {
  let start = 0;
  while (start < line.length && line[start]!.startsWith('-') && !/^(-h|--help)$/.test(line[start]!)) start += line[start]!.includes('=') ? 1 : 2;
  const end = line.findIndex((word, i) => i >= start && word.startsWith('-'));
  return { words: line.slice(start, end < 0 ? undefined : end), others: line.slice(0, start) };
}
