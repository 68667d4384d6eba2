// Rules for StatefulSets (pkg/apis/apps/validation).
import { isEqual } from '../../kube/equal.ts';
import type { LabelSelector, PodTemplateSpec, StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy, Volume } from '../../schema/generated/types.ts';
import { checkDns1123Label } from '../../kube/names.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { printedSelector, validateAnnotations, validateLabels } from '../metadata/labels.ts';
import { labelName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validatePodAnnotations } from '../pod/annotations.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateClaimSpec } from '../volumes/claim-template.ts';
import { templateWarnings } from '../warnings/pod.ts';
import { warnOfFraction } from '../warnings/resources.ts';
import { plainNumber, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent.ts';
import { isNewGeneration, validateCollisionCount, validateCounts, validateRestartsAlways, validateSelected, validateSelector } from './template.ts';

const spec = root('spec');
const status = root('status');

export const statefulSetRules: RulesOf<StatefulSet> = {
  validate: (set) =>
    findings((errors) => {
      validateObjectMeta(set, labelName, errors);
      validateSpec(set.spec, { isNew: true, templateIsBad: false }, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec, { isNew: false, templateIsBad: isBad(before.spec) }, errors);
      validateOnlyMutable(next.spec, before.spec, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateStatus(next, errors);
      validateReplacedMeta(next, before, errors);
      validateCollisionCount(next.status, before.status, errors);
    }),
  warnings: (next, before) => [
    ...(before && !isNewGeneration(next, before) ? [] : templateWarnings(next.spec.template, spec.child('template'))),
    ...claimWarnings(next.spec, before !== undefined),
    ...historyWarnings(next.spec),
  ],
};

interface Leniency {
  /** What cannot be changed is looked at only once. */
  readonly isNew: boolean;
  /** The template that is replaced was let in once and would not be now, so the next one is not looked at either. */
  readonly templateIsBad: boolean;
}

const isBad = (before: StatefulSetSpec) => findings((errors) => validateSpec(before, { isNew: false, templateIsBad: false }, errors)).length > 0;

function validateSpec(set: StatefulSetSpec, leniency: Leniency, errors: FieldErrors): void {
  const { podManagementPolicy: policy, persistentVolumeClaimRetentionPolicy: retention, ordinals, serviceName, selector, template } = set;
  if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    errors.invalid(spec.child('podManagementPolicy'), policy, "must be 'OrderedReady' or 'Parallel'");
  }
  validateUpdateStrategy(set.updateStrategy as StatefulSetUpdateStrategy, spec.child('updateStrategy'), errors);
  for (const when of ['whenDeleted', 'whenScaled'] as const)
    validateRetention(retention?.[when], spec.child('persistentVolumeClaimRetentionPolicy').child(when), errors);
  if (leniency.isNew) validateClaims(set, errors);
  validateNonNegative(set.replicas, spec.child('replicas'), errors);
  validateNonNegative(set.minReadySeconds, spec.child('minReadySeconds'), errors);
  validateNonNegative(ordinals?.start, spec.child('ordinals').child('start'), errors);
  if (leniency.isNew && serviceName) errors.invalidEach(spec.child('serviceName'), serviceName, checkDns1123Label(serviceName));
  validateSelector(selector, 'statefulset', spec.child('selector'), errors);
  validateTemplate(set, leniency, errors);
  validateRestartsAlways(template, 'StatefulSet', spec.child('template'), errors);
}

function validateUpdateStrategy(strategy: StatefulSetUpdateStrategy, at: Path, errors: FieldErrors): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete') {
    if (rollingUpdate)
      errors.invalid(at.child('rollingUpdate'), goStruct('RollingUpdateStatefulSetStrategy', rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'");
  } else if (type !== 'RollingUpdate') {
    errors.invalid(at, goStruct('StatefulSetUpdateStrategy', strategy), "must be 'RollingUpdate' or 'OnDelete'");
  } else if (rollingUpdate) {
    const { partition, maxUnavailable } = rollingUpdate;
    validateNonNegative(partition, at.child('rollingUpdate').child('partition'), errors);
    if (maxUnavailable !== undefined) validateMaxUnavailable(maxUnavailable, at.child('rollingUpdate').child('maxUnavailable'), errors);
  }
}

function validateMaxUnavailable(value: number | string, at: Path, errors: FieldErrors): void {
  validateIntOrPercent(value, at, errors);
  if (plainNumber(value) === 0) errors.invalid(at, value, 'cannot be 0');
  validateAtMost100Percent(value, at, errors);
}

const retentions = ['Retain', 'Delete'];

function validateRetention(policy: string | undefined, at: Path, errors: FieldErrors): void {
  if (policy !== undefined && !retentions.includes(policy)) errors.notSupported(at, policy, retentions);
}

function validateClaims({ volumeClaimTemplates }: StatefulSetSpec, errors: FieldErrors): void {
  volumeClaimTemplates?.forEach((claim, i) => validateClaimSpec(claim.spec, spec.child('volumeClaimTemplates').index(i).child('spec'), errors));
}

// ---- the template ----

function validateTemplate(set: StatefulSetSpec, { templateIsBad }: Leniency, errors: FieldErrors): void {
  const at = spec.child('template');
  const template = asPodsGetIt(set);
  if (!validateSelected(set.selector, template, at, errors)) {
    return errors.invalid(spec.child('selector'), printedSelector((set.selector ?? {}) as LabelSelector), '');
  }
  if (!templateIsBad) validatePodTemplate(template, at, errors);
  // The server looks at these twice.
  const { labels, annotations } = template.metadata ?? {};
  validateLabels(labels, at.child('labels'), errors);
  validateAnnotations(annotations, at.child('annotations'), errors);
  validatePodAnnotations(annotations, template.spec, at.child('annotations'), errors);
  return undefined;
}

/** The controller sets hostname and subdomain, and puts a volume for each claim before the others, in place of one with its name. */
function asPodsGetIt({ template, volumeClaimTemplates }: StatefulSetSpec): PodTemplateSpec {
  const { hostname, subdomain, volumes = [], ...rest } = template.spec;
  if (!volumeClaimTemplates?.length && !hostname && !subdomain) return template;
  const claims = new Map(
    (volumeClaimTemplates ?? []).map(({ metadata }): readonly [string, Volume] => {
      const name = metadata?.name ?? '';
      return [name, { name, persistentVolumeClaim: { claimName: name } }];
    }),
  );
  const all = [...claims.values(), ...volumes.filter(({ name }) => !claims.has(name))];
  return { ...template, spec: { ...rest, ...(all.length > 0 && { volumes: all }) } };
}

// ---- updates ----

const mutable = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
] as const;
const onlyMutable =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function validateOnlyMutable(next: StatefulSetSpec, before: StatefulSetSpec, errors: FieldErrors): void {
  const [a, b] = [next, before].map((one) => ({ ...one, ...Object.fromEntries(mutable.map((field) => [field, undefined])) }));
  if (!isEqual(a, b)) errors.forbidden(spec, onlyMutable);
}

