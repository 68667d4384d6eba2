// Semantic versions (semver.org 2.0.0, as blang/semver reads them): semver('1.2.3-rc.1').isLessThan(semver('1.2.3')).
import { overload, type Overload } from '../signature.ts';
import { CelError, Opaque } from '../values.ts';

interface Version {
  readonly numbers: readonly bigint[];
  readonly pre: readonly string[];
}

const shape = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

function read(text: string): Version | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  const pre = match[4]?.split('.') ?? [];
  return pre.some((part) => /^0\d+$/.test(part)) ? undefined : { numbers: match.slice(1, 4).map(BigInt), pre };
}

/** 'v01.2' → '1.2.0': without a v and leading zeros, with all three numbers. */
function normalised(text: string): string {
  const bare = text.startsWith('v') ? text.slice(1) : text;
  const [, core = '', rest = ''] = /^([^-+]*)(.*)$/.exec(bare)!;
  const numbers = core.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + rest;
}

const readAs = (text: string, normalise: boolean) => read(normalise ? normalised(text) : text);

function toVersion(text: string, normalise = false): Opaque {
  const version = readAs(text, normalise);
  if (!version) throw new CelError(`invalid semantic version: ${text}`);
  return new Opaque('kubernetes.Semver', version, text);
}

const inside = ({ inner }: Opaque) => inner as Version;

function compareVersions(a: Opaque, b: Opaque): number {
  const [left, right] = [inside(a), inside(b)];
  for (const [i, number] of left.numbers.entries()) if (number !== right.numbers[i]) return number < right.numbers[i]! ? -1 : 1;
  return comparePre(left.pre, right.pre);
}

/** What comes before a release is less than the release; numbers are less than words. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length === 0 ? 0 : a.length === 0 ? 1 : -1;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i]!, b[i]!];
    if (left === right) continue;
    const [isNumber, isOther] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (isNumber !== isOther) return isNumber ? -1 : 1;
    return (isNumber ? BigInt(left) < BigInt(right) : left < right) ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

export const semverFunctions: readonly Overload[] = [
  overload('semver(string): semver', (text: string) => toVersion(text)),
  overload('semver(string, bool): semver', toVersion),
  overload('isSemver(string): bool', (text: string) => read(text) !== undefined),
  overload('isSemver(string, bool): bool', (text: string, normalise: boolean) => readAs(text, normalise) !== undefined),
  ...['major', 'minor', 'patch'].map((name, i) => overload(`semver.${name}(): int`, (version: Opaque) => inside(version).numbers[i]!)),
  overload('semver.isLessThan(semver): bool', (a: Opaque, b: Opaque) => compareVersions(a, b) < 0),
  overload('semver.isGreaterThan(semver): bool', (a: Opaque, b: Opaque) => compareVersions(a, b) > 0),
  overload('semver.compareTo(semver): int', (a: Opaque, b: Opaque) => BigInt(compareVersions(a, b))),
];
