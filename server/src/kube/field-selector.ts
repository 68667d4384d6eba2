// Field selectors: 'metadata.name=web,status.phase!=Running' (k8s.io/apimachinery fields).

export interface FieldTerm {
  readonly field: string;
  readonly isEqual: boolean;
  readonly value: string;
}

/** Terms that must all hold; sorted as the server sorts them. */
export type FieldSelector = readonly FieldTerm[];

export function parseFieldSelector(text: string): { readonly selector: FieldSelector } | { readonly error: string } {
  const selector: FieldTerm[] = [];
  for (const part of splitTerms(text).sort()) {
    if (part === '') continue;
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(part);
    if (!match) return { error: `invalid selector: '${text}'; can't understand '${part}'` };
    const value = unescape(match[3] as string);
    if (typeof value !== 'string') return value;
    // '=' alone says nothing.
    if (match[1] !== '' || value !== '') selector.push({ field: match[1] as string, isEqual: match[2] !== '!=', value });
  }
  return { selector };
}

/** `valueOf` gives the text of a field, '' when it is not set. */
export function matchesFields(selector: FieldSelector, valueOf: (field: string) => string): boolean {
  return selector.every((term) => (valueOf(term.field) === term.value) === term.isEqual);
}

export function formatFieldSelector(selector: FieldSelector): string {
  return selector.map(({ field, isEqual, value }) => `${field}${isEqual ? '=' : '!='}${value.replace(/[\\,=]/g, '\\$&')}`).join(',');
}

// A backslash protects the character after it from being a separator.
function splitTerms(text: string): string[] {
  return text.match(/(?:\\.|[^,\\]|\\$)+/gs) ?? [];
}

function unescape(text: string): string | { readonly error: string } {
  let value = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === ',' || character === '=') return { error: `invalid field selector: unescaped character in value: ${character.charCodeAt(0)}` };
    if (character !== '\\') {
      value += character;
      continue;
    }
    const escaped = text.charAt(++i);
    if (!['\\', ',', '='].includes(escaped)) return { error: `invalid field selector: invalid escape sequence: \\${escaped}` };
    value += escaped;
  }
  return value;
}
