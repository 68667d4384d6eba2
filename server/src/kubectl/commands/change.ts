// What commands share that change one part of objects: read, change a copy, send the difference, say what happened.
import type { KubeObject } from '../../kube/object.ts';
import { isEmpty } from '../patch/merge-patch.ts';
import { twoWayPatch } from '../patch/two-way-patch.ts';
import { isProblem, type Problem } from '../problem.ts';
import { dryRunOf, printResult, writeOptions, type ResultFlags } from '../results.ts';
import type { Session } from '../session.ts';
import type { Found } from '../targets.ts';

export interface ChangeOptions {
  /** Of the request: 'kubectl-set'. */
  readonly manager: string;
  /** 'image updated' */
  readonly operation: string;
  /** Print it also when there was nothing to change; else nothing is said. */
  readonly sayAlways?: boolean;
}

/** Sends the difference between an object and its changed copy as a strategic merge patch. */
export function sendChange(
  found: Found,
  changed: KubeObject,
  flags: ResultFlags & { readonly local?: boolean },
  session: Session,
  options: ChangeOptions,
): Problem | undefined {
  const { kind, namespace, name, object } = found;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  if (dryRun === 'client' || flags.local) return printResult(session, kind, changed, options.operation, flags);
  const patch = twoWayPatch(object, changed, kind.type);
  if (isProblem(patch)) return patch;
  if (isEmpty(patch)) return options.sayAlways ? printResult(session, kind, object, options.operation, flags) : undefined;
  const patched = session.patch(kind, namespace, name, { type: 'strategic', body: patch }, writeOptions(options.manager, dryRun));
  if (isProblem(patched)) return patched;
  return printResult(session, kind, patched, options.operation, flags);
}
