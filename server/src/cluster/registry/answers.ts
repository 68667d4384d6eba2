// The Status answers of the API server that are not about one field, with its exact words.
import type { KindInfo } from '../../schema/kinds.ts';
import { checkPathSegmentName } from '../../kube/names.ts';
import { quote } from '../../kube/quote.ts';
import { resourceKey } from '../../kube/resource.ts';
import { failure, type Status, type StatusDetails } from '../../kube/status.ts';

type Named = Pick<KindInfo, 'group' | 'resource'>;

/** details of a Status about one object: `{ name: 'web', group: 'apps', kind: 'deployments' }`. The core group is not named. */
function detailsOf({ group, resource }: Named, name: string): StatusDetails {
  return { ...(name !== '' && { name }), ...(group !== '' && { group }), kind: resource };
}

export const notFound = (info: Named, name: string): Status => failure(404, 'NotFound', `${resourceKey(info)} "${name}" not found`, detailsOf(info, name));

export const alreadyExists = (info: Named, name: string): Status =>
  failure(409, 'AlreadyExists', `${resourceKey(info)} "${name}" already exists`, detailsOf(info, name));

/** Without a name (a collection): `pods is forbidden: …`. */
export const forbidden = (info: Named, name: string, why: string): Status =>
  failure(403, 'Forbidden', `${resourceKey(info)}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`, detailsOf(info, name));

export const conflict = (info: Named, name: string, why: string): Status =>
  failure(409, 'Conflict', `Operation cannot be fulfilled on ${resourceKey(info)} "${name}": ${why}`, detailsOf(info, name));

export const modified = (info: Named, name: string): Status =>
  conflict(info, name, 'the object has been modified; please apply your changes to the latest version and try again');

export const badRequest = (message: string): Status => failure(400, 'BadRequest', message);

/** An error that the server did not expect: no reason, code 500, the error's own text. */
export const unexpected = (message: string): Status => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });

/** Why the server's own client does not even ask for an object of this name; undefined when it would. */
export function unaskedName(name: string): string | undefined {
  if (name === '') return 'resource name may not be empty';
  const problems = checkPathSegmentName(name);
  return problems.length === 0 ? undefined : `invalid resource name ${quote(name)}: [${problems.join(' ')}]`;
}

export const internalError = (message: string): Status => failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });

export const noSuchResource = (): Status => failure(404, 'NotFound', 'the server could not find the requested resource', {});

export const methodNotAllowed = (): Status => failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

/** What a DELETE answers when the object is gone and its kind does not return it. On the wire it names no code. */
export const deleted = (info: Named, name: string, uid: string): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: { ...detailsOf(info, name), uid },
  code: 200,
});