const counted = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas', 'observedGeneration', 'collisionCount'];
const parts = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;

function validateStatus({ status: counts }: StatefulSet, errors: FieldErrors): void {
  validateCounts(counts as unknown as Readonly<Record<string, unknown>>, counted, status, errors);
  for (const part of parts) {
    if ((counts[part] ?? 0) > counts.replicas) errors.invalid(status.child(part), counts[part] ?? 0, 'cannot be greater than status.replicas');
  }
  const { availableReplicas = 0, readyReplicas = 0 } = counts;
  if (availableReplicas > readyReplicas) errors.invalid(status.child('availableReplicas'), availableReplicas, 'cannot be greater than status.readyReplicas');
}

// ---- warnings ----

function claimWarnings({ volumeClaimTemplates = [] }: StatefulSetSpec, isUpdate: boolean): readonly string[] {
  const found: string[] = [];
  volumeClaimTemplates.forEach(({ spec: { resources } }, i) => {
    // The server says 'Spec' of an update, and nothing of a new set.
    const claim = spec.child('volumeClaimTemplates').index(i);
    const at = (isUpdate ? claim.child('Spec') : claim).child('resources');
    for (const part of ['requests', 'limits'] as const) {
      warnOfFraction(resources?.[part]?.['storage'], at.child(part).key('storage'), (path, text) => found.push(`${path}: ${text}`));
    }
  });
  return found;
}

const historyWarnings = ({ revisionHistoryLimit = 0 }: StatefulSetSpec) =>
  revisionHistoryLimit < 0 ? ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended'] : [];
