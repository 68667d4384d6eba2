// Go types behind the API → server/src/schema/generated/go-types.ts, read by go-types.ts. They decide how the server decodes JSON,
// what it calls things in its messages, what it leaves out when it writes, and the bytes that the pod template hash is made of.
import { moduleOf } from './module.mjs';

export function goTypesModule({ schemas, names, goTypes, version }) {
  const inSchema = new Map(Object.keys(goTypes.structs).flatMap((path) => (schemas[schemaId(path)] ? [[path, names[schemaId(path)]]] : [])));
  const reached = reachable(goTypes, [...inSchema.keys()]);
  const nameOf = (path) => inSchema.get(path) ?? path.split('.').at(-1);
  const structs = {};
  for (const path of reached.structs) {
    if (structs[nameOf(path)]) throw new Error(`two structs are called ${nameOf(path)}`);
    structs[nameOf(path)] = [
      shortName(path),
      ...goTypes.structs[path].map(([name, tag, type, number]) => fieldRow(name, tag, code(type, goTypes, nameOf), number)),
    ];
  }
  const named = {};
  for (const path of reached.named) {
    if (named[shortName(path)] && named[shortName(path)] !== goTypes.named[path]) throw new Error(`two types are called ${shortName(path)}`);
    named[shortName(path)] = code(goTypes.named[path], goTypes, nameOf);
  }
  return moduleOf('goTypes', { structs, named, registered: registeredKinds(goTypes.kinds) }, version);
}

/** `['Image', 'image', 'string', 1, 2]`: 1 is omitempty, 2 omitzero; an embedded struct has no JSON name; last the number in protobuf. */
function fieldRow(name, tag, type, number) {
  const [json, ...options] = tag.split(',');
  const omit = options.includes('omitzero') ? 2 : options.includes('omitempty') ? 1 : 0;
  return [name, json === '-' ? '' : json || name, type, ...(number ? [omit, Number(number)] : omit ? [omit] : [])];
}

const path = /(?:[\w.-]+\/)*[\w.-]+\.\w+|^time\.\w+/g;

/** 'map[k8s.io/api/core/v1.ResourceName]…resource.Quantity' → 'map[v1.ResourceName]resource.Quantity'; a struct becomes '@' and its name in types.ts. */
function code(type, goTypes, nameOf) {
  return type.replace(path, (one) => (goTypes.structs[one] ? `@${nameOf(one)}` : shortName(one)));
}

/** As Go's reflect prints it: the package's own name and the type's. */
const shortName = (full) => full.split('/').at(-1);

/** 'k8s.io/api/core/v1.Pod' → 'io.k8s.api.core.v1.Pod'. */
const schemaId = (full) => `io.${full.replace('k8s.io', 'k8s').replaceAll('/', '.')}`;

function reachable(goTypes, roots) {
  const structs = new Set();
  const named = new Set();
  const visit = (type) => {
    for (const one of type.match(path) ?? []) {
      if (structs.has(one) || named.has(one)) continue;
      if (goTypes.structs[one]) {
        structs.add(one);
        for (const [, , field] of goTypes.structs[one]) visit(field);
      } else if (goTypes.named[one] !== undefined) {
        named.add(one);
        visit(goTypes.named[one]);
      }
    }
  };
  for (const root of roots) visit(root);
  return { structs, named };
}

/** Kinds by version, without those that every version has. */
function registeredKinds(kinds) {
  const everywhere = new Set(kinds['apps/v1beta1'].filter((kind) => Object.values(kinds).every((list) => list.includes(kind))));
  return Object.fromEntries([
    ['*', [...everywhere]],
    ...Object.entries(kinds).map(([version, list]) => [version, list.filter((kind) => !everywhere.has(kind))]),
  ]);
}
