// The expressions of an admission policy, compiled once.
import type { ValidatingAdmissionPolicySpec } from '../../schema/generated/types.ts';
import { compile, type Program } from '../cel/program.ts';
import { bool, dyn, fits, nullType, string, typeText, type CelType } from '../cel/types.ts';

/** What expressions may speak of beside the objects and the request. */
interface Declared {
  readonly params: boolean;
  readonly authorizer: boolean;
  /** The variables of the policy that are declared before; absent when it has none. */
  readonly variables?: ReadonlyMap<string, CelType>;
}

/** All of it is looked at when it is there, so it has no type before. */
function declared({ params, authorizer, variables }: Declared): ReadonlyMap<string, CelType> {
  const names = ['object', 'oldObject', 'request', 'namespaceObject', ...(params ? ['params'] : []), ...(authorizer ? ['authorizer'] : [])];
  const all = new Map(names.map((name) => [name, dyn]));
  return variables ? all.set('variables', { is: 'object', name: 'kubernetes.variables', fields: variables }) : all;
}

export type Compiled = Program | { readonly error: string };

export interface PolicyPrograms {
  readonly conditions: readonly Compiled[];
  readonly variables: readonly Compiled[];
  readonly validations: readonly { readonly expression: Compiled; readonly message?: Compiled }[];
  readonly annotations: readonly Compiled[];
}

type Parts = 'paramKind' | 'matchConditions' | 'variables' | 'validations' | 'auditAnnotations';

/** A policy of either sort. */
type Spec = Partial<Pick<ValidatingAdmissionPolicySpec, Parts>>;

const known = new WeakMap<Spec, PolicyPrograms>();

export function programsOf(spec: Spec): PolicyPrograms {
  let programs = known.get(spec);
  if (!programs) known.set(spec, (programs = compilePolicy(spec)));
  return programs;
}

function compilePolicy({ paramKind, matchConditions = [], validations = [], variables = [], auditAnnotations = [] }: Spec): PolicyPrograms {
  const params = paramKind !== undefined;
  const types = new Map<string, CelType>();
  const compiled = variables.map(({ name, expression }) => {
    const program = of(expression, { params, authorizer: true, variables: new Map(types) });
    if (expression?.trim()) types.set(name, 'error' in program ? dyn : program.type);
    return program;
  });
  const all = { params, authorizer: true, ...(variables.length > 0 && { variables: types }) };
  return {
    conditions: matchConditions.map(({ expression }) => compileCondition(expression, params)),
    variables: compiled,
    validations: validations.map(({ expression, messageExpression }) => ({
      expression: of(expression, all, [bool]),
      ...(messageExpression && { message: of(messageExpression, { ...all, authorizer: false }, [string]) }),
    })),
    annotations: auditAnnotations.map(({ valueExpression }) => of(valueExpression, all, [string, nullType])),
  };
}

/** A condition of a webhook or a policy. It does not know the variables of the policy. */
export const compileCondition = (expression: string, params: boolean): Compiled => of(expression, { params, authorizer: true }, [bool]);

function of(expression: string, names: Declared, wanted: readonly CelType[] = []): Compiled {
  const program = compile(expression, declared(names));
  if ('error' in program) return { error: `compilation failed: ${program.error}` };
  if (wanted.length === 0 || wanted.some((type) => fits(type, program.type, new Map()))) return program;
  const texts = wanted.map(goTypeText);
  return { error: `must evaluate to ${texts.length === 1 ? texts[0] : `one of [${texts.join(' ')}]`} but got ${goTypeText(program.type)}` };
}

/** As Go prints a type, which is not quite as messages of the language itself do. */
const goTypeText = (type: CelType): string => (type.is === 'named' ? type.name : typeText(type));
