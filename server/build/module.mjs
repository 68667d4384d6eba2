// The text of a generated module. One JSON text and one JSON.parse load several times faster than the same data as object literals.

/** A module that exports `name`: the parsed value, or when 'lazy' a function that parses it. */
export function moduleOf(name, value, version, when = 'at once') {
  const text = JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const parse = `JSON.parse('${text}') as unknown`;
  return `// Made from the facts of Kubernetes ${version} by server/build.\nexport const ${name} = ${when === 'lazy' ? `() => ${parse}` : parse};\n`;
}
