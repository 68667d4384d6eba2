// Every word that the client shows exists in English and in Japanese, with the same placeholders.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/protocol/settings.ts';

const top = join(import.meta.dirname, '../..');
const readJson = <T>(file: string): T => JSON.parse(readFileSync(join(top, file), 'utf8')) as T;

const sources = readdirSync(join(top, 'client/src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The first argument of every t('…'). Messages are literals: what is put together at run time cannot be translated. */
const spoken = new Set(
  sources.flatMap((file) =>
    [...readFileSync(join(top, 'client/src', file), 'utf8').matchAll(/\bt\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(([, , message = '']) =>
      message.replaceAll("\\'", "'"),
    ),
  ),
);

/** Messages that are chosen first and passed to t afterwards. */
const passed = ['{0} s', '{0} m', '{0} h'];

const placeholders = (message: string): readonly string[] => [...new Set(message.match(/\{\d+\}/g))].sort();

test('the Japanese bundle holds exactly the words that the client speaks', () => {
  const bundle = readJson<Record<string, string>>('client/l10n/bundle.l10n.ja.json');
  expect(spoken.size).toBeGreaterThan(100);
  expect([...spoken].filter((message) => !(message in bundle))).toEqual([]);
  expect(Object.keys(bundle).filter((message) => !spoken.has(message) && !passed.includes(message))).toEqual([]);
  expect(Object.entries(bundle).filter(([english, japanese]) => placeholders(english).join() !== placeholders(japanese).join())).toEqual([]);
});

test('every %key% of package.json is in both languages, and none is there in vain', () => {
  const used = new Set([...readFileSync(join(top, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
  for (const file of ['package.nls.json', 'package.nls.ja.json']) expect(new Set(Object.keys(readJson(file))), file).toEqual(used);
});

test('the settings of package.json are those of the protocol, with the same defaults', () => {
  interface Manifest {
    contributes: { configuration: { properties: Record<string, { default: unknown }> } };
  }
  const { properties } = readJson<Manifest>('package.json').contributes.configuration;
  const declared = Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, value]));
  const { limits, speed, ...rest } = defaultSettings;
  const expected = {
    ...rest,
    speed: String(speed),
    ...Object.fromEntries(Object.entries(limits).map(([name, value]) => [`limits.${name}`, value])),
    showFirstRollout: true,
  };
  expect(declared).toEqual(Object.fromEntries(Object.entries(expected).map(([name, value]) => [`drydock.${name}`, value])));
});
