// What a namespace's labels say about the pods in it: at which level they are refused, noted, or warned of.
import type { StringMap } from '../../../../kube/object.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: Level;
  /** Of Kubernetes 1.x; infinite for the latest. */
  readonly minor: number;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly warn: LevelVersion;
}

const prefix = 'pod-security.kubernetes.io/';
const levels: readonly string[] = ['privileged', 'baseline', 'restricted'] satisfies readonly Level[];

export const rank = ({ level }: LevelVersion): number => levels.indexOf(level);

/** `restricted:latest`, `baseline:v1.30` */
export const policyText = ({ level, minor }: LevelVersion): string => `${level}:${minor === Number.POSITIVE_INFINITY ? 'latest' : `v1.${minor}`}`;

const privileged: LevelVersion = { level: 'privileged', minor: Number.POSITIVE_INFINITY };
export const unlimited: Policy = { enforce: privileged, warn: privileged };

/**
 * A level that nobody knows is restricted when it is enforced, and privileged when it only warns; a version that nobody knows is the
 * latest. Without a level for warnings, what is enforced is warned of, so that workloads are told what will become of their pods.
 */
export function policyOf(labels: StringMap | undefined): Policy {
  if (!labels) return unlimited;
  const given = labels[`${prefix}enforce`];
  const isKnown = given !== undefined && levels.includes(given);
  const level = given === undefined ? 'privileged' : isKnown ? (given as Level) : 'restricted';
  const enforce: LevelVersion = { level, minor: minorOf(labels[`${prefix}enforce-version`]) };
  const warned = labels[`${prefix}warn`];
  const warnVersion = labels[`${prefix}warn-version`];
  if (warned === undefined && isKnown && level !== 'privileged') {
    return { enforce, warn: { level, minor: warnVersion === undefined ? enforce.minor : minorOf(warnVersion) } };
  }
  const warnLevel = warned !== undefined && levels.includes(warned) ? (warned as Level) : 'privileged';
  return { enforce, warn: { level: warnLevel, minor: minorOf(warnVersion) } };
}

function minorOf(version: string | undefined): number {
  const match = /^v1\.([0-9]|[1-9][0-9]*)$/.exec(version ?? '');
  return match ? Number(match[1]) : Number.POSITIVE_INFINITY;
}
