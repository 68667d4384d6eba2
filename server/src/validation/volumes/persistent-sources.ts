// Where the storage of a persistent volume is: the types in the order in which the server looks at them, each with its rule.
// They are those of pods, but secrets have a namespace here.
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import type { PersistentVolumeSpec, SecretReference } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { goFields } from '../text/go-struct.ts';
import { validateDriverName } from './driver-name.ts';
import { validatePathNoBacksteps } from './paths.ts';
import * as remote from './remote.ts';
import { validateHostPath } from './volume-types.ts';

interface Scope {
  /** Of the volume; '' for one without a name. */
  readonly name: string;
  readonly hasNodeAffinity: boolean;
  /** Path of the spec. */
  readonly spec: Path;
}

interface SourceType {
  readonly field: string;
  readonly rule: (source: never, at: Path, errors: FieldErrors, scope: Scope) => void;
  /** Where the server's findings in it are, and where it refuses a second type, if not at the field's own name. */
  readonly path?: string;
  readonly refusedPath?: string;
}

function type<Field extends keyof PersistentVolumeSpec>(
  field: Field,
  rule: (source: NonNullable<PersistentVolumeSpec[Field]>, at: Path, errors: FieldErrors, scope: Scope) => void,
  paths: Pick<SourceType, 'path' | 'refusedPath'> = {},
): SourceType {
  return { field, rule, ...paths };
}

const sourceTypes: readonly SourceType[] = [
  type('hostPath', validateHostPath),
  type('gcePersistentDisk', remote.gcePersistentDisk, { path: 'persistentDisk' }),
  type('awsElasticBlockStore', remote.awsElasticBlockStore),
  type('glusterfs', (source, at, errors) => {
    remote.glusterfs(source, at, errors);
    const { endpointsNamespace: namespace } = source;
    const field = at.child('endpointsNamespace');
    if (namespace === '') errors.invalid(field, '', 'if the endpointnamespace is set, it must be a valid namespace name');
    else if (namespace !== undefined) errors.invalidEach(field, namespace, checkDns1123Label(namespace));
  }),
  type('flocker', remote.flocker),
  type('nfs', remote.nfs),
  type('rbd', remote.rbd),
  type('quobyte', remote.quobyte),
  type('cephfs', remote.cephfs, { refusedPath: 'cephFS' }),
  type('iscsi', (source, at, errors, { name }) => remote.persistentIscsi(source, name, at, errors)),
  type('cinder', (source, at, errors) => {
    remote.cinder(source, at, errors);
    validateSecretNamespace(source.secretRef, at, errors);
  }),
  type('fc', remote.fc),
  type('flexVolume', remote.flexVolume),
  type('azureFile', (source, at, errors) => {
    remote.azureFile(source, at, errors);
    if (source.secretNamespace === '') errors.required(at.child('secretNamespace'));
  }),
  type('vsphereVolume', remote.vsphereVolume),
  type('photonPersistentDisk', remote.photonPersistentDisk),
  type('portworxVolume', remote.portworxVolume),
  type('azureDisk', remote.azureDisk),
  type('scaleIO', remote.scaleIO),
  type('local', ({ path }, at, errors, { hasNodeAffinity, spec }) => {
    if (!path) errors.required(at.child('path'));
    else validatePathNoBacksteps(path, at.child('path'), errors);
    if (!hasNodeAffinity) errors.required(spec.child('nodeAffinity'), 'Local volume requires node affinity');
  }),
  type('storageos', (source, at, errors) => {
    remote.storageos(source, at, errors);
    validateSecretNamespace(source.secretRef, at, errors);
  }),
  type('csi', (source, at, errors) => {
    validateDriverName(source.driver, at.child('driver'), errors);
    if (!source.volumeHandle) errors.required(at.child('volumeHandle'));
    for (const field of ['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef', 'nodeExpandSecretRef'] as const) {
      if (source[field]) validateSecretReference(source[field], at.child(field), errors);
    }
  }),
];

function validateSecretNamespace(ref: SecretReference | undefined, at: Path, errors: FieldErrors): void {
  if (ref && !ref.namespace) errors.required(at.child('secretRef').child('namespace'));
}

function validateSecretReference({ name, namespace }: SecretReference, at: Path, errors: FieldErrors): void {
  if (!name) errors.required(at.child('name'));
  else errors.invalidEach(at.child('name'), name, checkDns1123Subdomain(name));
  if (!namespace) errors.required(at.child('namespace'));
  else errors.invalidEach(at.child('namespace'), namespace, checkDns1123Label(namespace));
}

/** A volume is of exactly one type; only a flexVolume may come second, as the server does not look there. */
export function validateSources(spec: PersistentVolumeSpec, name: string, at: Path, errors: FieldErrors): void {
  const scope: Scope = { name, hasNodeAffinity: spec.nodeAffinity !== undefined, spec: at };
  let count = 0;
  for (const { field, rule, path = field, refusedPath = field } of sourceTypes) {
    const source = (spec as Readonly<Record<string, unknown>>)[field];
    if (source === undefined) continue;
    if (count++ > 0 && field !== 'flexVolume') errors.forbidden(at.child(refusedPath), 'may not specify more than 1 volume type');
    else rule(source as never, at.child(path), errors, scope);
  }
  if (count === 0) errors.required(at, 'must specify a volume type');
}

/** The part of a spec that says where the storage is. */
export function sourcesOf(spec: PersistentVolumeSpec): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => sourceTypes.some((one) => one.field === field)));
}

/** In the order of the server's struct. */
const goNames = [
  'GCEPersistentDisk AWSElasticBlockStore HostPath Glusterfs NFS RBD Quobyte ISCSI FlexVolume Cinder CephFS FC Flocker AzureFile VsphereVolume AzureDisk',
  'PhotonPersistentDisk PortworxVolume ScaleIO Local StorageOS CSI',
].flatMap((line) => line.split(' '));

export const printedSources = (sources: object): object => goFields('PersistentVolumeSpec', goNames, sources);
