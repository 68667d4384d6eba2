// Defaults of the kinds that say what may happen in a cluster (pkg/apis/{scheduling,coordination,flowcontrol,admissionregistration,resource}/v1/defaults.go).
import type {
  AdmissionregistrationV1ServiceReference,
  ApiregistrationV1ServiceReference,
  Device,
  DeviceAttribute,
  DeviceSubRequest,
  ExactDeviceRequest,
  ExemptPriorityLevelConfiguration,
  FlowSchemaSpec,
  LeaseSpec,
  LimitedPriorityLevelConfiguration,
  LimitRangeItem,
  MutatingWebhook,
  PriorityClass,
  QueuingConfiguration,
  RuleWithOperations,
  ValidatingWebhook,
} from '../../schema/generated/types.ts';
import { filledWith, without } from './fill.ts';

type Amounts = LimitRangeItem['max'];

export const policyFillers = {
  PriorityClass: (object: PriorityClass) => filledWith(object, { preemptionPolicy: 'PreemptLowerPriority' }),
  // Features that are switched off in this version: what is sent is dropped.
  LeaseSpec: (spec: LeaseSpec) => without(spec, 'strategy', 'preferredHolder'),
  /** A container may use at most the most there is, and asks for what it may use, or else for the least. */
  LimitRangeItem(item: LimitRangeItem): LimitRangeItem {
    if (item.type !== 'Container') return item;
    const limits = withMissing(item.default, item.max);
    const requests = withMissing(withMissing(item.defaultRequest, limits), item.min);
    if (limits === item.default && requests === item.defaultRequest) return item;
    return { ...item, ...(limits && { default: limits }), ...(requests && { defaultRequest: requests }) };
  },

  FlowSchemaSpec: (spec: FlowSchemaSpec): FlowSchemaSpec => (spec.matchingPrecedence ? spec : { ...spec, matchingPrecedence: 1000 }),
  ExemptPriorityLevelConfiguration: (level: ExemptPriorityLevelConfiguration) => filledWith(level, { nominalConcurrencyShares: 0, lendablePercent: 0 }),
  LimitedPriorityLevelConfiguration: (level: LimitedPriorityLevelConfiguration) => filledWith(level, { nominalConcurrencyShares: 30, lendablePercent: 0 }),
  /** 0 counts as not set. */
  QueuingConfiguration(queuing: QueuingConfiguration): QueuingConfiguration {
    const { handSize, queues, queueLengthLimit } = queuing;
    if (handSize && queues && queueLengthLimit) return queuing;
    return { queues: queues || 64, handSize: handSize || 8, queueLengthLimit: queueLengthLimit || 50 };
  },

  ValidatingWebhook: (webhook: ValidatingWebhook) => filledWith(webhook, webhookDefaults),
  MutatingWebhook: (webhook: MutatingWebhook) => filledWith(webhook, { ...webhookDefaults, reinvocationPolicy: 'Never' }),
  AdmissionregistrationV1ServiceReference: withHttpsPort<AdmissionregistrationV1ServiceReference>,
  ApiregistrationV1ServiceReference: withHttpsPort<ApiregistrationV1ServiceReference>,
  RuleWithOperations: (rule: RuleWithOperations) => filledWith(rule, { scope: '*' }),

  ExactDeviceRequest: withDeviceCount<ExactDeviceRequest>,
  DeviceSubRequest: withDeviceCount<DeviceSubRequest>,
  // Features that are switched off in this version: what is sent is dropped.
  Device: (device: Device) => without(device, 'nodeAllocatableResourceMappings'),
  DeviceAttribute: (attribute: DeviceAttribute) => without(attribute, 'bools', 'ints', 'strings', 'versions'),
};

const webhookDefaults = { failurePolicy: 'Fail', matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, timeoutSeconds: 10 };

function withHttpsPort<T extends { readonly port?: number }>(reference: T): T {
  return reference.port === undefined ? { ...reference, port: 443 } : reference;
}

function withMissing(amounts: Amounts, more: Amounts): Amounts {
  const missing = Object.entries(more ?? {}).filter(([name]) => amounts?.[name] === undefined);
  return missing.length > 0 ? { ...amounts, ...Object.fromEntries(missing) } : amounts;
}

function withDeviceCount<T extends { readonly allocationMode?: string; readonly count?: number }>(request: T): T {
  const allocationMode = request.allocationMode || 'ExactCount';
  const count = allocationMode === 'ExactCount' && !request.count ? 1 : request.count;
  if (allocationMode === request.allocationMode && count === request.count) return request;
  return { ...request, allocationMode, ...(count !== undefined && { count }) };
}
