// Every field path that a real API server named leads to the value that it complained about.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ObjectView } from '../../server/src/language/diagnostics/document-view.ts';
import { errorSpan } from '../../server/src/language/diagnostics/error-span.ts';
import { objectsOf } from '../../server/src/language/kubernetes-object.ts';
import { fieldPath } from '../../server/src/language/field-path.ts';
import { ManifestDocument } from '../../server/src/manifest/manifest-document.ts';
import { defaultLimits } from '../../server/src/manifest/limits.ts';
import { pathText } from '../../server/src/schema/decode-value.ts';

interface Row {
  readonly id: string;
  readonly manifest?: object;
  readonly status?: { readonly details?: { readonly causes?: readonly { readonly field: string; readonly message: string }[] } };
}

const rows = readFileSync(new URL('../conformance/oracle/api/validation.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);
const causes = rows.flatMap(({ id, manifest, status }) => (manifest ? (status?.details?.causes ?? []).map((cause) => ({ id, manifest, ...cause })) : []));

/** What a message quotes as the bad value, if it is one plain value: `Invalid value: "x": …` → "x", `Unsupported value: 5` → 5. */
function badValue(message: string): unknown {
  const quoted = /^[A-Z][a-z ]+: ("(?:[^"\\]|\\.)*"|-?\d+(?=:|$))/.exec(message)?.[1];
  try {
    return quoted === undefined ? undefined : (JSON.parse(quoted) as unknown);
  } catch {
    return undefined;
  }
}

/** Here the server shows something else than the value of the field: a part of it, its neighbour, a number in another form. */
const otherwise = /tolerations\[\d\]\.operator|spec\.controller|endPort|hostPort|fieldRef$|divisor|resources\.requests$|data\[\.dockerconfigjson\]/;

test('[L60] recorded field paths lead to the recorded values', () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const { id, manifest, field, message } of causes) {
    const bad = badValue(message);
    const document = new ManifestDocument(stringify(manifest), defaultLimits);
    const [object] = objectsOf(document);
    // Defaults and converted quantities are not in the text.
    if (
      !object ||
      bad === undefined ||
      bad === '' ||
      otherwise.test(field) ||
      !new RegExp(`(^|[^\\w])${escaped(String(bad))}($|[^\\w])`, 'm').test(document.text)
    )
      continue;
    const { start, end } = errorSpan(new ObjectView(object, document), { path: field, badValue: bad });
    const shown = new ManifestDocument(document.text.slice(start, end), defaultLimits).value;
    checked++;
    if (String(shown) !== String(bad)) wrong.push(`${id}: ${field} leads to ${document.text.slice(start, end)}, the server saw ${String(bad)}`);
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(400);
});

test('[L60] a path is read whole, whatever stands in its brackets', () => {
  const letters = (text: string) => text.replaceAll(/[[\].]/g, '').toLowerCase();
  for (const { manifest, field } of causes) {
    const { root } = new ManifestDocument(stringify(manifest), defaultLimits);
    expect(letters(pathText(root ? fieldPath(root, field) : []))).toBe(letters(field));
  }
});

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
