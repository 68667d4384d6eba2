// Loads and activates a bundle of the extension in plain Node with a VS Code that agrees to everything, and prints how many milliseconds that took.
const Module = require('node:module');

/** What the code looks at more closely than to pass it on. */
const known = {
  version: '1.120.0',
  language: 'en',
  bundle: {},
  textDocuments: [],
  prototype: {},
  [Symbol.toPrimitive]: () => 0,
  [Symbol.iterator]: [][Symbol.iterator],
};
const anything = new Proxy(function () {}, {
  get: (_, name) => (name === 'then' ? undefined : name in known ? known[name] : anything),
  set: () => true,
  apply: () => anything,
  construct: () => ({ event: () => anything, dispose() {} }),
});
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? anything : load(request, ...rest));

const started = performance.now();
const { activate } = require(process.argv[2]);
activate({ subscriptions: [], extensionUri: anything, asAbsolutePath: (file) => file });
console.log(performance.now() - started);
process.exit();
