// What commands share that make an object of their flags: create deployment, create namespace, run, expose.
import { kindOf } from '../../schema/kinds.ts';
import type { KubeObject } from '../../kube/object.ts';
import { isProblem, type Problem } from '../problem.ts';
import { dryRunOf, printResult, writeOptions, type ResultFlags } from '../results.ts';
import type { Session } from '../session.ts';

/** An object without what the server adds. */
export interface Made {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** Creates it, or only shows it with --dry-run=client. */
export function createMade(
  made: Made,
  flags: ResultFlags,
  session: Session,
  options: { readonly manager: string; readonly operation?: string; readonly failed?: (cause: Problem) => Problem },
): Problem | undefined {
  const kind = kindOf(made.apiVersion, made.kind)!;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const operation = options.operation ?? 'created';
  if (dryRun === 'client') return printResult(session, kind, made as unknown as KubeObject, operation, flags);
  const namespace = kind.namespaced ? session.namespace : undefined;
  const body = namespace === undefined ? made : { ...made, metadata: { ...made.metadata, namespace } };
  const created = session.create(kind, namespace, body, writeOptions(options.manager, dryRun));
  if (isProblem(created)) return options.failed?.(created) ?? created;
  return printResult(session, kind, created, operation, flags);
}
