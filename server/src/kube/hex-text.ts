// Hexadecimal texts of fixed length, made whole. Parts that are joined by + stay a tree of parts, five times as big, and there is one
// such text for every object, event and container.

/** The characters of a text, to be written into. */
export const codesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

export const textOf = (codes: readonly number[]): string => String.fromCharCode.apply(undefined, codes as number[]);

const hexDigits = codesOf('0123456789abcdef');

/** Writes the lowest `digits` digits of a 32-bit number from place `at` on: (codes, 0, 0xabc, 4) writes 0abc. */
export function writeHex(codes: number[], at: number, bits: number, digits: number): void {
  for (let i = at + digits - 1, rest = bits; i >= at; i--, rest >>>= 4) codes[i] = hexDigits[rest & 0xf]!;
}
