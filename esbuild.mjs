// npm run build: every bundle that is shipped, from source to dist/. `--watch` keeps building; names after it build only those.
import { build, context } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';

const production = process.argv.includes('--production');
const shared = { bundle: true, minify: production, sourcemap: production ? false : 'linked', legalComments: 'none', logLevel: 'warning', metafile: true };

// Bundles for Node are modules; what they bundle may still call require() for Node's own modules.
const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
const node = { ...shared, platform: 'node', target: 'node20', format: 'esm', banner: { js: require } };

const bundles = {
  // CommonJS, because vscode-languageclient asks for `vscode` by require(), which only the extension host can answer.
  extension: {
    ...shared,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/extension.cjs',
  },
  webview: {
    ...shared,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    entryPoints: [
      { in: 'client/src/webview/app/main.ts', out: 'rollout' },
      { in: 'client/src/webview/app/style.css', out: 'rollout' },
      { in: 'node_modules/@vscode/codicons/dist/codicon.css', out: 'codicon' },
    ],
    outdir: 'dist',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
  server: { ...node, entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.js' },
  worker: { ...node, entryPoints: ['server/src/worker/main.ts'], outfile: 'dist/worker.js' },
  kubectl: { ...node, entryPoints: ['server/src/cli/kubectl/main.ts'], outfile: 'dist/kubectl.js' },
  drydock: { ...node, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/drydock.js', banner: { js: `#!/usr/bin/env node\n${require}` } },
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = Object.entries(bundles).filter(([name]) => asked.length === 0 || asked.includes(name));
const entry = ({ entryPoints: [first] }) => (typeof first === 'string' ? first : first.in);

if (production && asked.length === 0 && existsSync('dist')) for (const file of readdirSync('dist')) rmSync(`dist/${file}`, { recursive: true });
await Promise.all(
  chosen.map(async ([name, options]) => {
    if (!existsSync(entry(options))) return console.warn(`${name}: ${entry(options)} is not there`);
    if (process.argv.includes('--watch')) return (await context(options)).watch();
    const { metafile } = await build(options);
    for (const [file, { bytes }] of Object.entries(metafile.outputs))
      if (!file.endsWith('.map')) console.log(`${(bytes / 1024).toFixed(0).padStart(6)} KB  ${file}`);
  }),
);
