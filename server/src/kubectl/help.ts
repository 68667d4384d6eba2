// What the built-in client can do, in its own words.
import { kubernetesVersion } from '../schema/kinds.ts';
import type { Command } from './command.ts';
import { commandNames } from './commands.ts';
import { flagLines } from './flag-lines.ts';

/** `names`: all commands, or those of a group. */
export function overview(names: readonly string[] = commandNames): string {
  return `kubectl controls the Kubernetes cluster manager. This one is built into Drydock and speaks as v${kubernetesVersion} does.

Commands:
${names.map((name) => `  kubectl ${name}`).join('\n')}

Every command takes -n/--namespace and --context. Use "kubectl <command> --help" for its flags.
`;
}

export function helpFor(name: string, { flags }: Command): string {
  const lines = flagLines(flags);
  return `Usage:\n  kubectl ${name} [flags]\n${lines.length > 0 ? `\nFlags:\n${lines.join('\n')}\n` : ''}`;
}

/** The commands whose names are nearly what was typed, as Cobra proposes them. */
export function didYouMean(typed: string): string {
  const near = [...new Set(commandNames.map((name) => name.split(' ')[0]!))].filter(
    (name) => name.startsWith(typed.toLowerCase()) || distance(typed.toLowerCase(), name) <= 2,
  );
  return near.length === 0 ? '' : `\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
