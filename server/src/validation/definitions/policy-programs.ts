// The expressions of an admission policy, compiled once.
import type { ValidatingAdmissionPolicy } from '../../schema/generated/types.ts';
import { compile, type Program } from '../cel/program.ts';
import { bool, dyn, fits, string, typeText, type CelType } from '../cel/types.ts';

/** What expressions of policies may speak of. All of it is looked at when it is there, so it has no type before. */
const variables: ReadonlyMap<string, CelType> = new Map(
  ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables', 'authorizer'].map((name) => [name, dyn]),
);

export type Compiled = Program | { readonly error: string };

export interface PolicyPrograms {
  readonly conditions: readonly Compiled[];
  readonly variables: readonly Compiled[];
  readonly validations: readonly { readonly expression: Compiled; readonly message?: Compiled }[];
  readonly annotations: readonly Compiled[];
}

type Spec = ValidatingAdmissionPolicy['spec'];

const known = new WeakMap<Spec, PolicyPrograms>();

export function programsOf(spec: Spec): PolicyPrograms {
  let programs = known.get(spec);
  if (!programs) {
    const { matchConditions = [], validations = [], variables: named = [], auditAnnotations = [] } = spec;
    programs = {
      conditions: matchConditions.map(({ expression }) => of(expression, bool)),
      variables: named.map(({ expression }) => of(expression)),
      validations: validations.map(({ expression, messageExpression }) => ({
        expression: of(expression, bool),
        ...(messageExpression && { message: of(messageExpression, string) }),
      })),
      annotations: auditAnnotations.map(({ valueExpression }) => of(valueExpression)),
    };
    known.set(spec, programs);
  }
  return programs;
}

function of(expression: string, wanted?: CelType): Compiled {
  const program = compile(expression, variables);
  if ('error' in program) return { error: `compilation failed: ${program.error}` };
  if (wanted && !fits(wanted, program.type, new Map())) return { error: `must evaluate to ${typeText(wanted)}` };
  return program;
}
