// Schemas → TypeScript interfaces, all readonly: objects that leave the store are never changed.

export function typesModule({ schemas, names, version }) {
  const lines = [
    `// Made from the schemas of Kubernetes ${version} by server/build/types.mjs.`,
    `import type { KubeObject, ObjectMeta as Meta } from '../../kube/object.ts';`,
    '',
  ];
  for (const [id, schema] of Object.entries(schemas)) lines.push(declaration(names[id], schema, names), '');
  return lines.join('\n');
}

function declaration(name, schema, names) {
  if (name === 'ObjectMeta') return 'export type ObjectMeta = Meta;';
  if (!schema.properties) return `export type ${name} = ${typeOf(schema, names)};`;
  const isKind = schema['x-kubernetes-group-version-kind'] && schema.properties.metadata && !name.endsWith('List');
  const fields = Object.entries(schema.properties)
    .filter(([field]) => !isKind || !['apiVersion', 'kind', 'metadata'].includes(field))
    .map(([field, value]) => `  readonly ${JSON.stringify(field)}${isPresent(field, value, schema) ? '' : '?'}: ${typeOf(value, names)};`);
  return `export interface ${name}${isKind ? ' extends KubeObject' : ''} {\n${fields.join('\n')}\n}`;
}

// A struct without omitempty is always there after a round trip; the schema says so with a default of {}.
const isPresent = (field, value, schema) => schema.required?.includes(field) || JSON.stringify(value.default) === '{}';

function typeOf(schema, names) {
  if (schema.$ref) return names[schema.$ref.split('/').at(-1)];
  if (schema.allOf) return typeOf(schema.allOf[0], names);
  if (schema.oneOf) return schema.oneOf.map((one) => (one.type === 'integer' ? 'number' : one.type)).join(' | ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'array':
      return `readonly (${typeOf(schema.items, names)})[]`;
    case 'object':
      return schema.additionalProperties ? `{ readonly [key: string]: ${typeOf(schema.additionalProperties, names)} }` : 'object';
    default:
      return 'unknown';
  }
}
