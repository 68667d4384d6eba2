// Rules for persistent volumes.
import { isEqual } from '../../kube/equal.ts';
import { checkDns1123Subdomain } from '../../kube/names.ts';
import { compareQuantities, formatQuantity, quantityOf, quantityToNumber } from '../../kube/quantity.ts';
import type { PersistentVolume, PersistentVolumeSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validateNodeSelector } from '../pod/affinity.ts';
import type { ResourceList } from '../pod/resources.ts';
import { goStruct } from '../text/go-struct.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { validateAccessModes, validateClassName, volumeModes } from '../volumes/claim-template.ts';
import { printedSources, sourcesOf, validateSources } from '../volumes/persistent-sources.ts';
import { warningsOfPersistentVolume } from '../warnings/persistent-volume.ts';

const reclaimPolicies = ['Delete', 'Recycle', 'Retain'];
const mountOptions = 'volume.beta.kubernetes.io/mount-options';
/** Types whose volumes can be mounted with options of their own. */
const mountable =
  'gcePersistentDisk awsElasticBlockStore glusterfs nfs rbd quobyte iscsi cinder cephfs azureFile vsphereVolume azureDisk photonPersistentDisk'.split(' ');

export const persistentVolumeRules: RulesOf<PersistentVolume> = {
  validate: (volume) => findings((errors) => validateWithPlugins(volume, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateWithPlugins(next, errors);
      validateVolume(next, errors);
      validateChange(next.spec, before.spec, errors);
    }),
  validateStatusUpdate: (next, before) => findings((errors) => validateReplacedMeta(next, before, errors)),
  warnings: warningsOfPersistentVolume,
};

function validateWithPlugins(volume: PersistentVolume, errors: FieldErrors): void {
  validateVolume(volume, errors);
  if (volume.metadata.annotations?.[mountOptions] === undefined || mountable.some((field) => field in (volume.spec ?? {}))) return;
  errors.forbidden(root('metadata', 'annotations', mountOptions), 'may not specify mount options for this volume type');
}

function validateVolume(volume: PersistentVolume, errors: FieldErrors): void {
  validateObjectMeta(volume, subdomainName, errors);
  validatePersistentVolumeSpec(volume.spec ?? {}, volume.metadata.name, root('spec'), errors);
}

/** Of a volume, not of one that stands in the attachment of a volume to a node. */
function validatePersistentVolumeSpec(spec: PersistentVolumeSpec, name: string, at: Path, errors: FieldErrors): void {
  validateAccess(spec, at, errors);
  validateCapacity(spec, at.child('capacity'), errors);
  const { persistentVolumeReclaimPolicy: policy, nodeAffinity, storageClassName, volumeMode, volumeAttributesClassName: attributes } = spec;
  const policyAt = at.child('persistentVolumeReclaimPolicy');
  if (policy && !reclaimPolicies.includes(policy)) errors.notSupported(policyAt, policy, reclaimPolicies);
  if (nodeAffinity?.required) validateNodeSelector(nodeAffinity.required, at.child('nodeAffinity').child('required'), errors);
  else if (nodeAffinity) errors.required(at.child('nodeAffinity').child('required'), 'must specify required node constraints');
  validateSources(spec, name, at, errors);
  const isRoot = spec.hostPath && /^\/(\.?\/)*\.?$/.test(spec.hostPath.path);
  if (isRoot && policy === 'Recycle') errors.forbidden(policyAt, "may not be 'recycle' for a hostPath mount of '/'");
  validateClassName(storageClassName, at.child('storageClassName'), errors);
  if (volumeMode !== undefined && !volumeModes.includes(volumeMode)) errors.notSupported(at.child('volumeMode'), volumeMode, volumeModes);
  if (attributes !== undefined) validateAttributesClass(attributes, spec, at, errors);
}

/** Rules for a volume that stands in its attachment to a node: it has nothing that binds it to a claim. */
export function validateInlineVolumeSpec(spec: PersistentVolumeSpec, at: Path, errors: FieldErrors): void {
  const inline = 'in the context of inline volumes';
  const forbid = (field: string, text = `may not be specified ${inline}`) => errors.forbidden(at.child(field), text);
  const { persistentVolumeReclaimPolicy: policy, volumeMode } = spec;
  if (spec.claimRef) forbid('claimRef');
  if (Object.keys(spec.capacity ?? {}).length > 0) forbid('capacity');
  if (!spec.csi) errors.required(at.child('csi'), `has to be specified ${inline}`);
  validateAccess(spec, at, errors);
  if (policy && policy !== 'Retain') forbid('persistentVolumeReclaimPolicy', `may only be Retain ${inline}`);
  if (spec.nodeAffinity) forbid('nodeAffinity');
  validateSources(spec, '', at, errors);
  if (spec.storageClassName) forbid('storageClassName');
  if (volumeMode !== undefined && volumeMode !== 'Filesystem') forbid('volumeMode', `may not specify volumeMode other than Filesystem ${inline}`);
}

