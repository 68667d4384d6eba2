// KYAML: YAML that is nearly JSON, with braces, quoted texts and plain keys.

/** `value` is plain JSON. Ends with a line break. */
export const toKyaml = (value: unknown): string => `---\n${node(value, '')}\n`;

function node(value: unknown, indent: string): string {
  if (Array.isArray(value)) return list(value, indent);
  if (typeof value === 'object' && value !== null) return map(value as Readonly<Record<string, unknown>>, indent);
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function map(value: Readonly<Record<string, unknown>>, indent: string): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (keys.length === 0) return '{}';
  const inside = `${indent}  `;
  const lines = keys.sort().map((key) => `${inside}${plainKey.test(key) ? key : JSON.stringify(key)}: ${node(value[key], inside)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

/** Maps in a list share its brackets: `[{ … }, { … }]`. */
function list(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return '[]';
  if (items.every((item) => typeof item === 'object' && item !== null)) return `[${items.map((item) => node(item, indent)).join(', ')}]`;
  const inside = `${indent}  `;
  return `[\n${items.map((item) => `${inside}${node(item, inside)},\n`).join('')}${indent}]`;
}

/** Words that YAML does not take for anything else. */
const plainKey = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z_][A-Za-z0-9_./-]*$/i;
