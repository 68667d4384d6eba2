// Rules for spec.os: what a pod for Linux and one for Windows may not say.
import type { PodSecurityContext, PodSpec, SecurityContext } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { eachContainer } from './context.ts';

const notWindows = 'cannot be set for a windows pod';
const notLinux = 'windows options cannot be set for a linux pod';

/** Fields of the security contexts that mean nothing on Windows, in the server's order. hostUsers and the like are the pod's own. */
const podFields: readonly (keyof PodSecurityContext | keyof PodSpec)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'hostUsers',
  'hostPID',
  'hostIPC',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'shareProcessNamespace',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const containerFields: readonly (keyof SecurityContext)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];
const ofSpec = new Set<string>(['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace']);

export function validateOs(spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!spec.os) return;
  const { name } = spec.os;
  if (!name) errors.required(at.child('os').child('name'));
  else if (name === 'linux') validateLinux(spec, at, errors);
  else if (name === 'windows') validateWindows(spec, at, errors);
  else errors.notSupported(at.child('os'), name, ['linux', 'windows']);
}

function validateLinux(spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (spec.securityContext?.windowsOptions) errors.forbidden(at.child('securityContext').child('windowsOptions'), notLinux);
  eachContainer(spec, at, ({ securityContext }, path) => {
    if (securityContext?.windowsOptions) errors.forbidden(path.child('securityContext').child('windowsOptions'), notLinux);
  });
}

function validateWindows(spec: PodSpec, at: Path, errors: FieldErrors): void {
  const context: PodSecurityContext = spec.securityContext ?? {};
  for (const field of podFields) {
    const isOfSpec = ofSpec.has(field);
    const value = isOfSpec ? spec[field as keyof PodSpec] : context[field as keyof PodSecurityContext];
    // hostPID: false is as good as absent, hostUsers: false is not.
    const isSet = field === 'hostPID' || field === 'hostIPC' ? value === true : value !== undefined;
    if (isSet) errors.forbidden(isOfSpec ? at.child(field) : at.child('securityContext').child(field), notWindows);
  }
  eachContainer(spec, at, ({ securityContext }, path) => {
    for (const field of containerFields) {
      if (securityContext?.[field] !== undefined) errors.forbidden(path.child('securityContext').child(field), notWindows);
    }
  });
}
