// Reads the recorded facts of one Kubernetes version: schemas, discovery, printer columns, Go types.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const version = '1.36.3';
const folder = new URL(`../data/kubernetes-${version}/`, import.meta.url);
const json = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

export function readFacts() {
  return {
    version,
    schemas: JSON.parse(gunzipSync(readFileSync(new URL('schemas.json.gz', folder)))),
    discovery: json('discovery.json'),
    tables: json('tables.json'),
    goTypes: JSON.parse(gunzipSync(readFileSync(new URL('go-types.json.gz', folder)))),
  };
}

/** 'io.k8s.api.apps.v1.Deployment' → 'Deployment'; where two groups share a name the group goes first: 'EventsV1Event'. */
export function typeNames(schemas) {
  const tails = new Map();
  for (const id of Object.keys(schemas)) {
    const tail = id.split('.').at(-1);
    tails.set(tail, [...(tails.get(tail) ?? []), id]);
  }
  const names = {};
  for (const [tail, ids] of tails) {
    for (const id of ids) {
      const [group, v] = id.split('.').slice(-3);
      const plain = ids.length === 1 || id.startsWith('io.k8s.api.core.');
      names[id] = plain ? tail : `${capital(group)}${capital(v)}${tail}`;
    }
  }
  return names;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
