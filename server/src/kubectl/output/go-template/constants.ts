// What stands for itself in a template: numbers, texts, true and false, as Go writes them.

/** Integers are bigints and other numbers numbers, as Go tells int from float64. */
export function constantOf(token: string): string | number | bigint | boolean | undefined {
  if (/^["`]/.test(token)) return unquote(token);
  if (token.startsWith("'")) return BigInt(unquote(`"${token.slice(1, -1)}"`).codePointAt(0) ?? 0);
  if (token === 'true' || token === 'false') return token === 'true';
  if (!/^[-+]?\d/.test(token)) return undefined;
  const digits = token.replaceAll('_', '');
  return /^[-+]?(0[xX][\da-fA-F]+|\d+)$/.test(digits) ? (digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''))) : Number(digits);
}

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

export const unquote = (token: string): string =>
  token.startsWith('`')
    ? token.slice(1, -1)
    : token
        .slice(1, -1)
        .replace(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|.)/g, (_, code: string) =>
          /^[uUx]/.test(code) && code.length > 1
            ? String.fromCodePoint(Number.parseInt(code.slice(1), 16))
            : /^[0-7]{3}$/.test(code)
              ? String.fromCodePoint(Number.parseInt(code, 8))
              : (controls[code] ?? code),
        );
