// Flags as help shows them.
import type { Flag, Flags } from './flags.ts';

/** '  -o, --output=''', one a line, by name. */
export const flagLines = (flags: Flags): readonly string[] =>
  Object.entries(flags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([flag, definition]) => `  ${definition.short ? `-${definition.short}, ` : '    '}--${flag}${valueOf(definition)}`);

function valueOf(definition: Flag): string {
  if (definition.is === 'list') return '=[]';
  return definition.is === 'text' ? `='${definition.default}'` : `=${definition.default}`;
}
