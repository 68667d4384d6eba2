// Rules for how a Service spreads traffic and who may send it.
import { checkPortNumber, checkQualifiedName } from '../../kube/names.ts';
import type { Service, ServiceSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { checkCidr } from '../ip.ts';
import { root } from '../path.ts';
import { isExternallyAccessible, needsHealthCheckPort } from './service-facts.ts';

const spec = root('spec');
const policies = ['Cluster', 'Local'];
const affinities = ['ClientIP', 'None'];
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const onlyForBalancers = "may only be used when `type` is 'LoadBalancer'";
const maxAffinitySeconds = 86400;

export function validateAffinity({ sessionAffinity, sessionAffinityConfig: config }: ServiceSpec, errors: FieldErrors): void {
  const at = spec.child('sessionAffinityConfig');
  if (!sessionAffinity) errors.required(spec.child('sessionAffinity'));
  else if (!affinities.includes(sessionAffinity)) errors.notSupported(spec.child('sessionAffinity'), sessionAffinity, affinities);
  if (sessionAffinity === 'None' && config) errors.forbidden(at, 'must not be set when session affinity is None');
  if (sessionAffinity !== 'ClientIP') return;
  const needed = 'when session affinity type is ClientIP';
  if (!config) return errors.required(at, needed);
  if (!config.clientIP) return errors.required(at.child('clientIP'), needed);
  const seconds = config.clientIP.timeoutSeconds;
  const field = at.child('clientIP').child('timeoutSeconds');
  if (seconds === undefined) return errors.required(field, needed);
  if (seconds <= 0 || seconds > maxAffinitySeconds) errors.invalid(field, seconds, `must be greater than 0 and less than ${maxAffinitySeconds}`);
}

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The list, or the annotation from the time before there was one. Spaces around a range are let pass, as they were in the annotation. */
export function validateSourceRanges(
  { spec: { type, loadBalancerSourceRanges: ranges = [] }, metadata }: Service,
  before: Service | undefined,
  errors: FieldErrors,
): void {
  const annotation = metadata.annotations?.[rangesAnnotation];
  if (ranges.length === 0 && annotation === undefined) return;
  // The server spells the field like this.
  const at = ranges.length > 0 ? spec.child('LoadBalancerSourceRanges') : root('metadata', 'annotations').key(rangesAnnotation);
  if (type !== 'LoadBalancer') errors.forbidden(at, onlyForBalancers);
  if (ranges.length > 0) {
    const existing = before?.spec.loadBalancerSourceRanges?.map((range) => range.trim());
    ranges.forEach((padded, i) => {
      const range = padded.trim();
      if (!existing?.includes(range)) errors.invalidEach(at.index(i), range, checkCidr(range));
    });
  } else if (annotation?.trim() && before?.metadata.annotations?.[rangesAnnotation] !== annotation) {
    for (const padded of annotation.split(',')) errors.invalidEach(at, padded.trim(), checkCidr(padded.trim()));
  }
}

export function validateLoadBalancerClass({ spec: next }: Service, before: Service | undefined, errors: FieldErrors): void {
  const at = spec.child('loadBalancerClass');
  const name = next.loadBalancerClass;
  const isBalancer = next.type === 'LoadBalancer';
  const wasBalancer = before?.spec.type === 'LoadBalancer';
  if (wasBalancer && isBalancer && before.spec.loadBalancerClass !== name) errors.invalid(at, name ?? null, 'may not change once set');
  if (name === undefined) return;
  if (isBalancer) errors.invalidEach(at, name, checkQualifiedName(name));
  else errors.forbidden(at, onlyForBalancers);
}

export function validateExternalTraffic(service: Service, errors: FieldErrors): void {
  const { externalTrafficPolicy: policy, healthCheckNodePort: port } = service.spec;
  const at = spec.child('externalTrafficPolicy');
  if (!isExternallyAccessible(service)) {
    if (policy) errors.invalid(at, policy, 'may only be set for externally-accessible services');
  } else if (!policy) errors.required(at);
  else if (!policies.includes(policy)) errors.notSupported(at, policy, policies);
  const portAt = spec.child('healthCheckNodePort');
  if (!needsHealthCheckPort(service)) {
    if (port) errors.invalid(portAt, port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
  } else if (!port) errors.required(portAt);
  else errors.invalidEach(portAt, port, checkPortNumber(port));
}

export function validateInternalTraffic({ type = '', internalTrafficPolicy: policy }: ServiceSpec, errors: FieldErrors): void {
  const at = spec.child('internalTrafficPolicy');
  if (policy !== undefined) {
    if (!policies.includes(policy)) errors.notSupported(at, policy, policies);
  } else if (['NodePort', 'LoadBalancer', 'ClusterIP'].includes(type)) errors.required(at);
}

export function validateTrafficDistribution({ trafficDistribution: distribution }: ServiceSpec, errors: FieldErrors): void {
  if (distribution === undefined || distributions.includes(distribution)) return;
  errors.notSupported(spec.child('trafficDistribution'), distribution, distributions);
}
