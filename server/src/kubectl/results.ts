// What a changing command says about each object: 'deployment.apps/web scaled', or the object itself with -o.
import type { RequestOptions } from '../cluster/registry/request.ts';
import type { KubeObject } from '../kube/object.ts';
import type { KindInfo } from '../schema/kinds.ts';
import { flag, text } from './flags.ts';
import { formatOf, type Format, type ObjectList } from './output/formats.ts';
import { isProblem, problem, type Problem } from './problem.ts';
import { objectName } from './resource-names.ts';
import type { Session } from './session.ts';

export type DryRun = 'none' | 'client' | 'server';

/** The flags of commands that change something and print a result. */
export const printFlags = {
  output: text('o'),
  template: text(),
  'show-managed-fields': flag(),
  'allow-missing-template-keys': flag(true),
} as const;

/** … and those of commands that can be tried without effect. */
export const resultFlags = { ...printFlags, 'dry-run': text(undefined, 'none', 'unchanged') } as const;

export interface PrintFlags {
  readonly output: string;
  readonly template: string;
  readonly 'show-managed-fields': boolean;
  readonly 'allow-missing-template-keys': boolean;
}

export interface ResultFlags extends PrintFlags {
  readonly 'dry-run': string;
}

export function dryRunOf(flags: Pick<ResultFlags, 'dry-run'>): DryRun | Problem {
  const value = flags['dry-run'];
  if (value === 'none' || value === 'client' || value === 'server') return value;
  return problem(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** The options of a request that a command sends under its name. */
export const writeOptions = (manager: string, dryRun: DryRun): RequestOptions => ({ fieldManager: manager, ...(dryRun === 'server' && { dryRun: true }) });

/** `operation`: 'created', 'scaled'; it is printed behind the name unless -o asks for the object. `isTyped`: a struct, with its fields in order. */
export function printResult(session: Session, kind: KindInfo, object: KubeObject, operation: string, flags: ResultFlags, isTyped = false): Problem | undefined {
  const format = formatOfFlags(flags, session, isTyped);
  if (isProblem(format)) return format;
  if (!format) {
    const suffix = flags['dry-run'] === 'client' ? ' (dry run)' : flags['dry-run'] === 'server' ? ' (server dry run)' : '';
    session.print(`${objectName(kind, object.metadata.name)} ${operation}${suffix}`);
    return undefined;
  }
  const printed = format(object);
  if (isProblem(printed)) return printed;
  // Of several documents each but the first begins with a line.
  const isNext = session.countDocument() > 1 && flags.output === 'yaml';
  session.environment.stdout(isNext ? `---\n${printed}` : printed);
  return undefined;
}

/** The object in the format of -o. */
export function printObject(session: Session, object: KubeObject | ObjectList, flags: PrintFlags): Problem | undefined {
  const format = formatOfFlags(flags, session);
  const printed = format && !isProblem(format) ? format(object) : (format ?? '');
  if (typeof printed !== 'string') return isProblem(printed) ? printed : undefined;
  session.environment.stdout(printed);
  return undefined;
}

/** What -o, --template and their like ask for; undefined without -o. */
const formatOfFlags = (flags: PrintFlags, session: Session, isTyped = false): Format | Problem | undefined =>
  formatOf(flags.output, {
    showManagedFields: flags['show-managed-fields'],
    template: flags.template,
    allowMissingKeys: flags['allow-missing-template-keys'],
    files: session.environment.files,
    isTyped,
  });
