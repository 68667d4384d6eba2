// KYAML: YAML that is nearly JSON, with braces, quoted texts and plain keys.

/** `value` is plain JSON. Ends with a line break. */
export const toKyaml = (value: unknown): string => `---\n${node(value, '')}\n`;

function node(value: unknown, indent: string): string {
  if (Array.isArray(value)) return list(value, indent);
  if (typeof value === 'object' && value !== null) return map(value as Readonly<Record<string, unknown>>, indent);
  return typeof value === 'string' ? string(value, `${indent}  `) : String(value);
}

/**
 * A text of several lines stands on lines of its own, each ending in `\\n\\`; where one begins with a blank, another backslash goes
 * before it, so that the blank counts.
 */
function string(value: string, indent: string): string {
  if (!value.includes('\n')) return escaped(value);
  const lines = value.split('\n').map((line) => `${indent}${/^[ \t]/.test(line) ? '\\' : ' '}${escaped(line).slice(1, -1)}`);
  const last = value.endsWith('\n') ? '' : `${lines.at(-1)!}\\\n`;
  return `"\\\n${lines
    .slice(0, -1)
    .map((line) => `${line}\\n\\\n`)
    .join('')}${last}${indent}"`;
}

/** Tabs stay as they are. */
const escaped = (line: string): string => JSON.stringify(line).replaceAll('\\t', '\t');

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
const plainKey = /^(?!(?:true|false|null|yes|no|on|off|y|n|t|f)$)[A-Za-z_][A-Za-z0-9_./-]*$/i;
