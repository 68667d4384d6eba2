// --raw: a path of the API instead of words: '/api/v1/namespaces/x/pods/y/eviction'.
import type { ApiRequest, Verb } from '../../cluster/registry/request.ts';
import { goJson } from '../../kube/go-json.ts';
import { kubernetesVersion } from '../../schema/kinds.ts';
import type { KubeObject } from '../../kube/object.ts';
import { isProblem, refusal, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';

/** Sends `body` there and prints the answer as it comes. */
export function sendRaw(path: string, verb: Verb, body: unknown, session: Session): Problem | undefined {
  const request = requestOf(path, verb, body);
  if (typeof request === 'string') {
    session.environment.stdout(request);
    return undefined;
  }
  const answer = session.send(request);
  if (isProblem(answer))
    return answer.status?.reason === 'NotFound' && !answer.status.details?.name ? refusal({ ...answer.status, message: nothingThere }) : answer;
  // In the order in which the server writes its fields.
  const { kind, apiVersion, ...rest } = answer as KubeObject;
  session.print(JSON.stringify({ kind, apiVersion, ...rest }));
  return undefined;
}

const nothingThere = 'the server could not find the requested resource';

/** A text: what the path itself answers. */
function requestOf(path: string, verb: Verb, body: unknown): ApiRequest | string {
  const [place = '', query = ''] = path.split('?');
  const parts = place.split('/').filter((part) => part !== '');
  if (['healthz', 'livez', 'readyz'].includes(parts[0] ?? '')) return 'ok';
  if (place === '/version') {
    const [major, minor] = kubernetesVersion.split('.');
    return `${goJson({ major, minor, gitVersion: `v${kubernetesVersion}` }, 2)}\n`;
  }
  const group = parts[0] === 'apis' ? (parts[1] ?? '') : '';
  const rest = parts.slice(parts[0] === 'apis' ? 2 : 1);
  const [version = '', ...behind] = rest;
  const namespaced = behind[0] === 'namespaces' && behind.length > 2 && behind[2] !== 'finalize' && behind[2] !== 'status';
  const [resource = '', name, subresource] = namespaced ? behind.slice(2) : behind;
  const selectors = Object.fromEntries(query.split('&').map((pair) => pair.split('=').map(decodeURIComponent)));
  const wanted = verb === 'get' && name === undefined ? 'list' : verb;
  return {
    verb: wanted,
    group,
    version,
    resource,
    ...(namespaced && { namespace: behind[1]! }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(body !== undefined && { body }),
    options: {
      ...(selectors['labelSelector'] && { labelSelector: selectors['labelSelector'] }),
      ...(selectors['fieldSelector'] && { fieldSelector: selectors['fieldSelector'] }),
      ...(selectors['dryRun'] && { dryRun: true }),
    },
  };
}
