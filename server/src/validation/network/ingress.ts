// Rules for Ingresses (pkg/apis/networking/validation).
import { checkDns1123Label, checkDns1123Subdomain, checkPortName, checkPortNumber, checkWildcardDns1123Subdomain } from '../../kube/names.ts';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule, IngressServiceBackend, IngressTLS } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { isIp, loadBalancerWarnings, validateLoadBalancerStatus } from './load-balancer-status.ts';
import { validateReference } from './reference.ts';

const spec = root('spec');
const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

/** The class as it was said before there was a field for it. */
const classAnnotation = 'kubernetes.io/ingress.class';

export const ingressRules: RulesOf<Ingress> = {
  validate: (ingress) =>
    findings((errors) => {
      validateIngress(ingress, errors);
      const annotation = ingress.metadata.annotations?.[classAnnotation];
      const { ingressClassName: name } = ingress.spec;
      if (annotation === undefined || name === undefined || annotation === name) return;
      // The server leaves out `metadata` and the brackets.
      errors.invalid(root('annotations').child(classAnnotation), annotation, 'must match `ingressClassName` when both are specified');
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateIngress(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      const at = root('status', 'loadBalancer', 'ingress');
      validateLoadBalancerStatus(next.status.loadBalancer?.ingress, before.status.loadBalancer?.ingress, at, errors, 'without mode');
    }),
  warnings: ({ metadata: { annotations }, spec: { ingressClassName } }, before) => {
    const isOld = !before && annotations?.[classAnnotation] !== undefined && ingressClassName === undefined;
    return isOld ? [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`] : [];
  },
  statusWarnings: ({ status }) => loadBalancerWarnings(status.loadBalancer?.ingress),
};

function validateIngress(ingress: Ingress, errors: FieldErrors): void {
  validateObjectMeta(ingress, subdomainName, errors);
  const { rules, defaultBackend, tls, ingressClassName } = ingress.spec;
  if (!rules?.length && !defaultBackend) errors.invalid(spec, rules ?? null, 'either `defaultBackend` or `rules` must be specified');
  if (defaultBackend) validateBackend(defaultBackend, spec.child('defaultBackend'), errors);
  rules?.forEach((rule, i) => validateRule(rule, spec.child('rules').index(i), errors));
  tls?.forEach((one, i) => validateTls(one, spec.child('tls').index(i), errors));
  if (ingressClassName !== undefined) errors.invalidEach(spec.child('ingressClassName'), ingressClassName, checkDns1123Subdomain(ingressClassName));
}

function validateRule({ host, http }: IngressRule, at: Path, errors: FieldErrors): void {
  if (host) {
    if (isIp(host)) errors.invalid(at.child('host'), host, 'must be a DNS name, not an IP address');
    errors.invalidEach(at.child('host'), host, checkHost(host));
  }
  if (!http) return;
  const paths = at.child('http').child('paths');
  if (!http.paths?.length) errors.required(paths);
  http.paths?.forEach((path, i) => validatePath(path, paths.index(i), errors));
}

const checkHost = (host: string) => (host.includes('*') ? checkWildcardDns1123Subdomain(host) : checkDns1123Subdomain(host));

function validateTls({ hosts, secretName }: IngressTLS, at: Path, errors: FieldErrors): void {
  hosts?.forEach((host, i) => errors.invalidEach(at.child('hosts').index(i), host, checkHost(host)));
  if (secretName) errors.invalidEach(at.child('secretName'), secretName, checkDns1123Subdomain(secretName));
}

// ---- paths and backends ----

const badParts = ['//', '/./', '/../', '%2f', '%2F'];
const badEnds = ['/..', '/.'];

function validatePath({ path = '', pathType, backend }: HTTPIngressPath, at: Path, errors: FieldErrors): void {
  // Without omitempty it is null where nothing was sent.
  if (typeof pathType !== 'string') return errors.required(at.child('pathType'), 'pathType must be specified');
  const field = at.child('path');
  const isRelative = !path.startsWith('/');
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (isRelative) errors.invalid(field, path, 'must be an absolute path');
    for (const part of badParts) if (path.includes(part)) errors.invalid(field, path, `must not contain '${part}'`);
    for (const end of badEnds) if (path.endsWith(end)) errors.invalid(field, path, `cannot end with '${end}'`);
  } else if (pathType === 'ImplementationSpecific') {
    if (path && isRelative) errors.invalid(field, path, 'must be an absolute path');
  } else errors.notSupported(at.child('pathType'), pathType, pathTypes);
  return validateBackend(backend, at.child('backend'), errors);
}

function validateBackend({ resource, service }: IngressBackend, at: Path, errors: FieldErrors): void {
  if (resource && service) errors.invalid(at, '', 'cannot set both resource and service backends');
  else if (resource) validateReference(resource, at.child('resource'), errors);
  else if (service) validateServiceBackend(service, at, errors);
  else errors.invalid(at, '', 'resource or service backend is required');
}

function validateServiceBackend({ name, port }: IngressServiceBackend, at: Path, errors: FieldErrors): void {
  const service = at.child('service');
  if (name) errors.invalidEach(service.child('name'), name, checkDns1123Label(name));
  else errors.required(service.child('name'));
  const { name: portName, number } = port ?? {};
  if (portName && number) errors.invalid(at, '', 'cannot set both port name & port number');
  else if (portName) errors.invalidEach(service.child('port').child('name'), portName, checkPortName(portName));
  else if (number) errors.invalidEach(service.child('port').child('number'), number, checkPortNumber(number));
  else errors.required(at, 'port name or number is required');
}
