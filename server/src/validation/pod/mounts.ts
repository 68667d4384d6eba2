// Rules for what a container mounts: directories and block devices.
import type { Container, EphemeralContainer, VolumeDevice, VolumeMount } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateDescendingPath } from '../volumes/paths.ts';
import type { PodContext } from './context.ts';

type AnyContainer = Container | EphemeralContainer;

const propagations = ['Bidirectional', 'HostToContainer', 'None'];
const recursiveModes = ['Disabled', 'Enabled', 'IfPossible'];

export function validateVolumeMounts(container: AnyContainer, { volumes }: PodContext, path: Path, errors: FieldErrors): void {
  const mountPaths = new Set<string>();
  const devices = container.volumeDevices ?? [];
  container.volumeMounts?.forEach((mount, i) => {
    const at = path.index(i);
    if (!mount.name) errors.required(at.child('name'));
    if (!volumes.has(mount.name)) errors.notFound(at.child('name'), mount.name);
    if (!mount.mountPath) errors.required(at.child('mountPath'));
    if (mountPaths.has(mount.mountPath)) errors.invalid(at.child('mountPath'), mount.mountPath, 'must be unique');
    mountPaths.add(mount.mountPath);
    if (devices.some(({ name }) => name === mount.name)) errors.invalid(at.child('name'), mount.name, 'must not already exist in volumeDevices');
    if (devicePaths(devices).includes(mount.mountPath)) {
      errors.invalid(at.child('mountPath'), mount.mountPath, 'must not already exist as a path in volumeDevices');
    }
    validateSubPaths(mount, at, path, errors);
    // The server leaves out the index in the paths of these two.
    validatePropagation(mount, container, path.child('mountPropagation'), errors);
    validateRecursiveReadOnly(mount, path.child('recursiveReadOnly'), errors);
  });
}

function validateSubPaths({ subPath, subPathExpr }: VolumeMount, at: Path, path: Path, errors: FieldErrors): void {
  if (subPath) validateDescendingPath(subPath, path.child('subPath'), errors);
  if (!subPathExpr) return;
  if (subPath) errors.invalid(at.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive');
  validateDescendingPath(subPathExpr, path.child('subPathExpr'), errors);
}

function validatePropagation({ mountPropagation }: VolumeMount, container: AnyContainer, at: Path, errors: FieldErrors): void {
  if (mountPropagation === undefined) return;
  if (!propagations.includes(mountPropagation)) errors.notSupported(at, mountPropagation, propagations);
  if (mountPropagation === 'Bidirectional' && !container.securityContext?.privileged) {
    errors.forbidden(at, 'Bidirectional mount propagation is available only to privileged containers');
  }
}

function validateRecursiveReadOnly({ recursiveReadOnly: mode, readOnly, mountPropagation }: VolumeMount, at: Path, errors: FieldErrors): void {
  if (mode === undefined || mode === 'Disabled') return;
  if (!recursiveModes.includes(mode)) return errors.notSupported(at, mode, recursiveModes);
  if (!readOnly) errors.forbidden(at, 'may only be specified when readOnly is true');
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    errors.forbidden(at, 'may only be specified when mountPropagation is None or not specified');
  }
}

// Of several devices or mounts with one name the last one's path counts.
const devicePaths = (devices: readonly VolumeDevice[]) => [...new Map(devices.map(({ name, devicePath }) => [name, devicePath])).values()];
const mountPaths = (mounts: readonly VolumeMount[]) => [...new Map(mounts.map(({ name, mountPath }) => [name, mountPath])).values()];

export function validateVolumeDevices(container: AnyContainer, { volumes }: PodContext, path: Path, errors: FieldErrors): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  const mounts = container.volumeMounts ?? [];
  container.volumeDevices?.forEach(({ name, devicePath }, i) => {
    const at = path.index(i);
    const volume = volumes.get(name);
    if (!name) errors.required(at.child('name'));
    if (names.has(name)) errors.invalid(at.child('name'), name, 'must be unique');
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      errors.invalid(at.child('name'), name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode');
    }
    if (!volume) errors.notFound(at.child('name'), name);
    if (!devicePath) errors.required(at.child('devicePath'));
    if (paths.has(devicePath)) errors.invalid(at.child('devicePath'), devicePath, 'must be unique');
    if (devicePath.split('/').includes('..')) errors.invalid(at.child('devicePath'), devicePath, "can not contain backsteps ('..')");
    else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name)) errors.invalid(at.child('name'), name, 'must not already exist in volumeMounts');
    if (mountPaths(mounts).includes(devicePath)) errors.invalid(at.child('devicePath'), devicePath, 'must not already exist as a path in volumeMounts');
    if (name) names.add(name);
  });
}
