// What a changing command says about each object: 'deployment.apps/web scaled', or the object itself with -o.
import type { RequestOptions } from '../cluster/registry/request.ts';
import type { KubeObject } from '../kube/object.ts';
import type { KindInfo } from '../schema/kinds.ts';
import { text } from './flags.ts';
import { formatOf } from './output/formats.ts';
import { isProblem, problem, type Problem } from './problem.ts';
import { objectName } from './resource-names.ts';
import type { Session } from './session.ts';

export type DryRun = 'none' | 'client' | 'server';

/** The flags of commands that change something and print a result. */
export const resultFlags = { output: text('o'), 'dry-run': text(undefined, 'none', 'unchanged') } as const;

export interface ResultFlags {
  readonly output: string;
  readonly 'dry-run': string;
}

export function dryRunOf(flags: ResultFlags): DryRun | Problem {
  const value = flags['dry-run'];
  if (value === 'none' || value === 'client' || value === 'server') return value;
  return problem(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** The options of a request that a command sends under its name. */
export const writeOptions = (manager: string, dryRun: DryRun): RequestOptions => ({ fieldManager: manager, ...(dryRun === 'server' && { dryRun: true }) });

/** `operation`: 'created', 'scaled'; it is printed behind the name unless -o asks for the object. */
export function printResult(session: Session, kind: KindInfo, object: KubeObject, operation: string, flags: ResultFlags): Problem | undefined {
  const format = formatOf(flags.output);
  if (isProblem(format)) return format;
  if (!format) {
    const suffix = flags['dry-run'] === 'client' ? ' (dry run)' : flags['dry-run'] === 'server' ? ' (server dry run)' : '';
    session.print(`${objectName(kind, object.metadata.name)} ${operation}${suffix}`);
    return undefined;
  }
  const printed = format(object);
  if (isProblem(printed)) return printed;
  session.environment.stdout(printed);
  return undefined;
}
