// Profiles that confine a container: AppArmor, seccomp, SELinux.
import { quote } from '../../../../../kube/quote.ts';
import type { SELinuxOptions } from '../../../../../schema/generated/types.ts';
import {
  containersOf,
  containersText,
  namesWhere,
  plural,
  quoted,
  settersText,
  sortedSet,
  unlessWindows,
  type PodCheck,
  type PodLike,
  type VersionedCheck,
} from '../check-kind.ts';

const isConfined = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';

/** Set, and to something that does not confine. */
const isBad = (type: string | undefined) => type !== undefined && !isConfined(type);

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

export const appArmorProfile: VersionedCheck = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check(pod) {
        const own = pod.spec.securityContext?.appArmorProfile;
        const byPod = own !== undefined && !isConfined(own.type);
        const names = namesWhere(pod, ({ securityContext }) => isBad(securityContext?.appArmorProfile?.type));
        const types = containersOf(pod).map(({ securityContext }) => securityContext?.appArmorProfile?.type);
        const annotations = Object.entries(pod.metadata?.annotations ?? {})
          .filter(([key, value]) => key.startsWith(appArmorPrefix) && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'))
          .map(([key, value]) => `${key}=${quote(value)}`)
          .sort();
        const setters = [settersText(byPod, names), annotations.length > 0 ? plural(annotations.length, 'annotation', 'annotations') : ''].filter(Boolean);
        if (setters.length === 0) return undefined;
        const values = [...sortedSet([...(byPod ? [own.type] : []), ...types.filter(isBad)] as string[]), ...annotations];
        return {
          reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
          detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
        };
      },
    },
  ],
};

const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

const isAllowed = (value: string) => value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');

/** Before there was a field for it, up to 1.18. */
const seccompAnnotations: PodCheck = (pod) => {
  const annotations = pod.metadata?.annotations ?? {};
  const forbidden = sortedSet(
    [seccompOfPod, ...containersOf(pod).map(({ name }) => seccompPrefix + name)].flatMap((key) => {
      const value = annotations[key];
      return value === undefined || isAllowed(value) ? [] : [`${key}=${quote(value)}`];
    }),
  );
  if (forbidden.length === 0) return undefined;
  return { reason: 'seccompProfile', detail: `forbidden ${plural(forbidden.length, 'annotation', 'annotations')} ${forbidden.join(', ')}` };
};

const seccompFields: PodCheck = (pod) => {
  const own = pod.spec.securityContext?.seccompProfile?.type;
  const names = namesWhere(pod, ({ securityContext }) => isBad(securityContext?.seccompProfile?.type));
  const setters = settersText(isBad(own), names);
  if (setters === '') return undefined;
  const types = [own, ...containersOf(pod).map(({ securityContext }) => securityContext?.seccompProfile?.type)].filter(isBad) as string[];
  return { reason: 'seccompProfile', detail: `${setters} must not set securityContext.seccompProfile.type to ${quoted(sortedSet(types))}` };
};

export const seccompBaseline: VersionedCheck = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { since: 0, check: seccompAnnotations },
    { since: 19, check: seccompFields },
  ],
};

/** The pod's own profile counts for containers that have none. */
const seccompSet: PodCheck = (pod) => {
  const bad = seccompFields(pod);
  if (bad || isConfined(pod.spec.securityContext?.seccompProfile?.type)) return bad;
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.seccompProfile === undefined);
  if (names.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `pod or ${containersText(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};

export const seccompRestricted: VersionedCheck = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  versions: [
    { since: 19, check: seccompSet, overrides: 'seccompProfile_baseline' },
    { since: 25, check: unlessWindows(seccompSet), overrides: 'seccompProfile_baseline' },
  ],
};

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

const seLinux =
  (types: readonly string[]): PodCheck =>
  (pod) => {
    const isForbidden = (options: SELinuxOptions | undefined) =>
      options !== undefined && (!types.includes(options.type ?? '') || !!options.user || !!options.role);
    const own = pod.spec.securityContext?.seLinuxOptions;
    const names = namesWhere(pod, ({ securityContext }) => isForbidden(securityContext?.seLinuxOptions));
    const setters = settersText(isForbidden(own), names);
    return setters === ''
      ? undefined
      : { reason: 'seLinuxOptions', detail: `${setters} set forbidden securityContext.seLinuxOptions: ${badOptions(pod, types)}` };
  };

function badOptions(pod: PodLike, allowed: readonly string[]): string {
  const all = [pod.spec.securityContext, ...containersOf(pod).map(({ securityContext }) => securityContext)].flatMap(
    (context) => context?.seLinuxOptions ?? [],
  );
  const types = sortedSet(all.map(({ type = '' }) => type).filter((type) => !allowed.includes(type)));
  return [
    ...(types.length > 0 ? [`${plural(types.length, 'type', 'types')} ${quoted(types)}`] : []),
    ...(all.some(({ user }) => user) ? ['user may not be set'] : []),
    ...(all.some(({ role }) => role) ? ['role may not be set'] : []),
  ].join('; ');
}

export const seLinuxOptions: VersionedCheck = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: 0, check: seLinux(seLinuxTypes) },
    { since: 31, check: seLinux([...seLinuxTypes, 'container_engine_t']) },
  ],
};
