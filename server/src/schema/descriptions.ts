// What the Kubernetes documentation says about types and fields. Half a megabyte of text: import this only where it is shown (hover, explain).
// The table is parsed at the first question.
import { descriptions as parse } from './generated/descriptions.ts';

interface Table {
  /** Type → number of its own text, and of the text of every field. */
  readonly types: Readonly<Record<string, readonly [own: number, fields: Readonly<Record<string, number>>]>>;
  readonly texts: readonly string[];
}

let loaded: Table | undefined;

/** `describeField('DeploymentSpec', 'replicas')`. */
export function describeField(type: string, field: string): string | undefined {
  const { types, texts } = table();
  const fields = Object.hasOwn(types, type) ? types[type]?.[1] : undefined;
  return fields && Object.hasOwn(fields, field) ? texts[fields[field] as number] : undefined;
}

/** `describeType('DeploymentSpec')`. */
export function describeType(type: string): string | undefined {
  const { types, texts } = table();
  return (Object.hasOwn(types, type) && texts[types[type]?.[0] as number]) || undefined;
}

function table(): Table {
  return (loaded ??= parse() as Table);
}
