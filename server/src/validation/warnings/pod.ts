// What the server lets pass but warns of, in a pod and in a template of pods (pkg/api/pod/warnings.go).
import { checkDns1123Label } from '../../kube/names.ts';
import { quote } from '../../kube/quote.ts';
import type { Pod, PodAffinity, PodSpec, PodTemplateSpec } from '../../schema/generated/types.ts';
import { checkIpForm } from '../ip.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { seccompPod } from '../pod/annotations.ts';
import { warnOfContainers } from './containers.ts';
import { newNameOf, warnOfNodeLabels } from './node-labels.ts';
import { warnOfFractions } from './resources.ts';
import { warnOfOverlaps, warnOfVolumes } from './volumes.ts';
import type { PodPlace, Warn } from './warn.ts';

/** Of a pod that replaces another its name is not said again. */
export function podWarnings({ metadata, spec }: Pod, before?: Pod): readonly string[] {
  const place: PodPlace = { metadata, spec, at: { spec: root('spec'), annotations: root('metadata', 'annotations') }, isTemplate: false };
  const ofName = before ? [] : nameWarnings(metadata.name, "this is used in the Pod's hostname");
  return [...ofName, ...warningsOf(place)];
}

/** Of a kind that makes pods: `at` is where its template is. */
export function templateWarnings(template: PodTemplateSpec, at: Path): readonly string[] {
  const paths = { spec: at.child('spec'), annotations: at.child('metadata').child('annotations') };
  return warningsOf({ metadata: template.metadata ?? {}, spec: template.spec, at: paths, isTemplate: true });
}

/** A name with dots, or a long one, makes a poor hostname. */
export function nameWarnings(name: string | undefined, use: string): readonly string[] {
  const findings = name ? checkDns1123Label(name) : [];
  if (findings.length === 0) return [];
  return [`metadata.name: ${use}, which can result in surprising behavior; a DNS label is recommended: [${findings.join(' ')}]`];
}

function warningsOf(place: PodPlace): readonly string[] {
  const { spec, at } = place;
  const found: string[] = [];
  const warn: Warn = (path, text) => found.push(`${path}: ${text}`);
  warnOfNodeLabels(spec, at.spec, warn);
  warnOfSpread(spec, at.spec, warn);
  warnOfAnnotations(place, warn);
  warnOfVolumes(spec, at.spec, warn);
  found.push(...warnOfOverlaps(spec));
  warnOfDuplicates(spec, at.spec, warn);
  warnOfFractions(spec.overhead, at.spec.child('overhead'), warn);
  warnOfSeccomp(place, warn);
  warnOfContainers(place, warn);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    warn(at.spec.child('terminationGracePeriodSeconds'), 'must be >= 0; negative values are invalid and will be treated as 1');
  }
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) warnOfSelectors(spec.affinity?.[kind], at.spec.child('affinity').child(kind), warn);
  warnOfAddresses(spec, at.spec, warn);
  return found;
}

const withoutSelector = 'a null labelSelector results in matching no pod';

function warnOfSpread({ topologySpreadConstraints }: PodSpec, at: Path, warn: Warn): void {
  topologySpreadConstraints?.forEach(({ topologyKey, labelSelector }, i) => {
    const path = at.child('topologySpreadConstraints').index(i);
    const newName = newNameOf(topologyKey);
    if (newName) warn(path.child('topologyKey'), `${topologyKey} is ${newName}`);
    if (!labelSelector) warn(path.child('labelSelector'), withoutSelector);
  });
}

function warnOfSelectors(affinity: PodAffinity | undefined, at: Path, warn: Warn): void {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  affinity?.[required]?.forEach(({ labelSelector }, i) => {
    if (!labelSelector) warn(at.child(required).index(i).child('labelSelector'), withoutSelector);
  });
  affinity?.[preferred]?.forEach(({ podAffinityTerm }, i) => {
    if (!podAffinityTerm?.labelSelector) warn(at.child(preferred).index(i).child('podAffinityTerm').child('labelSelector'), withoutSelector);
  });
}

const oldAnnotations = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

function warnOfAnnotations({ metadata: { annotations }, at }: PodPlace, warn: Warn): void {
  for (const [key, text] of oldAnnotations) if (annotations?.[key] !== undefined) warn(at.annotations.key(key), text);
}

function warnOfSeccomp({ metadata: { annotations }, spec, at }: PodPlace, warn: Warn): void {
  if (spec.securityContext?.seccompProfile || annotations?.[seccompPod] === undefined) return;
  warn(at.annotations.key(seccompPod), 'non-functional in v1.27+; use the "seccompProfile" field instead');
}

function warnOfDuplicates({ hostAliases = [], imagePullSecrets = [] }: PodSpec, at: Path, warn: Warn): void {
  hostAliases.forEach(({ ip }, i) => {
    if (hostAliases.findIndex((other) => other.ip === ip) < i) warn(at.child('hostAliases').index(i).child('ip'), `duplicate ip ${quote(ip)}`);
  });
  imagePullSecrets.forEach(({ name = '' }, i) => {
    const isRepeated = imagePullSecrets.findIndex((other) => (other.name ?? '') === name) < i;
    if (isRepeated) warn(at.child('imagePullSecrets').index(i).child('name'), `duplicate name ${quote(name)}`);
  });
  imagePullSecrets.forEach(({ name }, i) => {
    if (!name) warn(at.child('imagePullSecrets').index(i).child('name'), 'invalid empty name ""');
  });
}

function warnOfAddresses({ dnsConfig, hostAliases }: PodSpec, at: Path, warn: Warn): void {
  const check = (ip: string, path: Path) => checkIpForm(ip).forEach((text) => warn(path, text));
  dnsConfig?.nameservers?.forEach((ip, i) => check(ip, at.child('dnsConfig').child('nameservers').index(i)));
  hostAliases?.forEach(({ ip }, i) => check(ip, at.child('hostAliases').index(i).child('ip')));
}