function validateAccess({ accessModes = [] }: PersistentVolumeSpec, at: Path, errors: FieldErrors): void {
  if (accessModes.length === 0) errors.required(at.child('accessModes'));
  validateAccessModes(accessModes, at.child('accessModes'), errors);
}

function validateCapacity(spec: PersistentVolumeSpec, at: Path, errors: FieldErrors): void {
  const capacity = (spec.capacity ?? {}) as ResourceList;
  const names = Object.keys(capacity).sort();
  if (names.length === 0) errors.required(at);
  if (capacity['storage'] === undefined || names.length > 1) {
    const printed = spec.capacity ? Object.fromEntries(names.map((name) => [name, capacity[name]])) : null;
    errors.notSupported(at, printed, ['storage']);
  }
  for (const [name, text] of Object.entries(capacity)) {
    const amount = quantityOf(text);
    validateBasicAmount(text, at.key(name), errors);
    if (compareQuantities(amount, zero) <= 0) errors.invalid(at.key(name), formatQuantity(amount), 'must be greater than zero');
  }
}

const zero = quantityOf(0);

/** An amount that is printed in whole units: '-1Gi' → -1073741824. */
export function validateBasicAmount(text: string, at: Path, errors: FieldErrors): void {
  const value = quantityToNumber(quantityOf(text));
  if (value < 0) errors.invalid(at, value, 'must be a valid resource quantity');
}

function validateAttributesClass(name: string, { csi }: PersistentVolumeSpec, at: Path, errors: FieldErrors): void {
  if (name === '') errors.required(at.child('volumeAttributesClassName'), 'an empty string is disallowed');
  else errors.invalidEach(at.child('volumeAttributesClassName'), name, checkDns1123Subdomain(name));
  if (!csi) errors.required(at.child('csi'), 'has to be specified when using volumeAttributesClassName');
}

// ---- updates ----

function validateChange(next: PersistentVolumeSpec, before: PersistentVolumeSpec, errors: FieldErrors): void {
  const [sources, old] = [sourcesOf(withoutNewExpandSecret(next, before)), sourcesOf(before)];
  if (!isEqual(sources, old)) {
    const diff = unifiedDiff(printedSources(old), printedSources(sources));
    errors.forbidden(root('spec', 'persistentvolumesource'), `spec.persistentvolumesource is immutable after creation\n${diff}`);
  }
  validateImmutable(next.volumeMode, before.volumeMode, root('volumeMode'), errors, next.volumeMode ?? null);
  if (before.nodeAffinity) validateNodeAffinityChange(next, before, errors);
  if (before.volumeAttributesClassName !== undefined && next.volumeAttributesClassName === undefined) {
    errors.forbidden(root('spec', 'volumeAttributesClassName'), 'update from non-nil value to nil is forbidden');
  }
}

/** The secret for expanding a volume may be added once. */
function withoutNewExpandSecret(next: PersistentVolumeSpec, before: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!next.csi?.controllerExpandSecretRef || !before.csi || before.csi.controllerExpandSecretRef) return next;
  const { controllerExpandSecretRef: _, ...csi } = next.csi;
  return { ...next, csi };
}

/** Labels of nodes that have newer names may be exchanged for those. */
const newerLabels: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
};

function validateNodeAffinityChange({ nodeAffinity: next }: PersistentVolumeSpec, { nodeAffinity: before }: PersistentVolumeSpec, errors: FieldErrors): void {
  const renamed = (affinity: typeof next, counterpart: typeof next) => ({
    required: {
      nodeSelectorTerms: affinity?.required?.nodeSelectorTerms?.map((term, i) => ({
        ...term,
        matchExpressions: (term.matchExpressions ?? []).map((requirement, j) => {
          const other = counterpart?.required?.nodeSelectorTerms?.[i]?.matchExpressions?.[j]?.key;
          // A key may also be dropped, which is an error of its own.
          return other !== undefined && (newerLabels[requirement.key] ?? '') === other ? { ...requirement, key: other } : requirement;
        }),
      })),
    },
  });
  if (isEqual(renamed(next, undefined), renamed(before, next))) return;
  const printed = next ? goStruct('VolumeNodeAffinity', next) : null;
  errors.invalid(root('nodeAffinity'), printed, 'field is immutable, except for updating from beta label to GA');
}
