// Rules for validating and mutating webhooks. What an old object got away with, its next version may keep.
import { checkDns1035Label, checkDns1123Subdomain } from '../../kube/names.ts';
import type { MutatingWebhook, MutatingWebhookConfiguration, ValidatingWebhook, ValidatingWebhookConfiguration } from '../../schema/generated/types.ts';
import { validateMatchConditions } from '../definitions/match-conditions.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateGenericMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validateClientConfig } from './webhook-client.ts';
import { validateRuleWithOperations } from './webhook-rules.ts';

type Configuration = ValidatingWebhookConfiguration | MutatingWebhookConfiguration;
type Webhook = ValidatingWebhook & Pick<MutatingWebhook, 'reinvocationPolicy'>;

const failurePolicies = ['Fail', 'Ignore'];
const matchPolicies = ['Equivalent', 'Exact'];
const reinvocationPolicies = ['IfNeeded', 'Never'];
const reviewVersions = ['v1', 'v1beta1'];
const noSideEffects = ['None', 'NoneOnDryRun'];
const sideEffectClasses = ['None', 'NoneOnDryRun', 'Some', 'Unknown'];
const maxTimeoutSeconds = 30;
const staticSuffix = '.static.k8s.io';

/** What is asked of the webhooks of a configuration. */
interface Demands {
  readonly sideEffects: readonly string[];
  readonly knownReviewVersion: boolean;
  readonly uniqueNames: boolean;
}

const strict: Demands = { sideEffects: noSideEffects, knownReviewVersion: true, uniqueNames: true };

export const webhookConfigurationRules: RulesOf<Configuration> = {
  validate: (configuration) => findings((errors) => validateConfiguration(configuration, strict, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateConfiguration(next, demandsAfter(webhooksOf(before)), errors);
    }),
  warnings: ({ metadata: { name } }) => warningsOfName(name),
};

const webhooksOf = (configuration: Configuration): readonly Webhook[] => configuration.webhooks ?? [];

function demandsAfter(webhooks: readonly Webhook[]): Demands {
  const hadNone = webhooks.every(({ sideEffects }) => noSideEffects.includes(sideEffects));
  const hadKnown = webhooks.every(({ admissionReviewVersions = [] }) => (admissionReviewVersions ?? []).some((version) => reviewVersions.includes(version)));
  const hadUnique = new Set(webhooks.map(({ name }) => name)).size === webhooks.length;
  return { sideEffects: hadNone ? noSideEffects : sideEffectClasses, knownReviewVersion: hadKnown, uniqueNames: hadUnique };
}

function warningsOfName(name: string): readonly string[] {
  if (!name.endsWith(staticSuffix)) return [];
  return [`metadata.name: names ending with "${staticSuffix}" are reserved for static manifest-based configurations and cannot be managed via the API`];
}

function validateConfiguration(configuration: Configuration, demands: Demands, errors: FieldErrors): void {
  validateGenericMeta(configuration, subdomainName, errors);
  const webhooks = webhooksOf(configuration);
  webhooks.forEach((webhook, i) => {
    const at = root('webhooks').index(i);
    validateWebhook(webhook, demands, at, errors);
    validateReviewVersions(webhook.admissionReviewVersions ?? [], demands, at.child('admissionReviewVersions'), errors);
    const isRepeated = webhook.name && webhooks.slice(0, i).some(({ name }) => name === webhook.name);
    if (demands.uniqueNames && isRepeated) errors.duplicate(at.child('name'), webhook.name);
  });
}

function validateWebhook(webhook: Webhook, demands: Demands, at: Path, errors: FieldErrors): void {
  const { name, rules, failurePolicy, matchPolicy, timeoutSeconds: seconds, namespaceSelector, objectSelector } = webhook;
  const sideEffects = webhook.sideEffects ?? undefined;
  validateFullName(name, at.child('name'), errors);
  rules?.forEach((rule, i) => validateRuleWithOperations(rule, at.child('rules').index(i), errors));
  validateChoice(failurePolicy, failurePolicies, at.child('failurePolicy'), errors);
  validateChoice(matchPolicy, matchPolicies, at.child('matchPolicy'), errors);
  if (sideEffects === undefined) errors.required(at.child('sideEffects'), `must specify one of ${demands.sideEffects.join(', ')}`);
  validateChoice(sideEffects, demands.sideEffects, at.child('sideEffects'), errors);
  if (seconds !== undefined && (seconds > maxTimeoutSeconds || seconds < 1)) {
    errors.invalid(at.child('timeoutSeconds'), seconds, `the timeout value must be between 1 and ${maxTimeoutSeconds} seconds`);
  }
  validateLabelSelector(namespaceSelector, at.child('namespaceSelector'), errors);
  validateLabelSelector(objectSelector, at.child('objectSelector'), errors);
  validateChoice(webhook.reinvocationPolicy, reinvocationPolicies, at.child('reinvocationPolicy'), errors);
  validateClientConfig(webhook.clientConfig ?? {}, at.child('clientConfig'), errors);
  validateMatchConditions(webhook.matchConditions ?? [], false, at.child('matchConditions'), errors);
}

function validateChoice(value: string | undefined, choices: readonly string[], at: Path, errors: FieldErrors): void {
  if (value !== undefined && !choices.includes(value)) errors.notSupported(at, value, choices);
}

function validateFullName(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (!name) return errors.required(at);
  const problems = checkDns1123Subdomain(name);
  if (problems.length > 0) return errors.invalid(at, name, problems.join(','));
  if (name.split('.').length < 3) errors.invalid(at, name, 'should be a domain with at least three segments separated by dots');
  return undefined;
}

function validateReviewVersions(versions: readonly string[], { knownReviewVersion }: Demands, at: Path, errors: FieldErrors): void {
  if (versions.length === 0) return errors.required(at, `must specify one of ${reviewVersions.join(', ')}`);
  versions.forEach((version, i) => {
    if (versions.indexOf(version) < i) errors.invalid(at.index(i), version, 'duplicate version');
    else errors.invalidEach(at.index(i), version, checkDns1035Label(version));
  });
  if (knownReviewVersion && !versions.some((version) => reviewVersions.includes(version))) {
    errors.invalid(at, versions, `must include at least one of ${reviewVersions.join(', ')}`);
  }
  return undefined;
}
