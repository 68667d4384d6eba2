// The shape of a check of PodSecurity, and the words that checks share (k8s.io/pod-security-admission/policy).
import type { ObjectMeta } from '../../../../kube/object.ts';
import type { Container, PodSpec } from '../../../../schema/generated/types.ts';

/** A pod, or the template of one. */
export interface PodLike {
  readonly metadata?: Partial<ObjectMeta> | undefined;
  readonly spec: PodSpec;
}

/** What a check forbids: `host namespaces` and, in brackets behind it, `hostNetwork=true`. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export type PodCheck = (pod: PodLike) => Violation | undefined;

export interface VersionedCheck {
  /** Checks are sorted by it. */
  readonly id: string;
  readonly level: 'baseline' | 'restricted';
  /** From which minor version of the policy on; the last that is not later than the policy's own counts. */
  readonly versions: readonly { readonly since: number; readonly check: PodCheck; readonly overrides?: string }[];
}

/** All containers of a pod, in the order in which violations name them. */
export const containersOf = ({ spec }: PodLike): readonly Container[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...((spec.ephemeralContainers ?? []) as readonly unknown[] as readonly Container[]),
];

export const namesWhere = (pod: PodLike, isBad: (container: Container) => boolean): readonly string[] =>
  containersOf(pod)
    .filter(isBad)
    .map(({ name }) => name);

/** `"a", "b"` */
export const quoted = (texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(', ');

export const sortedSet = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();

export const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** `container "a"`, `containers "a", "b"` */
export const containersText = (names: readonly string[]): string => `${plural(names.length, 'container', 'containers')} ${quoted(names)}`;

/** `pod and containers "a", "b"`: who sets something that is forbidden. */
export const settersText = (byPod: boolean, names: readonly string[]): string =>
  [...(byPod ? ['pod'] : []), ...(names.length > 0 ? [containersText(names)] : [])].join(' and ');

export const unlessWindows =
  (check: PodCheck): PodCheck =>
  (pod) =>
    pod.spec.os?.name === 'windows' ? undefined : check(pod);

/** In a user namespace of its own, root is nobody outside. */
export const unlessUserNamespace =
  (check: PodCheck): PodCheck =>
  (pod) =>
    pod.spec.hostUsers === false ? undefined : check(pod);
