// Turns the recorded facts of Kubernetes (server/data) into code for the rooms: server/src/schema/generated/.
// Run by `npm run generate` before every build, type check and test; the output is not committed. Nothing is done when no input changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dataFolder, readFacts } from './facts.mjs';

const out = new URL('../src/schema/generated/', import.meta.url);
const outputs = ['types.ts', 'table.ts', 'column-texts.ts', 'go-types.ts', 'descriptions.ts', 'validators.js', 'validators.d.ts'];
const stamp = new URL('stamp', out);

const inputs = inputsHash();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputs || !outputs.every((name) => existsSync(new URL(name, out)))) await generate();

async function generate() {
  // Loaded only now: ajv alone takes longer to load than the check above.
  const [{ typesModule }, { columnTextsModule, kindRows, tableModule }, { goTypesModule }, { descriptionsModule }, { validatorModules }] = await Promise.all([
    import('./types.mjs'),
    import('./table.mjs'),
    import('./go-types.mjs'),
    import('./descriptions.mjs'),
    import('./validators.mjs'),
  ]);
  const facts = readFacts();
  const kinds = kindRows(facts);
  const validators = validatorModules(facts, kinds);
  mkdirSync(out, { recursive: true });
  write('types.ts', typesModule(facts));
  write('table.ts', tableModule(facts, kinds));
  write('column-texts.ts', columnTextsModule(facts));
  write('go-types.ts', goTypesModule(facts));
  write('descriptions.ts', descriptionsModule(facts));
  write('validators.js', validators.code);
  write('validators.d.ts', validators.declarations);
  // Last, so that an interrupted run is done again.
  write('stamp', inputs);
}

/** In one step, so that nobody reads half a file when two runs meet. */
function write(name, text) {
  const draft = new URL(`${name}.${process.pid}`, out);
  writeFileSync(draft, text);
  renameSync(draft, new URL(name, out));
}

function inputsHash() {
  const hash = createHash('sha256');
  const here = new URL('./', import.meta.url);
  for (const folder of [here, dataFolder]) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isFile() && !entry.name.endsWith('.md')) hash.update(entry.name).update(readFileSync(new URL(entry.name, folder)));
    }
  }
  const { resolve } = createRequire(import.meta.url);
  for (const used of ['ajv/package.json', '@kubernetes/client-node']) hash.update(JSON.parse(readFileSync(packageFile(resolve(used)), 'utf8')).version);
  return hash.digest('hex');
}

/** The package.json of the package that a file lies in. */
function packageFile(path) {
  for (let folder = new URL('./', `file://${path}`); ; folder = new URL('../', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version) return file;
  }
}
