// Lists, and the rules about how fresh or how old they must be.
import { badRequest } from '../../cluster/registry/answers.ts';
import type { ApiRequest, ApiResponse, RequestOptions } from '../../cluster/registry/request.ts';
import { anyVersion, decodeContinue, encodeContinue } from '../../cluster/registry/verbs/continue.ts';
import { oldestKnown } from '../../cluster/store/past.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { integer, listOptions } from './options.ts';
import type { Server } from './resource.ts';
import { listProblem, readVersion, tooLarge } from './version.ts';

export function list(server: Server, request: ApiRequest, query: URLSearchParams): ApiResponse | Status {
  const options = narrowing(server, query);
  return isStatus(options) ? options : server.api({ ...request, options });
}

/** What a list or the delete of a collection is about. `always`: also a list that is read whole means exactly the version that it names. */
export function narrowing(server: Server, query: URLSearchParams, exactness: 'of pages' | 'always' = 'of pages'): RequestOptions | Status {
  const asked = listOptions(query);
  if (isStatus(asked)) return asked;
  const timeout = integer(query, 'timeoutSeconds');
  if (isStatus(timeout)) return timeout;
  const problem = listProblem(query);
  if (problem) return problem;
  const version = readVersion(query);
  if (isStatus(version)) return badRequest(`invalid resource version: ${version.message}`);
  const options = query.get('resourceVersion') === '0' ? unpaged(asked) : asked;
  const current = server.store.resourceVersion;
  if (version > current) return tooLarge(version, current);
  const exact = isExact(query, exactness === 'always' || (options.limit ?? 0) > 0, version);
  if (exact && version < oldest(server)) return failure(410, 'Expired', 'The resourceVersion for the provided list is too old.');
  return staleContinue(server, options.continue) ?? { ...options, ...(exact && { resourceVersion: version }) };
}

/** What may be of any age comes from a cache that knows no pages. */
function unpaged({ limit: _all, ...options }: RequestOptions): RequestOptions {
  return options;
}

/** A list in pages that names a version means exactly that one; one that is read whole means that version or a newer one. */
function isExact(query: URLSearchParams, inPages: boolean, version: number): boolean {
  const match = query.get('resourceVersionMatch') ?? '';
  return version > 0 && (match === 'Exact' || (match === '' && inPages));
}

/** History begins with the server, and the log forgets. */
const oldest = ({ compacted, store }: Server): number => Math.max(compacted, oldestKnown(store));

/** A page of a list that began before the history that is still there; with a token that goes on all the same, among what is there now. */
function staleContinue(server: Server, token: string | undefined): Status | undefined {
  const place = token === undefined ? undefined : decodeContinue(token);
  if (!place || 'error' in place || place.resourceVersion >= oldest(server) || place.resourceVersion === anyVersion) return undefined;
  const status = failure(410, 'Expired', tooOld);
  return { ...status, metadata: { continue: encodeContinue({ ...place, resourceVersion: anyVersion }) } };
}

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
