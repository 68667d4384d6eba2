// Standard base64 as Go's encoding/base64 reads and writes it, without Buffer or atob (no runtime is assumed here).

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((character, value) => [character.charCodeAt(0), value]));

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += sextet(bits >> 18) + sextet(bits >> 12) + (b === undefined ? '=' : sextet(bits >> 6)) + (c === undefined ? '=' : sextet(bits));
  }
  return text;
}

const sextet = (bits: number) => alphabet.charAt(bits & 63);

/** The bytes, or the text of Go's error: `illegal base64 data at input byte 4`. Line breaks are skipped, padding is required. */
export function decodeBase64(text: string): { readonly bytes: Uint8Array } | { readonly error: string } {
  const bytes: number[] = [];
  let position = 0;
  let quantum = 0;
  let digits = 0;
  const skipBreaks = () => {
    while (text[position] === '\n' || text[position] === '\r') position++;
  };
  for (;;) {
    skipBreaks();
    if (position >= text.length) {
      // A group that stops half way is reported at its first byte.
      return digits === 0 ? { bytes: Uint8Array.from(bytes) } : corrupt(position - digits);
    }
    const value = values.get(text.charCodeAt(position++));
    if (value !== undefined) {
      quantum = (quantum << 6) | value;
      if (++digits < 4) continue;
      bytes.push((quantum >> 16) & 255, (quantum >> 8) & 255, quantum & 255);
      [quantum, digits] = [0, 0];
      continue;
    }
    if (text[position - 1] !== '=' || digits < 2) return corrupt(position - 1);
    return finish();
  }

  // Two or three digits and then padding to four; nothing but line breaks may follow.
  function finish() {
    if (digits === 2) {
      skipBreaks();
      if (position >= text.length) return corrupt(text.length);
      if (text[position] !== '=') return corrupt(position - 1);
      position++;
    }
    skipBreaks();
    if (position < text.length) return corrupt(position);
    const bits = quantum << (digits === 2 ? 12 : 6);
    bytes.push((bits >> 16) & 255);
    if (digits === 3) bytes.push((bits >> 8) & 255);
    return { bytes: Uint8Array.from(bytes) };
  }
}

const corrupt = (at: number) => ({ error: `illegal base64 data at input byte ${at}` });
