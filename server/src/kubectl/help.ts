// What the built-in client can do, in its own words.
import { kubernetesVersion } from '../schema/kinds.ts';
import type { Command } from './command.ts';
import { commandNames } from './commands.ts';
import type { Flag } from './flags.ts';

export function overview(): string {
  return `kubectl controls the Kubernetes cluster manager. This one is built into Drydock and speaks as v${kubernetesVersion} does.

Commands:
${commandNames.map((name) => `  kubectl ${name}`).join('\n')}

Every command takes -n/--namespace and --context. Use "kubectl <command> --help" for its flags.
`;
}

export function helpFor(name: string, { flags }: Command): string {
  const lines = Object.entries(flags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([flag, definition]) => `  ${definition.short ? `-${definition.short}, ` : '    '}--${flag}${valueOf(definition)}`);
  return `Usage:\n  kubectl ${name} [flags]\n${lines.length > 0 ? `\nFlags:\n${lines.join('\n')}\n` : ''}`;
}

function valueOf(definition: Flag): string {
  if (definition.is === 'list') return '=[]';
  return definition.is === 'text' ? `='${definition.default}'` : `=${definition.default}`;
}
