/** Bytes that a base64 text stands for; it is known to be right. 'c2VjcmV0' → 6. */
export function bytesOfBase64(text: string | null): number {
  if (!text) return 0;
  const digits = text.replace(/[\n\r]/g, '');
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  return (digits.length / 4) * 3 - padding;
}
