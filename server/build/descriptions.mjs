// What the documentation says about types and fields → server/src/schema/generated/descriptions.ts, read by descriptions.ts.
// From the npm package @kubernetes/client-node, which leaves out fields that hold another struct; those texts are recorded with the Go types.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { capital } from './facts.mjs';
import { moduleOf } from './module.mjs';

const models = join(dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node')), 'gen/models');

export function descriptionsModule({ schemas, unserved, names, goTypes, enumTexts, version }) {
  const classes = new Set(
    readdirSync(models)
      .filter((file) => file.endsWith('.d.ts'))
      .map((file) => file.slice(0, -'.d.ts'.length)),
  );
  const recorded = Object.fromEntries(Object.entries(goTypes.docs).map(([path, texts]) => [`io.${path.replace('k8s.io', 'k8s').replaceAll('/', '.')}`, texts]));
  const table = {};
  for (const [id, schema] of Object.entries({ ...schemas, ...unserved })) {
    const found = classNames(id)
      .filter((name) => classes.has(name))
      .map(readClass)
      .find(({ fields }) => Object.keys(schema.properties ?? {}).every((field) => fields.has(field)));
    const fields = Object.keys(schema.properties ?? {}).flatMap((field) => {
      const text = recorded[id]?.[field] || found?.fields.get(field) || supplement[id]?.[field];
      const values = enumTexts[id]?.[field];
      const whole = [text, values].filter(Boolean).join('\n\n');
      return whole ? [[field, whole]] : [];
    });
    table[names[id]] = [found?.text ?? '', Object.fromEntries(fields)];
  }
  return moduleOf('descriptions', shared(table), version, 'lazy');
}

/** The one field of another struct that neither the package nor the recording describes. */
const supplement = {
  'io.k8s.api.storage.v1.VolumeAttachmentSource': {
    inlineVolumeSpec:
      "inlineVolumeSpec contains all the information necessary to attach a persistent volume defined by a pod's inline VolumeSource. This field is populated only for the CSIMigration feature. It contains translated fields from a pod's inline VolumeSource to a PersistentVolumeSpec. This field is beta-level and is only honored by servers that enabled the CSIMigration feature.",
  },
};

/** Texts like that of `apiVersion` are in hundreds of types: each is kept once and named by its number. */
function shared(table) {
  const numbers = new Map();
  const number = (text) => numbers.get(text) ?? (numbers.set(text, numbers.size), numbers.size - 1);
  const types = Object.fromEntries(
    Object.entries(table).map(([type, [text, fields]]) => [
      type,
      [number(text), Object.fromEntries(Object.entries(fields).map(([field, one]) => [field, number(one)]))],
    ]),
  );
  return { types, texts: [...numbers.keys()] };
}

/** 'io.k8s.api.core.v1.Event' → V1Event, CoreV1Event, Event. */
function classNames(id) {
  const [group, v, tail] = id.split('.').slice(-3);
  return [capital(v) + tail, capital(group) + capital(v) + tail, tail];
}

function readClass(name) {
  const declaration = readFileSync(join(models, `${name}.d.ts`), 'utf8');
  const text = /\/\*\*\n\* ([^]*?)\n\*\/\nexport declare class/.exec(declaration)?.[1] ?? '';
  const body = declaration.slice(declaration.indexOf('export declare class'));
  const fields = new Map();
  const wire = wireNames(name);
  for (const [, comment = '', field] of body.matchAll(/(?:\/\*\*\n\s+\* ([^]*?)\n\s+\*\/\n\s+)?'([^']+)'\??: /g))
    fields.set(wire.get(field) ?? field, unescape(comment));
  return { text: unescape(text), fields };
}

/** '_continue' → 'continue': properties that are no JavaScript names are renamed in the package. */
function wireNames(name) {
  const code = readFileSync(join(models, `${name}.js`), 'utf8');
  const map = /\.attributeTypeMap = (\[[^]*?\n?\]);/.exec(code)?.[1] ?? '[]';
  return new Map(JSON.parse(map).map(({ name: own, baseName }) => [own, baseName]));
}

// The package cannot write the marks of a comment inside its comments.
const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const unescape = (text) =>
  text
    .replace(/\\(["'\\])/g, '$1')
    .replaceAll('/_*', '/*')
    .replaceAll('*_/', '*/')
    .replace(/&lt;|&gt;|&amp;/g, (entity) => entities[entity])
    .trim();
