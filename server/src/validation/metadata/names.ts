// What the name of an object must look like; each kind has one of these.
import { checkDns1123Label, checkDns1123Subdomain, checkPathSegmentName, maskTrailingDash } from '../../kube/names.ts';

/** Returns what is wrong. With `isPrefix` the name is a generateName, and characters will follow. */
export type NameRule = (name: string, isPrefix: boolean) => readonly string[];

const masked =
  (check: (name: string) => readonly string[]): NameRule =>
  (name, isPrefix) =>
    check(isPrefix ? maskTrailingDash(name) : name);

/** Most kinds: 'web', 'web.example.com'. */
export const subdomainName = masked((name) => checkDns1123Subdomain(name));
/** Namespaces, and services since 1.36. */
export const labelName = masked(checkDns1123Label);
/** Roles and bindings: anything that can be a segment of a path. */
export const pathSegmentName: NameRule = (name, isPrefix) => checkPathSegmentName(name, isPrefix);
