// Rules for volumes on storage that is not Kubernetes' own: mostly "these fields must be set".
import { checkDns1123Label } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { LocalObjectReference, PersistentVolumeSpec, Volume } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { rangeText } from '../../kube/names.ts';

type Source<Field extends keyof Volume> = NonNullable<Volume[Field]>;

/** A rule that asks for fields to be there and not empty. */
const needs =
  (...fields: readonly string[]) =>
  (source: object, at: Path, errors: FieldErrors): void => {
    for (const field of fields) if (!(source as Readonly<Record<string, unknown>>)[field]) errors.required(at.child(field));
  };

export const glusterfs = needs('endpoints', 'path');
export const azureFile = needs('secretName', 'shareName');
export const vsphereVolume = needs('volumePath');
export const photonPersistentDisk = needs('pdID');
export const portworxVolume = needs('volumeID');
export const scaleIO = needs('gateway', 'system', 'volumeName');

export function rbd({ monitors, image }: Source<'rbd'>, at: Path, errors: FieldErrors): void {
  if (!monitors?.length) errors.required(at.child('monitors'));
  if (!image) errors.required(at.child('image'));
}

export function cephfs({ monitors }: Source<'cephfs'>, at: Path, errors: FieldErrors): void {
  if (!monitors?.length) errors.required(at.child('monitors'));
}

export function cinder({ volumeID, secretRef }: Source<'cinder'>, at: Path, errors: FieldErrors): void {
  if (!volumeID) errors.required(at.child('volumeID'));
  validateSecretRef(secretRef, at, errors);
}

function validateSecretRef(ref: LocalObjectReference | undefined, at: Path, errors: FieldErrors): void {
  if (ref && !ref.name) errors.required(at.child('secretRef').child('name'));
}

export function nfs({ server, path }: Source<'nfs'>, at: Path, errors: FieldErrors): void {
  if (!server) errors.required(at.child('server'));
  if (!path) errors.required(at.child('path'));
  if (!path.startsWith('/')) errors.invalid(at.child('path'), path, 'must be an absolute path');
}

export function gcePersistentDisk({ pdName, partition }: Source<'gcePersistentDisk'>, at: Path, errors: FieldErrors): void {
  if (!pdName) errors.required(at.child('pdName'));
  validatePartition(partition, at, errors);
}

export function awsElasticBlockStore({ volumeID, partition }: Source<'awsElasticBlockStore'>, at: Path, errors: FieldErrors): void {
  if (!volumeID) errors.required(at.child('volumeID'));
  validatePartition(partition, at, errors);
}

// 0 is let through, though the text says otherwise: it stands for "none".
function validatePartition(partition: number | undefined, at: Path, errors: FieldErrors): void {
  if (partition !== undefined && (partition < 0 || partition > 255)) errors.invalid(at.child('partition'), partition, rangeText(1, 255));
}

export function flocker({ datasetName = '', datasetUUID = '' }: Source<'flocker'>, at: Path, errors: FieldErrors): void {
  if (!datasetName && !datasetUUID) errors.required(at, 'one of datasetName and datasetUUID is required');
  if (datasetName && datasetUUID) errors.invalid(at, 'resource', 'datasetName and datasetUUID can not be specified simultaneously');
  if (datasetName.includes('/')) errors.invalid(at.child('datasetName'), datasetName, "must not contain '/'");
}

const registryText = 'must be a host:port pair or multiple pairs separated by commas';

export function quobyte({ registry, tenant = '', volume }: Source<'quobyte'>, at: Path, errors: FieldErrors): void {
  if (!registry) errors.required(at.child('registry'), registryText);
  else if (byteLength(tenant) > 64) errors.required(at.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters');
  else for (const pair of registry.split(',')) if (!isHostPort(pair)) errors.invalid(at.child('registry'), registry, registryText);
  if (!volume) errors.required(at.child('volume'));
}

/** 'host:7861', '[::1]:7861'. */
const isHostPort = (text: string) => /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text);

