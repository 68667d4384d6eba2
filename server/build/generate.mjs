// Turns the recorded facts of Kubernetes (server/data) into code for the rooms: server/src/schema/generated/.
// Run by `npm run generate` before every build, type check and test; the output is not committed.
import { mkdirSync } from 'node:fs';
import { writeTypes } from './types.mjs';
import { writeTable } from './table.mjs';
import { writeGoTypes } from './go-types.mjs';
import { readFacts } from './facts.mjs';

const out = new URL('../src/schema/generated/', import.meta.url);
mkdirSync(out, { recursive: true });
const facts = readFacts();
writeTypes(facts, out);
writeTable(facts, out);
writeGoTypes(facts, out);
