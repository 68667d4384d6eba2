// The annotations by which a manifest declares how its pods behave on Drydock's nodes: faults stand beside what they break.
// They are read from a pod (in a workload: from the template) and from a node. Values that make no sense count as absent, and are reported.
import { parseGoDuration } from './duration.ts';
import type { StringMap } from './object.ts';
import { milliUnitsOf, parseQuantity } from './quantity.ts';

export const faultPrefix = 'drydock.dev/';

/** What a pod declares. Milliseconds of virtual time; the defaults are part of the product's promise. */
export interface PodFaults {
  /** From start to ready; undefined when not declared. */
  readonly readyAfterMs: number | undefined;
  /** Pods of one owner become ready at least this far apart. */
  readonly readyApartMs: number;
  /** From deletion to being gone. */
  readonly stopAfterMs: number;
  /** How long its containers run until they end; undefined when not declared. */
  readonly runForMs: number | undefined;
  readonly fault?: PodFault;
}

export type PodFault = 'image-pull' | 'crash' | 'not-ready' | 'fail' | 'oom';
export type NodeFault = 'down';

/** One annotation: what it means and what it takes; `quantity` says what holds when none is declared. `text` is for hover and completion. */
export interface FaultAnnotation {
  readonly name: string;
  readonly on: 'Pod' | 'Node';
  readonly takes: { readonly duration: number } | { readonly choices: Readonly<Record<string, string>> } | { readonly quantity: string };
  readonly text: string;
}

/** How long it takes when nothing is declared, in milliseconds. */
export const usual = { readyAfterMs: 1_000, stopAfterMs: 500, runForMs: 1_000 } as const;

export const faultAnnotations: readonly FaultAnnotation[] = [
  { name: 'drydock.dev/ready-after', on: 'Pod', takes: { duration: usual.readyAfterMs }, text: 'How long after its start a pod becomes ready.' },
  { name: 'drydock.dev/ready-apart', on: 'Pod', takes: { duration: 0 }, text: 'Pods of one owner become ready one after another, at least this far apart.' },
  { name: 'drydock.dev/stop-after', on: 'Pod', takes: { duration: usual.stopAfterMs }, text: 'How long after its deletion a pod is gone.' },
  {
    name: 'drydock.dev/run-for',
    on: 'Pod',
    takes: { duration: usual.runForMs },
    text: "How long the pod's containers run before they end by themselves. Declared or not, a Job's containers end.",
  },
  {
    name: 'drydock.dev/cpu',
    on: 'Pod',
    takes: { quantity: '15 to 45 % of what is requested' },
    text: 'How much CPU a pod uses, its containers in equal parts: what `kubectl top` shows and autoscalers see.',
  },
  {
    name: 'drydock.dev/fault',
    on: 'Pod',
    takes: {
      choices: {
        'image-pull': 'the image cannot be pulled (ImagePullBackOff)',
        crash: 'the container exits soon after its start, again and again (CrashLoopBackOff)',
        'not-ready': 'the container runs but never becomes ready',
        fail: 'the container ends with an error',
        oom: 'the container is killed for using too much memory (OOMKilled)',
      },
    },
    text: 'What goes wrong with the pod.',
  },
  { name: 'drydock.dev/fault', on: 'Node', takes: { choices: { down: 'the node stops answering' } }, text: 'What goes wrong with the node.' },
];

const table = new Map(faultAnnotations.map((annotation) => [`${annotation.on}/${annotation.name}`, annotation]));

/** The annotation of that name for a pod or a node; undefined for any other. */
export function faultAnnotationOf(on: FaultAnnotation['on'], name: string): FaultAnnotation | undefined {
  return table.get(`${on}/${name}`);
}

const nothingDeclared: PodFaults = { readyAfterMs: undefined, readyApartMs: 0, stopAfterMs: usual.stopAfterMs, runForMs: undefined };

/** What a pod's annotations declare. */
export function podFaults(annotations: StringMap | undefined): PodFaults {
  if (!annotations || !declares(annotations)) return nothingDeclared;
  const fault = choice(annotations, 'Pod') as PodFault | undefined;
  return {
    readyAfterMs: duration(annotations, 'drydock.dev/ready-after'),
    readyApartMs: duration(annotations, 'drydock.dev/ready-apart') ?? 0,
    stopAfterMs: duration(annotations, 'drydock.dev/stop-after') ?? usual.stopAfterMs,
    runForMs: duration(annotations, 'drydock.dev/run-for'),
    ...(fault !== undefined && { fault }),
  };
}

/** The CPU that a pod's annotations declare, in thousandths of a core. */
export function declaredMilliCores(annotations: StringMap | undefined): number | undefined {
  const value = annotations?.['drydock.dev/cpu'];
  return value !== undefined && isAmount(value) ? milliUnitsOf(value) : undefined;
}

export function nodeFault(annotations: StringMap | undefined): NodeFault | undefined {
  return choice(annotations, 'Node') as NodeFault | undefined;
}

/** What is wrong with annotations under drydock.dev/. `detail` goes behind `metadata.annotations[NAME]: Invalid value: "VALUE": `. */
export function faultAnnotationErrors(
  annotations: StringMap | undefined,
  on: FaultAnnotation['on'],
): readonly { name: string; value: string; detail: string }[] {
  return Object.entries(annotations ?? {}).flatMap(([name, value]) => {
    const detail = name.startsWith(faultPrefix) ? check(faultAnnotationOf(on, name), value, on) : undefined;
    return detail === undefined ? [] : [{ name, value, detail }];
  });
}

function check(annotation: FaultAnnotation | undefined, value: string, on: FaultAnnotation['on']): string | undefined {
  if (!annotation)
    return `must be an annotation that Drydock knows on a ${on}: ${faultAnnotations
      .filter((one) => one.on === on)
      .map(({ name }) => name)
      .join(', ')}`;
  const { takes } = annotation;
  if ('quantity' in takes) return isAmount(value) ? undefined : 'must be a quantity such as 250m or 1.5, not negative';
  if ('choices' in takes) return Object.hasOwn(takes.choices, value) ? undefined : `must be one of: ${Object.keys(takes.choices).join(', ')}`;
  return milliseconds(value) === undefined ? 'must be a duration such as 2s, 500ms or 1m30s, not negative' : undefined;
}

function isAmount(text: string): boolean {
  const parsed = parseQuantity(text);
  return !('error' in parsed) && parsed.unscaled >= 0n;
}

function declares(annotations: StringMap): boolean {
  for (const name in annotations) if (name.startsWith(faultPrefix)) return true;
  return false;
}

function duration(annotations: StringMap, name: string): number | undefined {
  const value = annotations[name];
  return value === undefined ? undefined : milliseconds(value);
}

function choice(annotations: StringMap | undefined, on: FaultAnnotation['on']): string | undefined {
  const value = annotations?.['drydock.dev/fault'];
  const takes = faultAnnotationOf(on, 'drydock.dev/fault')?.takes;
  return value !== undefined && takes && 'choices' in takes && Object.hasOwn(takes.choices, value) ? value : undefined;
}

// The same few texts come with every pod of a template.
const known = new Map<string, number | undefined>();

function milliseconds(text: string): number | undefined {
  if (known.has(text)) return known.get(text);
  if (known.size >= 1_000) known.clear();
  const parsed = parseGoDuration(text);
  const ms = 'ms' in parsed && parsed.ms >= 0 ? parsed.ms : undefined;
  known.set(text, ms);
  return ms;
}