export function fc({ targetWWNs = [], wwids = [], lun }: Source<'fc'>, at: Path, errors: FieldErrors): void {
  const field = at.child('targetWWNs');
  if (targetWWNs.length === 0 && wwids.length === 0) errors.required(field, 'must specify either targetWWNs or wwids, but not both');
  if (targetWWNs.length > 0 && wwids.length > 0) errors.invalid(field, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously');
  if (targetWWNs.length === 0) return;
  if (lun === undefined) errors.required(at.child('lun'), 'lun is required if targetWWNs is specified');
  else validateLun(lun, at, errors);
}

function validateLun(lun: number, at: Path, errors: FieldErrors): void {
  if (lun < 0 || lun > 255) errors.invalid(at.child('lun'), lun, rangeText(0, 255));
}

export function flexVolume({ driver, options }: Source<'flexVolume'>, at: Path, errors: FieldErrors): void {
  if (!driver) errors.required(at.child('driver'));
  for (const key of Object.keys(options ?? {})) {
    const namespace = `.${(key.includes('/') ? key.slice(0, key.indexOf('/')) : key).toLowerCase()}`;
    if (!namespace.endsWith('.kubernetes.io') && !namespace.endsWith('.k8s.io')) continue;
    errors.invalid(at.child('options').key(key), key, 'kubernetes.io and k8s.io namespaces are reserved');
  }
}

const initiators: readonly (readonly [start: string, shape: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([-A-Za-z0-9.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
];

function checkInitiator(name: string, strange: string): readonly string[] {
  const initiator = initiators.find(([start]) => name.startsWith(start));
  if (!initiator) return [strange];
  return initiator[1].test(name) ? [] : ['must be valid format'];
}

export function iscsi(source: Source<'iscsi'>, at: Path, errors: FieldErrors): void {
  if (!source.targetPortal) errors.required(at.child('targetPortal'));
  validateTarget(source, 'must be valid format starting with iqn, eui, or naa', at, errors);
  validateInitiator(source, 'must be valid format starting with iqn, eui, or naa', at, errors);
}

const maxPortalBytes = 64;

/** Of a persistent volume of this name, which is part of the name that the initiator gets. */
export function persistentIscsi(source: NonNullable<PersistentVolumeSpec['iscsi']>, name: string, at: Path, errors: FieldErrors): void {
  const { targetPortal, initiatorName, secretRef } = source;
  if (!targetPortal) errors.required(at.child('targetPortal'));
  if (initiatorName !== undefined && byteLength(`${name}:${targetPortal}`) > maxPortalBytes) {
    const text = 'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
    errors.invalid(at.child('targetportal'), targetPortal, text);
  }
  validateTarget(source, 'must be valid format', at, errors);
  validateSecretRef(secretRef, at, errors);
  validateInitiator(source, 'must be valid format', at, errors);
}

/** What the sources of pods and of persistent volumes have in common. */
type Iscsi = Pick<Source<'iscsi'>, 'iqn' | 'lun' | 'chapAuthDiscovery' | 'chapAuthSession' | 'initiatorName'> & { readonly secretRef?: object };

/** `strange`: what is said to a name that begins in none of the known ways. */
function validateTarget({ iqn, lun, chapAuthDiscovery, chapAuthSession, secretRef }: Iscsi, strange: string, at: Path, errors: FieldErrors): void {
  if (!iqn) errors.required(at.child('iqn'));
  else errors.invalidEach(at.child('iqn'), iqn, checkInitiator(iqn, strange));
  validateLun(lun, at, errors);
  if ((chapAuthDiscovery || chapAuthSession) && !secretRef) errors.required(at.child('secretRef'));
}

function validateInitiator({ initiatorName }: Iscsi, strange: string, at: Path, errors: FieldErrors): void {
  if (initiatorName !== undefined) errors.invalidEach(at.child('initiatorname'), initiatorName, checkInitiator(initiatorName, strange));
}

const cachingModes = ['None', 'ReadOnly', 'ReadWrite'];
const diskKinds = ['Dedicated', 'Managed', 'Shared'];
const managedUri = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobUri = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export function azureDisk({ diskName, diskURI, cachingMode, kind }: Source<'azureDisk'>, at: Path, errors: FieldErrors): void {
  if (!diskName) errors.required(at.child('diskName'));
  if (!diskURI) errors.required(at.child('diskURI'));
  if (cachingMode !== undefined && !cachingModes.includes(cachingMode)) errors.notSupported(at.child('cachingMode'), cachingMode, cachingModes);
  if (kind === undefined) return;
  if (!diskKinds.includes(kind)) errors.notSupported(at.child('kind'), kind, diskKinds);
  const [start, form] = kind === 'Managed' ? ['/subscriptions/', managedUri] : ['https://', blobUri];
  if (!diskURI.startsWith(start)) errors.notSupported(at.child('diskURI'), diskURI, [form]);
}

export function storageos({ volumeName = '', volumeNamespace, secretRef }: Source<'storageos'>, at: Path, errors: FieldErrors): void {
  if (!volumeName) errors.required(at.child('volumeName'));
  else errors.invalidEach(at.child('volumeName'), volumeName, checkDns1123Label(volumeName));
  if (volumeNamespace) errors.invalidEach(at.child('volumeNamespace'), volumeNamespace, checkDns1123Label(volumeNamespace));
  validateSecretRef(secretRef, at, errors);
}
