// What descriptions of a quota and of its namespace share.
import type { Lines } from './lines.ts';

const helpTexts: Readonly<Record<string, string>> = {
  Terminating: 'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort: 'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

/** 'Scopes:\tBestEffort' and what each means; nothing without scopes. */
export function scopeLines(scopes: readonly string[] = [], bullet: string, indent = ''): Lines {
  if (scopes.length === 0) return [];
  const sorted = scopes.toSorted();
  return [
    `${indent}Scopes:\t${sorted.join(', ')}`,
    ...sorted.flatMap((scope) => (helpTexts[scope] === undefined ? [] : [`${indent}${bullet}${helpTexts[scope]}`])),
  ];
}
