// kubectl cordon and uncordon: whether new pods may come to a node.
import type { Node } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { command, type Command, type Outcome } from '../../command.ts';
import { text } from '../../flags.ts';
import { isProblem, problem, together, usageProblem, type Problem } from '../../problem.ts';
import { dryRunOf, type DryRun } from '../../results.ts';
import type { Session } from '../../session.ts';

const flags = { selector: text('l'), 'dry-run': text(undefined, 'none', 'unchanged') } as const;

export const cordon = cordonCommand('cordon', true);
export const uncordon = cordonCommand('uncordon', false);

function cordonCommand(name: 'cordon' | 'uncordon', unschedulable: boolean): Command {
  return command(flags, (session, { flags, words }): Outcome => {
    const dryRun = dryRunOf(flags);
    if (isProblem(dryRun)) return dryRun;
    const nodes = nodesNamed(words, flags.selector, name, session);
    if (isProblem(nodes)) return nodes;
    mark(nodes.found, unschedulable, dryRun, session);
    return nodes.problem;
  });
}

export interface NamedNodes {
  readonly found: readonly Node[];
  /** Of those that cannot be found. */
  readonly problem: Problem | undefined;
}

/** The nodes of a command line: 'node-1', 'node/node-2', or a selector. */
export function nodesNamed(words: readonly string[], selector: string, name: string, session: Session): NamedNodes | Problem {
  const kind = kindOf('v1', 'Node')!;
  if (words.length === 0 && selector === '') return usageProblem(`USAGE: ${name} NODE [flags]`, name);
  if (words.length > 0 && selector !== '') return usageProblem('error: cannot specify both a node name and a --selector option', name);
  if (selector !== '') {
    const list = session.list(kind, undefined, { labelSelector: selector });
    return isProblem(list) ? list : { found: list.items as readonly Node[], problem: undefined };
  }
  const found: Node[] = [];
  const problems: Problem[] = [];
  for (const word of words) {
    const [type, node] = word.includes('/') ? word.split('/', 2) : ['node', word];
    if (!['node', 'nodes', 'no'].includes(type!)) return problem(`error: expected resource of type node, got ${type}`);
    const object = session.get(kind, undefined, node!);
    if (isProblem(object)) problems.push(object);
    else found.push(object as Node);
  }
  return { found, problem: together(problems) };
}

/** Says of each node 'node/node-1 cordoned', or that it was so already. */
export function mark(nodes: readonly Node[], unschedulable: boolean, dryRun: DryRun, session: Session): void {
  const done = unschedulable ? 'cordoned' : 'uncordoned';
  const suffix = dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : '';
  for (const node of nodes) {
    const already = (node.spec?.unschedulable ?? false) === unschedulable;
    if (!already && dryRun !== 'client') {
      const body = { spec: { unschedulable: unschedulable || null } };
      const options = { fieldManager: 'kubectl', ...(dryRun === 'server' && { dryRun: true }) };
      const patched = session.patch(kindOf('v1', 'Node')!, undefined, node.metadata.name, { type: 'strategic', body }, options);
      if (isProblem(patched)) {
        const verb = unschedulable ? 'cordon' : 'uncordon';
        session.environment.stderr(`error: unable to ${verb} node "${node.metadata.name}": ${patched.status?.message ?? patched.amongOthers}\n`);
        continue;
      }
    }
    session.print(`node/${node.metadata.name} ${already ? 'already ' : ''}${done}${suffix}`);
  }
}
