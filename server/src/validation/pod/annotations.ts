// Rules for annotations that mean something for a pod, most of them from before there were fields for it.
import type { StringMap } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';
import { jsonKind } from '../../schema/json-value.ts';
import { parseJson } from '../../schema/json-text.ts';
import type { PodSpec, Toleration } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateDescendingPath } from '../volumes/paths.ts';
import { mirrorAnnotation } from './claims.ts';
import { eachContainer } from './context.ts';
import { validateTolerations } from './tolerations.ts';

const tolerationsAnnotation = 'scheduler.alpha.kubernetes.io/tolerations';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
export const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
export const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
export const appArmorContainer = 'container.apparmor.security.beta.kubernetes.io/';

export function validatePodAnnotations(annotations: StringMap | undefined, spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!annotations) return;
  const mirror = annotations[mirrorAnnotation];
  if (mirror !== undefined && !spec.nodeName) errors.invalid(at.key(mirrorAnnotation), mirror, 'must set spec.nodeName if mirror pod annotation is set');
  const tolerations = annotations[tolerationsAnnotation];
  if (tolerations) validateTolerationsText(tolerations, at, errors);
  const cost = annotations[deletionCost];
  if (cost !== undefined && !isInt32(cost)) errors.invalid(at.key(deletionCost), cost, 'must be a 32bit integer');
  validateSeccompAnnotations(annotations, at, errors);
  validateAppArmorAnnotations(annotations, spec, at, errors);
}

function validateTolerationsText(text: string, at: Path, errors: FieldErrors): void {
  const parsed = parseJson(text);
  if ('error' in parsed) return errors.invalid(at, tolerationsAnnotation, parsed.error);
  const { value } = parsed;
  if (Array.isArray(value)) return validateTolerations(value as readonly Toleration[], at.child(tolerationsAnnotation), errors);
  return errors.invalid(at, tolerationsAnnotation, `json: cannot unmarshal ${jsonKind(value)} into Go value of type []core.Toleration`);
}

/** '-5', '10', '0'; not '+10' nor '008'. */
function isInt32(text: string): boolean {
  return /^(0|-?\d+)$/.test(text) && !/^0./.test(text) && Number(text) >= -2147483648 && Number(text) <= 2147483647;
}

// ---- seccomp ----

function validateSeccompAnnotations(annotations: StringMap, at: Path, errors: FieldErrors): void {
  const ofPod = annotations[seccompPod];
  if (ofPod !== undefined) validateSeccompName(ofPod, at.child(seccompPod), errors);
  for (const [key, profile] of Object.entries(annotations)) {
    if (key.startsWith(seccompContainer)) validateSeccompName(profile, at.child(key), errors);
  }
}

function validateSeccompName(profile: string, at: Path, errors: FieldErrors): void {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return;
  if (profile.startsWith('localhost/')) validateDescendingPath(profile.slice('localhost/'.length), at, errors);
  else errors.invalid(at, profile, 'must be a valid seccomp profile');
}

// ---- AppArmor ----

function validateAppArmorAnnotations(annotations: StringMap, spec: PodSpec, at: Path, errors: FieldErrors): void {
  for (const [key, profile] of Object.entries(annotations)) {
    if (!key.startsWith(appArmorContainer)) continue;
    const name = key.slice(appArmorContainer.length);
    if (!hasContainer(spec, name, at)) errors.invalid(at.key(key), name, 'container not found');
    const isKnown = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/');
    if (!isKnown) errors.invalid(at.key(key), profile, `invalid AppArmor profile name: ${quote(profile)}`);
  }
}

function hasContainer(spec: PodSpec, wanted: string, at: Path): boolean {
  let found = false;
  eachContainer(spec, at, ({ name }) => (found ||= name === wanted));
  return found;
}

// ---- annotation and field say the same ----

interface Profile {
  readonly type?: string;
  readonly localhostProfile?: string;
}

/** What an annotation says must be what the field says, where there are both. */
export function validateProfilesMatch(annotations: StringMap | undefined, spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!annotations) return;
  const ofPod = spec.securityContext;
  if (ofPod?.seccompProfile) comparePair(annotations[seccompPod], ofPod.seccompProfile, 'seccomp', at.child('securityContext').child('seccompProfile'), errors);
  eachContainer(spec, at, ({ name, securityContext }, path) => {
    const profile = securityContext?.seccompProfile;
    if (profile) comparePair(annotations[seccompContainer + name], profile, 'seccomp', path.child('securityContext').child('seccompProfile'), errors);
  });
  if (spec.os?.name === 'windows') return;
  eachContainer(spec, at, ({ name, securityContext }, path) => {
    const profile = securityContext?.appArmorProfile ?? ofPod?.appArmorProfile;
    if (profile) comparePair(annotations[appArmorContainer + name], profile, 'apparmor', path.child('securityContext').child('appArmorProfile'), errors);
  });
}

function comparePair(annotation: string | undefined, profile: Profile, what: 'seccomp' | 'apparmor', at: Path, errors: FieldErrors): void {
  if (annotation === undefined) return;
  const names = profile.type === 'RuntimeDefault' ? ['runtime/default', ...(what === 'seccomp' ? ['docker/default'] : [])] : ['unconfined'];
  if (profile.type === 'Localhost') {
    if (!annotation.startsWith('localhost/')) errors.forbidden(at.child('type'), `${what} type in annotation and field must match`);
    else if (annotation.slice('localhost/'.length) !== profile.localhostProfile) {
      errors.forbidden(at.child('localhostProfile'), `${what} profile in annotation and field must match`);
    }
  } else if ((profile.type === 'RuntimeDefault' || profile.type === 'Unconfined') && !names.includes(annotation)) {
    errors.forbidden(at.child('type'), `${what} type in annotation and field must match`);
  }
}

// ---- updates ----

/** The annotations that make a pod what it is stay as they were. */
export function validatePodAnnotationUpdates(next: StringMap = {}, before: StringMap = {}, at: Path, errors: FieldErrors): void {
  for (const [key, value] of Object.entries(before)) {
    if (next[key] === value) continue;
    if (key.startsWith(appArmorContainer)) errors.forbidden(at.key(key), 'may not remove or update AppArmor annotations');
    if (key === mirrorAnnotation) errors.forbidden(at.key(key), 'may not remove or update mirror pod annotation');
  }
  for (const key of Object.keys(next)) {
    if (before[key] !== undefined) continue;
    if (key.startsWith(appArmorContainer)) errors.forbidden(at.key(key), 'may not add AppArmor annotations');
    if (key === mirrorAnnotation) errors.forbidden(at.key(key), 'may not add mirror pod annotation');
  }
}
