// What explain knows of a field: its type's name, its texts, its values, and the fields inside. Built-in kinds come from the schema's
// tables, custom ones from their definition; both look the same from here, and as the OpenAPI document of a real server says it.
import { describeField, describeType } from '../../../schema/descriptions.ts';
import { fieldsOf, type FieldType } from '../../../schema/fields.ts';
import type { KindInfo } from '../../../schema/kinds.ts';

export interface Explained {
  /** 'string', '[]Container', 'map[string]string', 'Object'. */
  readonly typeName: string;
  /** Of the field itself. */
  readonly description: string | undefined;
  /** Of the field and then of its type. */
  readonly descriptions: readonly string[];
  readonly enum: readonly string[];
  /** The type whose fields these are: where it comes up again inside itself, explain stops. */
  readonly reference: string | undefined;
  readonly fields: () => ReadonlyMap<string, Explained & { readonly required: boolean }>;
}

export const explainedKind = (kind: KindInfo): Explained => (kind.custom ? customRoot(kind) : builtInType(kind.type, undefined));

const noFields: ReadonlyMap<string, Explained & { readonly required: boolean }> = new Map();

function builtInType(type: string, description: string | undefined): Explained {
  const own = describeType(type);
  return {
    typeName: shortName(type),
    description,
    descriptions: [description, own].filter((text): text is string => text !== undefined && text !== ''),
    enum: [],
    reference: type,
    fields: () =>
      new Map([...fieldsOf(type)].map(([name, field]) => [name, { ...ofFieldType(field.type, describeField(type, name), name), required: field.required }])),
  };
}

/** Types of several groups with the same name carry their group in the tables: 'AutoscalingV2HorizontalPodAutoscaler'. */
const shortName = (type: string) => type.replace(/^[A-Z][a-z]+V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/, '');

function ofFieldType(type: FieldType, description: string | undefined, name: string): Explained {
  switch (type.is) {
    case 'object':
      return builtInType(type.type, description);
    case 'list':
    case 'map': {
      const inner = ofFieldType(type.of, undefined, name);
      const prefix = type.is === 'list' ? '[]' : 'map[string]';
      return {
        ...inner,
        typeName: prefix + inner.typeName,
        description,
        descriptions: [...(description ? [description] : []), ...inner.descriptions],
        enum: [],
      };
    }
    default: {
      const typeName = type.is === 'any' ? looseName(name) : (scalarNames[type.is] ?? type.is);
      const own =
        type.is === 'quantity' || type.is === 'intOrString' || type.is === 'time' || type.is === 'microTime' || type.is === 'any'
          ? describeType(typeOfScalar(type.is, typeName))
          : undefined;
      return {
        typeName,
        description,
        descriptions: [description, own].filter((text): text is string => text !== undefined && text !== ''),
        enum: ('enum' in type && type.enum) || [],
        reference: undefined,
        fields: () => noFields,
      };
    }
  }
}

const scalarNames: Readonly<Record<string, string>> = {
  quantity: 'Quantity',
  intOrString: 'IntOrString',
  time: 'string',
  microTime: 'string',
  bytes: 'string',
};

const typeOfScalar = (is: string, typeName: string) => ({ time: 'Time', microTime: 'MicroTime' })[is] ?? typeName;

/** Fields that hold anything go by the name of their Go type. */
function looseName(field: string): string {
  if (field === 'fieldsV1') return 'FieldsV1';
  return ['data', 'parameters', 'object', 'raw', 'oldObject'].includes(field) ? 'RawExtension' : 'JSON';
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
}

function customRoot(kind: KindInfo): Explained {
  const definition = kind.custom!.definition;
  const version = definition.spec.versions.find(({ name }) => name === kind.version);
  const root = ofJsonSchema((version?.schema?.openAPIV3Schema ?? {}) as JsonSchema);
  // What every object has is told in the words of the built-in kinds.
  const common = explainedKindOf('ConfigMap');
  return {
    ...root,
    fields: () => {
      const fields = new Map(root.fields());
      for (const name of ['apiVersion', 'kind', 'metadata']) fields.set(name, common.fields().get(name)!);
      return fields;
    },
  };
}

const explainedKindOf = (type: string) => builtInType(type, undefined);

function ofJsonSchema(schema: JsonSchema): Explained {
  const { description, items, additionalProperties, properties = {}, required = [] } = schema;
  const inner = items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  const own = description ? [description] : [];
  if (inner) {
    const of = ofJsonSchema(inner);
    return { ...of, typeName: `${items ? '[]' : 'map[string]'}${of.typeName}`, description, descriptions: [...own, ...of.descriptions], enum: [] };
  }
  return {
    typeName: schema.type === undefined || schema.type === 'object' ? 'Object' : schema.type,
    description,
    descriptions: own,
    enum: (schema.enum ?? []).map(String),
    reference: undefined,
    fields: () => new Map(Object.entries(properties).map(([name, each]) => [name, { ...ofJsonSchema(each), required: required.includes(name) }])),
  };
}
