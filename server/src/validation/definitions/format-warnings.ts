// Formats in the schemas of a definition that nobody will check, and the server warns of.
import type { Schema } from '../../schema/custom/structural.ts';
import { isMap } from '../../schema/custom/structural.ts';
import type { CustomResourceDefinition } from '../../schema/generated/types.ts';
import { quote } from '../../kube/quote.ts';
import { hoisted } from './hoisted.ts';

const formatsOfTexts: ReadonlySet<string> = new Set(
  [
    'bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard ssn hexcolor rgbcolor byte password date',
    'duration datetime k8sshortname k8slongname',
  ].flatMap((line) => line.split(' ')),
);

const formatsOfNumbers: Readonly<Record<string, readonly string[]>> = { integer: ['int32', 'int64'], number: ['float', 'double'] };

/** Only what an update brings; what was let in before is not spoken of again. */
export function formatWarnings(next: CustomResourceDefinition, before?: CustomResourceDefinition): readonly string[] {
  const old = new Set(before && unknownFormats(before));
  return unknownFormats(next).flatMap((format) => (old.has(format) ? [] : [`unrecognized format ${quote(format)}`]));
}

function unknownFormats({ spec }: CustomResourceDefinition): readonly string[] {
  const { shared, versions } = hoisted(spec.versions ?? []);
  return [shared, ...versions].flatMap(({ schema }) => formatsIn(schema?.openAPIV3Schema as Schema | undefined));
}

function formatsIn(schema: Schema | undefined): readonly string[] {
  if (!schema) return [];
  const { items, allOf = [], anyOf = [], oneOf = [], not, properties = {}, additionalProperties: rest } = schema;
  const parts = [isMap(items) ? items : undefined, ...allOf, ...anyOf, ...oneOf, not, ...Object.values(properties), isMap(rest) ? rest : undefined];
  const own = schema.format && !isKnown(schema.format, schema.type ?? '') ? [schema.format] : [];
  return [...own, ...parts.flatMap((part) => formatsIn(part as Schema | undefined))];
}

function isKnown(format: string, type: string): boolean {
  if (type === '' || type === 'string') return formatsOfTexts.has(format.replaceAll('-', ''));
  return formatsOfNumbers[type]?.includes(format) ?? false;
}
