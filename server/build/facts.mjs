// Reads the recorded facts of one Kubernetes version: schemas, discovery, printer columns, Go types. See README.md for where they come from.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const version = '1.36.3';
export const dataFolder = new URL(`../data/kubernetes-${version}/`, import.meta.url);
const read = (name) => readFileSync(new URL(name, dataFolder));

export function readFacts() {
  const schemas = JSON.parse(gunzipSync(read('schemas.json.gz')));
  const unserved = JSON.parse(gunzipSync(read('unserved-schemas.json.gz')));
  return {
    version,
    /** What the API serves by default. */
    schemas,
    /** Alpha and beta versions that it serves only when told to. */
    unserved,
    names: { ...typeNames(schemas), ...unservedNames(unserved) },
    discovery: JSON.parse(read('discovery.json')),
    tables: JSON.parse(read('tables.json')),
    /** By type: its own text, and those of its fields. */
    descriptions: JSON.parse(gunzipSync(read('descriptions.json.gz'))),
    goTypes: JSON.parse(gunzipSync(read('go-types.json.gz'))),
  };
}

/** 'io.k8s.api.apps.v1.Deployment' → 'Deployment'; where two groups share a name the group goes first: 'EventsV1Event'. */
function typeNames(schemas) {
  const tails = new Map();
  for (const id of Object.keys(schemas)) {
    const tail = id.split('.').at(-1);
    tails.set(tail, [...(tails.get(tail) ?? []), id]);
  }
  const names = {};
  for (const [tail, ids] of tails) {
    for (const id of ids) names[id] = ids.length === 1 || id.startsWith('io.k8s.api.core.') ? tail : withGroup(id);
  }
  return names;
}

/** The plain name belongs to the served version: 'ResourceV1beta1ResourceClaim'. */
const unservedNames = (schemas) => Object.fromEntries(Object.keys(schemas).map((id) => [id, withGroup(id)]));

function withGroup(id) {
  const [group, v, tail] = id.split('.').slice(-3);
  return `${capital(group)}${capital(v)}${tail}`;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
