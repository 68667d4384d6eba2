// Rules for IngressClasses.
import { checkDns1123Label, checkDns1123Subdomain, checkHttpPath } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { IngressClass, IngressClassParametersReference } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { validateReference } from './reference.ts';

const controllerAt = root('spec', 'controller');
const parametersAt = root('spec', 'parameters');
const maxControllerBytes = 250;
const scopes = ['Cluster', 'Namespace'];

export const ingressClassRules: RulesOf<IngressClass> = {
  validate: (ingressClass) => findings((errors) => validateIngressClass(ingressClass, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateImmutable(next.spec.controller ?? '', before.spec.controller ?? '', controllerAt, errors);
      validateIngressClass(next, errors);
    }),
};

function validateIngressClass(ingressClass: IngressClass, errors: FieldErrors): void {
  validateObjectMeta(ingressClass, subdomainName, errors);
  const { controller = '', parameters } = ingressClass.spec;
  if (byteLength(controller) > maxControllerBytes) errors.tooLong(controllerAt, maxControllerBytes);
  validateController(controller, errors);
  if (parameters) validateParameters(parameters, errors);
}

/** 'example.com/ingress-controller' */
function validateController(controller: string, errors: FieldErrors): void {
  if (controller === '') return errors.required(controllerAt);
  const slash = controller.indexOf('/');
  const [host, path] = [controller.slice(0, Math.max(0, slash)), controller.slice(slash + 1)];
  if (!host || !path) return errors.invalid(controllerAt, controller, 'must be a domain-prefixed path (such as "acme.io/foo")');
  errors.invalidEach(controllerAt, host, checkDns1123Subdomain(host));
  return errors.invalidEach(controllerAt, path, checkHttpPath(path));
}

function validateParameters(parameters: IngressClassParametersReference, errors: FieldErrors): void {
  const { scope, namespace } = parameters;
  validateReference(parameters, parametersAt, errors);
  if (scope === undefined) return errors.required(parametersAt.child('scope'));
  if (!scopes.includes(scope)) return errors.notSupported(parametersAt.child('scope'), scope, scopes);
  const at = parametersAt.child('namespace');
  if (scope === 'Cluster') {
    if (namespace !== undefined) errors.forbidden(at, "`parameters.scope` is set to 'Cluster'");
  } else if (namespace === undefined) errors.required(at, "`parameters.scope` is set to 'Namespace'");
  else errors.invalidEach(at, namespace, checkDns1123Label(namespace));
  return undefined;
}
