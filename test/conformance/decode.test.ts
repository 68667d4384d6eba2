// Every body that a real API server refused with 400 is refused with the same words, and no body that it read is refused.
import { expect, test } from 'vitest';
import { decode, decodeText, strictDecodingError } from '../../server/src/schema/decode.ts';
import { kindOfPath, readRecordings } from './recordings.ts';

interface ValidationRow {
  readonly id: string;
  readonly manifest?: unknown;
  readonly raw?: string;
  readonly request: { readonly path: string };
  readonly code: number;
  readonly status?: { readonly message: string };
  readonly variants?: readonly { readonly status: { readonly message: string } }[];
}

// The namespace is checked after decoding; a placeholder for a long text is no base64.
const notDecoding = (row: ValidationRow) => row.status?.message.startsWith('the namespace of the provided object') || row.id.includes('{"big":');

const rows = readRecordings<ValidationRow>('validation').filter((row) => !notDecoding(row));

function messageOf({ request, manifest, raw }: ValidationRow): string | undefined {
  const kind = kindOfPath(request.path);
  const decoded = raw === undefined ? decode(kind, manifest) : decodeText(kind, { content: raw, format: 'json' });
  if ('error' in decoded) return decoded.error;
  return decoded.strictErrors.length > 0 ? strictDecodingError(kind, decoded.strictErrors) : undefined;
}

// The recorder put '<time>' for whatever looks like a time, also in Go's layout.
const withPlaceholders = (text: string | undefined) => text?.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>');

function isEqual(row: ValidationRow): boolean {
  const expected = row.code === 400 ? [row.status?.message, ...(row.variants ?? []).map((variant) => variant.status.message)] : [undefined];
  return expected.includes(withPlaceholders(messageOf(row)));
}

const kinds = [...new Set(rows.map((row) => kindOfPath(row.request.path).kind))];

test.each(kinds)('%s: bodies refused and read as a real API server does', (name) => {
  const own = rows.filter((row) => kindOfPath(row.request.path).kind === name);
  expect(own.filter((row) => !isEqual(row)).map((row) => `${row.id}: ${messageOf(row)}`)).toEqual([]);
});

test('there are 379 recorded refusals', () => {
  expect(rows.filter((row) => row.code === 400)).toHaveLength(379);
});
