// Whether one rule of a role allows one thing.
import type { PolicyRule } from '../../schema/generated/types.ts';
import type { Attributes } from './attributes.ts';

export function allows(rule: PolicyRule, wanted: Attributes): boolean {
  if (!has(rule.verbs, wanted.verb)) return false;
  if ('path' in wanted) return (rule.nonResourceURLs ?? []).some((pattern) => coversPath(pattern, wanted.path));
  return (
    has(rule.apiGroups, wanted.group) &&
    coversResource(rule.resources ?? [], wanted.resource, wanted.subresource) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(wanted.name ?? ''))
  );
}

/** What is not set may be null, as Go writes it. */
const has = (listed: readonly string[] | null | undefined, wanted: string) => (listed?.includes('*') || listed?.includes(wanted)) ?? false;

// `*` is everything, `pods/log` itself, and `*/scale` that subresource of every resource.
function coversResource(listed: readonly string[], resource: string, subresource: string | undefined): boolean {
  if (!subresource) return has(listed, resource);
  return has(listed, `${resource}/${subresource}`) || listed.includes(`*/${subresource}`);
}

/** A pattern may end in `*`: '/healthz/*'. */
export const coversPath = (pattern: string, path: string): boolean =>
  pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')));
