// Bringing answers of our API server into the form of the recorded ones.

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** Replaces what differs from run to run. `known`: live values by their placeholder; `sent`: text whose values are not volatile. */
export function normalise(value: unknown, sent: string, known: Readonly<Record<string, string>> = {}): unknown {
  if (value === undefined) return undefined;
  let text = JSON.stringify(value);
  for (const [live, placeholder] of Object.entries(known)) text = text.replaceAll(live, placeholder);
  text = text
    .replace(uuid, (id) => (sent.includes(id) ? id : '<uid>'))
    .replace(time, (moment) => (sent.includes(moment) ? moment : '<time>'))
    .replace(/(resourceVersion(?:\\*")?: ?\\*")\d+/g, '$1<resourceVersion>')
    .replace(/"continue":"[^"]+"/g, '"continue":"<continue>"')
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<random>');
  return JSON.parse(text.replace(/(?<=[:[,])<(\w+)>(?=[,}\]])/g, '"<$1>"'));
}

const segments = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map((match) => match[1] ?? (match[2] !== undefined ? Number(match[2]) : match[3]!));

/** A copy with the values at these paths set; a path alone is removed. `spec.ports[0].name`, `metadata.labels["a.b/c"]`. */
export function edited(object: unknown, edits: readonly (readonly [path: string, value?: unknown])[]): unknown {
  // As a client reads it: parts that are shared in memory are apart.
  const copy = JSON.parse(JSON.stringify(object));
  for (const [path, value] of edits) {
    const keys = [...segments(path)];
    const last = keys.pop()!;
    let at = copy as Record<string | number, any>;
    keys.forEach((key, i) => {
      at[key] ??= typeof (keys[i + 1] ?? last) === 'number' ? [] : {};
      at = at[key];
    });
    if (value !== undefined) at[last] = value;
    else if (Array.isArray(at)) at.splice(Number(last), 1);
    else delete at[last];
  }
  return copy;
}
