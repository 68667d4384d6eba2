// Rules for security contexts of pods and containers.
import { checkUserId } from '../../kube/names.ts';
import type { AppArmorProfile, PodSecurityContext, PodSpec, SeccompProfile, SecurityContext } from '../../schema/generated/types.ts';
import { byteLength } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateDescendingPath } from '../volumes/paths.ts';
import { sharesHostUsers } from './context.ts';
import { validateSysctls } from './sysctls.ts';
import { validateWindowsOptions } from './windows-options.ts';

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const procMounts = ['Default', 'Unmasked'];
/** PATH_MAX of Linux without the zero at the end. */
const maxProfilePathBytes = 4095;

export function validatePodSecurity(context: PodSecurityContext | undefined, spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!context) return;
  for (const field of ['fsGroup', 'runAsUser', 'runAsGroup'] as const) validateId(context[field], at.child(field), errors);
  context.supplementalGroups?.forEach((id, i) => validateId(id, at.child('supplementalGroups').index(i), errors));
  if (spec.shareProcessNamespace && spec.hostPID) {
    errors.invalid(at.child('shareProcessNamespace'), true, 'ShareProcessNamespace and HostPID cannot both be enabled');
  }
  validateSysctls(context.sysctls, spec, at.child('sysctls'), errors);
  validateChoice(context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'], at.child('fsGroupChangePolicy'), errors);
  validateSeccompProfile(context.seccompProfile, at.child('seccompProfile'), errors);
  validateWindowsOptions(context.windowsOptions, at.child('windowsOptions'), errors);
  validateAppArmorProfile(context.appArmorProfile, at.child('appArmorProfile'), errors);
  validateChoice(context.supplementalGroupsPolicy, ['Merge', 'Strict'], at.child('supplementalGroupsPolicy'), errors);
  // MountOption belongs to a feature that is off by default in this version.
  validateChoice(context.seLinuxChangePolicy, ['Recursive'], at.child('seLinuxChangePolicy'), errors);
}

export function validateContainerSecurity(context: SecurityContext | undefined, spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!context) return;
  validateId(context.runAsUser, at.child('runAsUser'), errors);
  validateId(context.runAsGroup, at.child('runAsGroup'), errors);
  validateChoice(context.procMount, procMounts, at.child('procMount'), errors);
  if (context.procMount === 'Unmasked' && sharesHostUsers(spec)) {
    errors.invalid(at.child('procMount'), context.procMount, '`hostUsers` must be false to use `Unmasked`');
  }
  validateSeccompProfile(context.seccompProfile, at.child('seccompProfile'), errors);
  if (context.allowPrivilegeEscalation === false) validateNoEscalation(context, at, errors);
  validateWindowsOptions(context.windowsOptions, at.child('windowsOptions'), errors);
  validateAppArmorProfile(context.appArmorProfile, at.child('appArmorProfile'), errors);
}

function validateNoEscalation(context: SecurityContext, at: Path, errors: FieldErrors): void {
  const printed = () => goStruct('SecurityContext', context);
  if (context.privileged) errors.invalid(at, printed(), 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true');
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== 'CAP_SYS_ADMIN') continue;
    errors.invalid(at, printed(), 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN');
  }
}

function validateId(id: number | undefined, at: Path, errors: FieldErrors): void {
  if (id !== undefined) errors.invalidEach(at, id, checkUserId(id));
}

function validateChoice(value: string | undefined, supported: readonly string[], at: Path, errors: FieldErrors): void {
  if (value !== undefined && !supported.includes(value)) errors.notSupported(at, value, supported);
}

function validateSeccompProfile(profile: SeccompProfile | undefined, at: Path, errors: FieldErrors): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  if (!type) errors.required(at.child('type'), 'type is required when seccompProfile is set');
  else validateChoice(type, profileTypes, at.child('type'), errors);
  const field = at.child('localhostProfile');
  if (type !== 'Localhost') {
    if (localhostProfile !== undefined) errors.invalid(field, goStruct('SeccompProfile', profile), 'can only be set when seccomp type is Localhost');
  } else if (localhostProfile === undefined) errors.required(field, 'must be set when seccomp type is Localhost');
  else validateDescendingPath(localhostProfile, field, errors);
}

function validateAppArmorProfile(profile: AppArmorProfile | undefined, at: Path, errors: FieldErrors): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  const field = at.child('localhostProfile');
  if (type === 'Localhost') validateLocalhostProfile(localhostProfile, field, errors);
  else if (!type) errors.required(at.child('type'), 'type is required when appArmorProfile is set');
  else if (!profileTypes.includes(type)) errors.notSupported(at.child('type'), type, profileTypes);
  else if (localhostProfile !== undefined) errors.invalid(field, localhostProfile, 'can only be set when AppArmor type is Localhost');
}

function validateLocalhostProfile(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (name === undefined) return errors.required(at, 'must be set when AppArmor type is Localhost');
  if (name.trim() !== name) errors.invalid(at, name, 'must not be padded with whitespace');
  else if (name === '') errors.required(at, 'must be set when AppArmor type is Localhost');
  if (byteLength(name) > maxProfilePathBytes) errors.tooLong(at, maxProfilePathBytes);
  return undefined;
}
