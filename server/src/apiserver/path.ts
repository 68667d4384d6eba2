// The paths of the API: which resource a URL names.

export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** What stands behind the subresource: pods/NAME/proxy/REST. */
  readonly rest?: string;
  /** The old form of a watch: /api/v1/watch/pods. */
  readonly watch: boolean;
}

/**
 * '/apis/apps/v1/namespaces/demo/deployments/web/scale' in its parts; undefined when a path names no resource.
 * A namespace is itself a resource: /api/v1/namespaces/demo, also with its subresources status and finalize.
 */
export function parseResourcePath(segments: readonly string[]): ResourcePath | undefined {
  const [root, ...after] = segments;
  const isCore = root === 'api';
  if (!isCore && root !== 'apis') return undefined;
  const [group, version, ...parts] = isCore ? ['', ...after] : after;
  if (group === undefined || version === undefined || parts.length === 0) return undefined;
  const watch = parts[0] === 'watch' && parts.length > 1;
  if (watch) parts.shift();
  return { group, version, watch, ...within(parts) };
}

function within(parts: readonly string[]) {
  const [first = '', namespace, third] = parts;
  const inNamespace = first === 'namespaces' && namespace !== undefined && third !== undefined && !namespaceSubresources.has(third);
  const [resource = '', name, subresource, ...rest] = inNamespace ? parts.slice(2) : parts;
  return {
    resource,
    ...(inNamespace && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(rest.length > 0 && { rest: rest.join('/') }),
  };
}

const namespaceSubresources = new Set(['status', 'finalize']);

/** The segments of a path, decoded; undefined when it cannot be decoded. Empty segments count as none, except that nothing is between two slashes. */
export function splitPath(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Why a segment cannot be a name (path.ValidatePathSegmentName); undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return `may not be '${name}'`;
  const found = ['/', '%'].filter((character) => name.includes(character)).map((character) => `may not contain '${character}'`);
  return found.length > 0 ? found.join(', ') : undefined;
}
