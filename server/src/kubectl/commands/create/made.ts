// What commands share that make an object of their flags: create deployment, run, expose, autoscale.
import { lastAppliedKey } from '../../../cluster/registry/patch/last-applied.ts';
import { goStructJson } from '../../../kube/go-json.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { decode } from '../../../schema/decode.ts';
import { kindOf, type KindInfo } from '../../../schema/kinds.ts';
import { flag, text } from '../../flags.ts';
import { isProblem, problem, usageProblem, type Problem } from '../../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions, type ResultFlags } from '../../results.ts';
import type { Session } from '../../session.ts';
import { validationOf } from '../validation.ts';

/** The flags of every generator. */
export const makeFlags = {
  ...resultFlags,
  'save-config': flag(),
  'field-manager': text(undefined, 'kubectl-create'),
  validate: text(undefined, 'strict', 'strict'),
} as const;

export interface MakeFlags extends ResultFlags {
  readonly 'save-config': boolean;
  readonly 'field-manager': string;
  readonly validate: string;
}

/** An object without what the server adds. */
export interface Made {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>>; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface CreateMadeOptions {
  /** 'created' when absent. */
  readonly operation?: string;
  /** What stands before the server's refusal: 'failed to create job'. Without it the refusal is printed as the server's. */
  readonly failed?: string;
  /** Of the request, where it is not the flag's. */
  readonly manager?: string;
}

/** Creates it, or only shows it with --dry-run=client. */
export function createMade(made: Made, flags: MakeFlags, session: Session, options: CreateMadeOptions = {}): Problem | undefined {
  const kind = kindOf(made.apiVersion, made.kind)!;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const operation = options.operation ?? 'created';
  const placed = asStruct(kind, kind.namespaced && session.namespaceGiven ? inNamespace(made, session.namespace) : made);
  const noted = flags['save-config'] ? withConfig(placed) : placed;
  if (dryRun === 'client') return printResult(session, kind, noted as unknown as KubeObject, operation, flags, true);
  const namespace = kind.namespaced ? session.namespace : undefined;
  const body = namespace === undefined ? noted : inNamespace(noted, namespace);
  const created = session.create(kind, namespace, body, {
    ...writeOptions(options.manager ?? flags['field-manager'], dryRun),
    fieldValidation: validation,
  });
  if (!isProblem(created)) return printResult(session, kind, asStruct(kind, created), operation, flags, true);
  return options.failed === undefined ? created : problem(`${options.failed}${created.status?.message ?? created.amongOthers}`);
}

/** With its fields in the order of the Go struct that the client makes. */
function asStruct<T extends Made | KubeObject>(kind: KindInfo, made: T): T {
  const read = decode(kind, made);
  return 'error' in read ? made : (read.object as unknown as T);
}

/** --save-config notes down the struct as it is. */
function withConfig(made: Made): Made {
  const annotations = { ...(made.metadata['annotations'] as object | undefined), [lastAppliedKey]: `${goStructJson(made)}\n` };
  return { ...made, metadata: { ...made.metadata, annotations } };
}

const inNamespace = (made: Made, namespace: string): Made => ({ ...made, metadata: { ...made.metadata, namespace } });

/** The one name that a generator takes. `command`: 'create role'. */
export function oneName(words: readonly string[], command: string): string | Problem {
  const [name, ...more] = words;
  return name !== undefined && more.length === 0 ? name : usageProblem(`exactly one NAME is required, got ${words.length}`, command);
}

/** Cobra's word for flags that must be there. */
export function missingFlags(given: ReadonlySet<string>, ...names: readonly string[]): Problem | undefined {
  const missing = names.filter((name) => !given.has(name));
  return missing.length === 0 ? undefined : problem(`required flag(s) ${missing.map((name) => `"${name}"`).join(', ')} not set`);
}
