// The types of volumes, in the order in which the server looks at them, each with its rule.
import { compareQuantities, quantityOf } from '../../kube/quantity.ts';
import { checkDns1123Subdomain } from '../../kube/names.ts';
import type { CSIVolumeSource, Volume } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validatePullPolicy } from '../pod/container.ts';
import { validateClaimTemplate } from './claim-template.ts';
import { validateDownwardApi } from './downward-api.ts';
import { validateDriverName } from './driver-name.ts';
import { validateKeyed } from './keyed.ts';
import { validateDescendingPath, validatePathNoBacksteps } from './paths.ts';
import { validateProjected } from './projected.ts';
import * as remote from './remote.ts';

export interface VolumeScope {
  readonly isPod: boolean;
}

type SourceField = Exclude<keyof Volume, 'name'>;
type SourceRule<Source> = (source: Source, at: Path, errors: FieldErrors, scope: VolumeScope) => void;

interface VolumeType {
  readonly field: SourceField;
  readonly rule: SourceRule<never>;
  /** Where the server's findings in it are, and where it refuses a second type, if not at the field's own name. */
  readonly path?: string;
  readonly refusedPath?: string;
}

function type<Field extends SourceField>(
  field: Field,
  rule: SourceRule<NonNullable<Volume[Field]>>,
  paths: Pick<VolumeType, 'path' | 'refusedPath'> = {},
): VolumeType & { readonly rule: SourceRule<unknown> } {
  return { field, rule: rule as SourceRule<unknown>, ...paths };
}

export const volumeTypes = [
  type('emptyDir', ({ sizeLimit }, at, errors) => {
    if (sizeLimit === undefined || compareQuantities(quantityOf(String(sizeLimit)), quantityOf('0')) >= 0) return;
    errors.forbidden(at.child('sizeLimit'), 'SizeLimit field must be a valid resource quantity');
  }),
  type('hostPath', (source, at, errors) => validateHostPath(source, at, errors)),
  type('gitRepo', ({ repository, directory = '' }, at, errors) => {
    if (!repository) errors.required(at.child('repository'));
    validateDescendingPath(directory, at.child('directory'), errors);
  }),
  type('gcePersistentDisk', remote.gcePersistentDisk, { path: 'persistentDisk' }),
  type('awsElasticBlockStore', remote.awsElasticBlockStore),
  type('secret', (source, at, errors) => validateKeyed(source, source.secretName, 'secretName', at, errors)),
  type('nfs', remote.nfs),
  type('iscsi', remote.iscsi),
  type('glusterfs', remote.glusterfs),
  type('flocker', remote.flocker),
  type('persistentVolumeClaim', ({ claimName }, at, errors) => {
    if (!claimName) errors.required(at.child('claimName'));
  }),
  type('rbd', remote.rbd),
  type('cinder', remote.cinder),
  type('cephfs', remote.cephfs, { refusedPath: 'cephFS' }),
  type('quobyte', remote.quobyte),
  type('downwardAPI', validateDownwardApi, { refusedPath: 'downwarAPI' }),
  type('fc', remote.fc),
  type('flexVolume', remote.flexVolume),
  type('configMap', (source, at, errors) => validateKeyed(source, source.name, 'name', at, errors)),
  type('azureFile', remote.azureFile),
  type('vsphereVolume', remote.vsphereVolume),
  type('photonPersistentDisk', remote.photonPersistentDisk),
  type('portworxVolume', remote.portworxVolume),
  type('azureDisk', remote.azureDisk),
  type('storageos', remote.storageos),
  type('projected', validateProjected),
  type('scaleIO', remote.scaleIO),
  type('csi', (source, at, errors) => validateCsi(source, at, errors)),
  type('ephemeral', ({ volumeClaimTemplate }, at, errors) => {
    if (volumeClaimTemplate) validateClaimTemplate(volumeClaimTemplate, at.child('volumeClaimTemplate'), errors);
    else errors.required(at.child('volumeClaimTemplate'));
  }),
  type('image', ({ reference, pullPolicy }, at, errors, { isPod }) => {
    // A template may leave the reference to whoever makes pods of it.
    if (isPod && !reference) errors.required(at.child('reference'));
    validatePullPolicy(pullPolicy, at.child('pullPolicy'), errors);
  }),
];

const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

export function validateHostPath({ path, type: kind }: NonNullable<Volume['hostPath']>, at: Path, errors: FieldErrors): void {
  if (!path) return errors.required(at.child('path'));
  validatePathNoBacksteps(path, at.child('path'), errors);
  if (kind !== undefined && !hostPathTypes.includes(kind)) errors.notSupported(at.child('type'), kind, hostPathTypes);
  return undefined;
}

function validateCsi({ driver, nodePublishSecretRef }: CSIVolumeSource, at: Path, errors: FieldErrors): void {
  validateDriverName(driver, at.child('driver'), errors);
  if (!nodePublishSecretRef) return;
  const { name } = nodePublishSecretRef;
  if (!name) errors.required(at.child('nodePublishSecretRef').child('name'));
  else errors.invalidEach(at.child('name'), name, checkDns1123Subdomain(name));
}
