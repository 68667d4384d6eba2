// The beginning of a watch: what is told first, and from which version on.
import { methodNotAllowed, noSuchResource } from '../../cluster/registry/answers.ts';
import { liveCatalog } from '../../cluster/registry/custom/live-catalog.ts';
import { strategyOfRequest } from '../../cluster/registry/resources.ts';
import type { KubeList } from '../../cluster/registry/request.ts';
import { filterOf } from '../../cluster/registry/verbs/list.ts';
import { inVersion } from '../../cluster/registry/versions.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import { refusal, type Answer } from '../answer.ts';
import type { ResourcePath } from '../path.ts';
import type { HttpRequest } from '../request.ts';
import { formatted, isTrue, type Form } from '../respond/body.ts';
import { notAccepted } from '../respond/negotiate.ts';
import { Watch, type WatchOptions } from '../watch/watch.ts';
import { integer, listOptions } from './options.ts';
import type { Server } from './resource.ts';
import { readVersion, tooLarge, watchProblem } from './version.ts';
import { codersOf } from './watch-coders.ts';

/** A client that says nothing is sent away after half an hour to an hour; ours all after half an hour. */
const defaultTimeoutS = 1_800;
const longestTimeoutS = 86_400;

const streamed = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];

export function watch(server: Server, request: HttpRequest, path: ResourcePath, form: Form): Answer {
  if (form.wanted.format === 'yaml') return formatted(406, notAccepted(streamed), form);
  const options = watchOptions(server, request, path, form);
  if (isStatus(options)) return refusal(options);
  return { watch: new Watch(options), ...(options.problem && { awaits: readVersion(request.query) as number }) };
}

function watchOptions(server: Server, { query }: HttpRequest, path: ResourcePath, form: Form): WatchOptions | Status {
  const { group, resource, version, namespace, name } = path;
  const target = { group, resource, version, verb: 'list', ...(namespace !== undefined && { namespace }) } as const;
  const strategy = strategyOfRequest(target, liveCatalog(server.store));
  if (!strategy || path.subresource !== undefined) return noSuchResource();
  if (!strategy.info.verbs.includes('watch')) return methodNotAllowed();
  const named = name === undefined ? query : withName(query, name);
  const options = listOptions(named);
  if (isStatus(options)) return options;
  const filter = filterOf(strategy, options);
  if (isStatus(filter)) return filter;
  const timeout = integer(query, 'timeoutSeconds');
  if (isStatus(timeout)) return timeout;
  const problem = watchProblem(query);
  if (problem) return problem;
  const from = readVersion(query);
  if (isStatus(from)) return from;
  const coders = codersOf(server, form);
  if (isStatus(coders)) return coders;
  const sendInitial = query.has('sendInitialEvents') ? isTrue(query.get('sendInitialEvents')!) : from === 0;
  const bookmarks = query.has('allowWatchBookmarks') && isTrue(query.get('allowWatchBookmarks')!);
  const { limit: _all, ...unpaged } = options;
  // A watch that begins with what is there needs a state as new as it asked for; any other just begins later.
  const current = server.store.resourceVersion;
  const tooNew = sendInitial && from > current ? tooLarge(from, current) : undefined;
  const initial = sendInitial && !tooNew ? server.api({ ...target, options: unpaged }).body : undefined;
  if (initial && isStatus(initial)) return initial;
  return {
    resource: strategy.resource,
    store: server.store,
    compacted: server.compacted,
    passes: namespace === undefined ? filter : (object) => object.metadata.namespace === namespace && filter(object),
    ...(tooNew && { problem: tooNew }),
    initial: initial ? (initial as KubeList).items : [],
    marksInitialEnd: sendInitial && bookmarks,
    from: sendInitial || from === 0 ? server.store.resourceVersion : from,
    bookmarks,
    ...coders,
    encode: (object) => coders.encode(inVersion(strategy.info, object)),
    timeoutMs: Math.min(timeout || defaultTimeoutS, longestTimeoutS) * 1000,
  };
}

/** The old path of a watch of one object: /api/v1/watch/namespaces/demo/pods/web. */
function withName(query: URLSearchParams, name: string): URLSearchParams {
  const named = new URLSearchParams(query);
  named.set('fieldSelector', [query.get('fieldSelector'), `metadata.name=${name}`].filter(Boolean).join(','));
  return named;
}
