// Kinds without a describer of their own: their fields, key by key.
import type { KubeObject } from '../../kube/object.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, indent, labelLines, type Lines } from './lines.ts';

export const describeGeneric: Describer = (object, around) => {
  const { apiVersion, kind, metadata, ...rest } = object as KubeObject & Readonly<Record<string, unknown>>;
  const { name, namespace, labels, annotations } = metadata;
  const shown = Object.entries(metadata).filter(([key]) => !['name', 'namespace', 'labels', 'annotations', 'managedFields'].includes(key));
  return [
    `Name:\t${name}`,
    `Namespace:\t${namespace ?? ''}`,
    ...labelLines('Labels', labels),
    ...annotationLines('Annotations', annotations),
    `API Version:\t${apiVersion}`,
    `Kind:\t${kind}`,
    ...fieldLines({ ...rest, metadata: Object.fromEntries(shown) }),
    ...eventLines(eventsAbout(object, around), around.now),
  ];
};

function fieldLines(fields: Readonly<Record<string, unknown>>): Lines {
  return Object.keys(fields)
    .sort()
    .flatMap((key): Lines => {
      const value = fields[key];
      const title = titleOf(key);
      if (Array.isArray(value)) return [`${title}:`, ...indent(value.flatMap((item) => (isMap(item) ? fieldLines(item) : [textOf(item)])))];
      return isMap(value) ? [`${title}:`, ...indent(fieldLines(value))] : [`${title}:\t${textOf(value)}`];
    });
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (value === null ? '<nil>' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** 'resourceVersion' → 'Resource Version', 'podCIDR' → 'Pod CIDR', 'uid' → 'UID'. */
function titleOf(key: string): string {
  if (/[^\p{L}-]/u.test(key)) return key;
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ');
  return words.map((word) => (initials.has(word.toUpperCase()) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1))).join(' ');
}

const initials = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);
