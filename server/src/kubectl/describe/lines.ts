// The lines that every describer is made of. A tab separates what is to be aligned; a list of values continues under its title.
import { decodeBase64 } from '../../kube/base64.ts';
import { humanDuration } from '../../kube/duration.ts';
import type { StringMap } from '../../kube/object.ts';
import { parseTime } from '../../kube/time.ts';

export type Lines = readonly string[];

export const none = '<none>';

/** 'Title:\tfirst', '\tsecond', …; `<none>` for no values. */
export function multiline(title: string, values: readonly string[]): Lines {
  return [`${title}:\t${values[0] ?? none}`, ...values.slice(1).map((value) => `\t${value}`)];
}

export function labelLines(title: string, labels: StringMap = {}): Lines {
  return multiline(
    title,
    Object.keys(labels)
      .sort()
      .map((key) => `${key}=${labels[key]}`),
  );
}

const hiddenAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';
const longestAnnotation = 140;

/** 'key: value'; a long or many-lined value goes under its key and is cut at 138 bytes a line. */
export function annotationLines(title: string, annotations: StringMap = {}): Lines {
  const keys = Object.keys(annotations)
    .filter((key) => key !== hiddenAnnotation)
    .sort();
  return multiline(
    title,
    keys.flatMap((key) => {
      const value = annotations[key]!.replace(/\n$/, '');
      if (value.length + key.length + 2 <= longestAnnotation && !value.includes('\n')) return [`${key}: ${value}`];
      return [`${key}:`, ...value.split('\n').map((line) => `  ${shorten(line, longestAnnotation - 2)}`)];
    }),
  );
}

const shorten = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}...` : text);

export const indent = (lines: Lines, level = 1): Lines => lines.map((line) => '  '.repeat(level) + line);

/** '2026-01-02T03:04:05Z' → 'Fri, 02 Jan 2026 03:04:05 +0000' (Go's RFC1123Z); Go's zero time without one. */
export function dateText(timestamp: string | undefined): string {
  const at = parseTime(timestamp);
  return at === undefined ? 'Mon, 01 Jan 0001 00:00:00 +0000' : new Date(at).toUTCString().replace('GMT', '+0000');
}

/** 'Limits:' and under it the amounts by name; nothing for no amounts. */
export function amountLines(title: string, amounts: Readonly<Record<string, string | number>> = {}): Lines {
  const names = Object.keys(amounts).sort();
  return names.length === 0 ? [] : [`${title}:`, ...names.map((name) => `  ${name}:\t${amounts[name]}`)];
}

/** How long ago: '5m'; '<unknown>' without a time. */
export function sinceText(timestamp: string | undefined, now: number): string {
  const at = parseTime(timestamp);
  return at === undefined ? '<unknown>' : humanDuration(now - at);
}

/** 'Title:\tvalue' when there is one. */
export const given = (title: string, value: string | number | boolean | undefined): Lines => (value === undefined ? [] : [`${title}:\t${value}`]);

/** 'True', 'False', '<unset>'. */
export const boolText = (value: boolean | undefined): string => (value === undefined ? '<unset>' : value ? 'True' : 'False');

/** As Go prints a list: '[a b]'. */
export const goList = (values: readonly string[] = []): string => `[${values.join(' ')}]`;

/** The bytes of a base64 text; none when it is none. */
export function bytesOf(base64: string): Uint8Array {
  const decoded = decodeBase64(base64);
  return 'bytes' in decoded ? decoded.bytes : new Uint8Array();
}
