// Rules for Services (pkg/apis/core/validation: validateService and what it calls), in the server's order.
import { checkDns1123Subdomain } from '../../kube/names.ts';
import type { Service } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabels } from '../metadata/labels.ts';
import { labelName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { loadBalancerWarnings, validateLoadBalancerStatus } from './load-balancer-status.ts';
import { rehearse } from './rehearse.ts';
import { validateClusterIps, validateClusterIpsUpdate, validateExternalIps, validateIpFamiliesUpdate } from './service-addresses.ts';
import { isHeadless, needsHealthCheckPort } from './service-facts.ts';
import { validateDistinctPorts, validateNodePorts, validateServicePorts } from './service-ports.ts';
import { serviceWarnings } from './service-warnings.ts';
import {
  validateAffinity,
  validateExternalTraffic,
  validateInternalTraffic,
  validateLoadBalancerClass,
  validateSourceRanges,
  validateTrafficDistribution,
} from './service-traffic.ts';

const spec = root('spec');
const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

export const serviceRules: RulesOf<Service> = {
  rehearse,
  validate: (service) =>
    findings((errors) => {
      validateObjectMeta(service, labelName, errors);
      validateService(service, undefined, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateClusterIpsUpdate(next, before, errors);
      validateIpFamiliesUpdate(next, before, errors);
      validateLoadBalancerClass(next, before, errors);
      const staysChecked = needsHealthCheckPort(before) && needsHealthCheckPort(next);
      if (staysChecked && (next.spec.healthCheckNodePort ?? 0) !== (before.spec.healthCheckNodePort ?? 0)) {
        errors.forbidden(spec.child('healthCheckNodePort'), 'field is immutable');
      }
      validateService(next, before, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      const { ingress } = next.status.loadBalancer ?? {};
      const at = root('status', 'loadBalancer', 'ingress');
      if (next.spec.type !== 'LoadBalancer' && ingress?.length) errors.forbidden(at, "may only be used when `spec.type` is 'LoadBalancer'");
      else validateLoadBalancerStatus(ingress, before.status.loadBalancer?.ingress, at, errors, 'with mode');
    }),
  warnings: (next) => serviceWarnings(next),
  statusWarnings: ({ status }) => loadBalancerWarnings(status.loadBalancer?.ingress),
};

function validateService(service: Service, before: Service | undefined, errors: FieldErrors): void {
  validateTopologyAnnotations(service, errors);
  validateType(service, errors);
  validateServicePorts(service, errors);
  validateLabels(service.spec.selector, spec.child('selector'), errors);
  validateAffinity(service.spec, errors);
  validateClusterIps(service, before, errors);
  validateExternalIps(service.spec.externalIPs, before?.spec.externalIPs, errors);
  const { type } = service.spec;
  if (!type) errors.required(spec.child('type'));
  else if (!types.includes(type)) errors.notSupported(spec.child('type'), type, types);
  validateNodePorts(service.spec, errors);
  validateDistinctPorts(service.spec, errors);
  validateSourceRanges(service, before, errors);
  validateNodePortAllocation(service, errors);
  validateLoadBalancerClass(service, undefined, errors);
  validateExternalTraffic(service, errors);
  validateInternalTraffic(service.spec, errors);
  validateTrafficDistribution(service.spec, errors);
}

const topologyMode = 'service.kubernetes.io/topology-mode';
const topologyHints = 'service.kubernetes.io/topology-aware-hints';

function validateTopologyAnnotations({ metadata: { annotations } }: Service, errors: FieldErrors): void {
  const [mode, hints] = [annotations?.[topologyMode], annotations?.[topologyHints]];
  if (mode === undefined || hints === undefined || mode === hints) return;
  errors.invalid(root('metadata', 'annotations').key(topologyMode), mode, `must match annotations[${topologyHints}] when both are specified`);
}

function validateType(service: Service, errors: FieldErrors): void {
  const { type, ports, clusterIPs, ipFamilies, ipFamilyPolicy } = service.spec;
  const headless = isHeadless(service);
  if (!ports?.length && !headless && type !== 'ExternalName') errors.required(spec.child('ports'));
  if ((type === 'LoadBalancer' || type === 'NodePort') && headless) {
    errors.invalid(spec.child('clusterIPs').index(0), 'None', `may not be set to 'None' for ${type} services`);
  }
  if (type !== 'ExternalName') return;
  const forbidden = 'may not be set for ExternalName services';
  if (clusterIPs?.length) errors.forbidden(spec.child('clusterIPs'), forbidden);
  if (ipFamilies?.length) errors.forbidden(spec.child('ipFamilies'), forbidden);
  if (ipFamilyPolicy !== undefined) errors.forbidden(spec.child('ipFamilyPolicy'), forbidden);
  validateExternalName(service, errors);
}

/** A dot at the end says that the name is complete. */
function validateExternalName({ spec: { externalName = '' } }: Service, errors: FieldErrors): void {
  const name = externalName.replace(/\.$/, '');
  const at = spec.child('externalName');
  if (name) errors.invalidEach(at, name, checkDns1123Subdomain(name));
  else errors.required(at);
}

function validateNodePortAllocation({ spec: { type, allocateLoadBalancerNodePorts } }: Service, errors: FieldErrors): void {
  const isBalancer = type === 'LoadBalancer';
  if (isBalancer === (allocateLoadBalancerNodePorts !== undefined)) return;
  // The server forgets `spec` where the field is missing.
  if (isBalancer) errors.required(root('allocateLoadBalancerNodePorts'));
  else errors.forbidden(spec.child('allocateLoadBalancerNodePorts'), "may only be used when `type` is 'LoadBalancer'");
}
