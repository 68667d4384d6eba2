// What a policy decides about a request (apiserver/pkg/admission/plugin/policy/validating/validator.go).
import type { KubeObject } from '../../../../kube/object.ts';
import type { Namespace, ValidatingAdmissionPolicy } from '../../../../schema/generated/types.ts';
import type { Budget, Scope } from '../../../../validation/cel/evaluate.ts';
import { valueOf } from '../../../../validation/cel/schema-types.ts';
import { CelError, type Value } from '../../../../validation/cel/values.ts';
import { programsOf, type Compiled } from '../../../../validation/definitions/policy-programs.ts';
import type { Reader } from '../../../runtime/reader.ts';
import type { AdmissionRequest } from '../request.ts';
import { authorizerIn } from './authority.ts';

/** Why a request is refused; `reason` is that of the Status. */
export interface Denial {
  readonly message: string;
  readonly reason?: string;
}

/** What all expressions of one policy may cost together. */
const policyLimit = 10_000_000;
const longestMessage = 5 * 1024;

/** `params`: absent when the policy takes none. Errors are denials, unless the policy ignores them. */
export function evaluatePolicy(
  policy: ValidatingAdmissionPolicy,
  reader: Reader,
  request: AdmissionRequest,
  params: KubeObject | undefined,
  namespace: Namespace | undefined,
): readonly Denial[] {
  const { spec } = policy;
  const ignores = spec.failurePolicy === 'Ignore';
  const failed = (message: string): readonly Denial[] => (ignores ? [] : [{ message }]);
  const programs = programsOf(spec);
  const budget = { left: policyLimit };
  const scope = scopeOf(spec, reader, request, params, namespace, budget);
  const conditions = programs.conditions.map((program, i) => run(program, spec.matchConditions![i]!.expression, scope, budget));
  if (conditions.some((result) => 'value' in result && result.value !== true)) return [];
  const broken = conditions.find((result) => 'error' in result);
  if (broken && 'error' in broken) return failed(broken.error);
  return programs.validations.flatMap((program, i) => {
    const validation = spec.validations![i]!;
    const result = run(program.expression, validation.expression, scope, budget);
    if ('error' in result) return failed(result.error);
    if (result.value === true) return [];
    const said = program.message && run(program.message, '', scope, budget);
    const text = said && 'value' in said && typeof said.value === 'string' ? said.value.trim() : '';
    const usable = text.length <= longestMessage && !text.includes('\n') ? text : '';
    const message = usable || validation.message?.trim() || `failed expression: ${validation.expression.trim()}`;
    return [{ message, reason: validation.reason ?? 'Invalid' }];
  });
}

function run(program: Compiled, expression: string, scope: Scope, budget: Budget): { readonly value: Value } | { readonly error: string } {
  if ('error' in program) return program;
  const result = program.run(scope, budget);
  return 'error' in result ? { error: `expression '${expression}' resulted in error: ${result.error}` } : result;
}

function scopeOf(
  spec: ValidatingAdmissionPolicy['spec'],
  reader: Reader,
  request: AdmissionRequest,
  params: KubeObject | undefined,
  namespace: Namespace | undefined,
  budget: Budget,
): Scope {
  const { operation, object, before } = request;
  const [now, old] = operation === 'DELETE' ? [undefined, object] : [object, before];
  const scope = new Map<string, Value | (() => Value)>([
    ['object', once(() => valueOf(now))],
    ['oldObject', once(() => valueOf(old))],
    ['request', once(() => valueOf(requestOf(request)))],
    ['params', once(() => valueOf(params))],
    ['namespaceObject', once(() => valueOf(namespace))],
    ['authorizer', once(() => authorizerIn(reader, request))],
  ]);
  const { variables } = programsOf(spec);
  if (variables.length > 0) scope.set('variables', new LazyVariables(new Map(spec.variables!.map(({ name }, i) => [name, variables[i]!])), scope, budget));
  return scope;
}

function once(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** Variables are evaluated when somebody asks for them, and once. */
class LazyVariables extends Map<string, Value> {
  readonly #programs: ReadonlyMap<string, Compiled>;
  readonly #scope: Scope;
  readonly #budget: Budget;

  constructor(programs: ReadonlyMap<string, Compiled>, scope: Scope, budget: Budget) {
    super();
    this.#programs = programs;
    this.#scope = scope;
    this.#budget = budget;
  }

  override has(name: string): boolean {
    return this.#programs.has(name);
  }

  override get(name: string): Value | undefined {
    const program = this.#programs.get(name);
    if (!program || super.has(name)) return super.get(name);
    const result = 'error' in program ? program : program.run(this.#scope, this.#budget);
    if ('error' in result) throw new CelError(`composited variable "${name}" fails to evaluate: ${result.error}`);
    super.set(name, result.value);
    return result.value;
  }
}

/** AdmissionRequest of admission.k8s.io/v1, without the objects. */
function requestOf({ operation, strategy: { info }, object, write }: AdmissionRequest): object {
  const { group, version, kind, resource } = info;
  const { name, namespace } = object.metadata;
  const { user } = write;
  return {
    kind: { group, version, kind },
    resource: { group, version, resource },
    requestKind: { group, version, kind },
    requestResource: { group, version, resource },
    ...(write.subresource !== undefined && { subResource: write.subresource, requestSubResource: write.subresource }),
    name,
    ...(namespace !== undefined && { namespace }),
    operation,
    userInfo: user ? { ...user, username: user.name } : { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
    dryRun: write.dryRun,
  };
}
