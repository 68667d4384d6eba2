// /openapi/v3: which documents there are, and one for every group version. /openapi/v2: all in one, as JSON or as a protocol buffer.
// Made when first asked for: the descriptions are large.
import { createHash } from 'node:crypto';
import { kinds, kubernetesVersion, type KindInfo } from '../../schema/kinds.ts';
import { failure } from '../../kube/status.ts';
import { json, pageNotFound, refusal, type Reply } from '../answer.ts';
import { groups } from '../discovery/groups.ts';
import type { HttpRequest } from '../request.ts';
import { acceptClauses } from '../respond/negotiate.ts';
import { v2, v3 } from './dialect.ts';
import { pathsOf } from './paths.ts';
import { schemasOf } from './schemas.ts';
import { v2Message, v2MessageTypes } from './v2-message.ts';

interface Document {
  readonly type: string;
  readonly body: string | Buffer;
}

const info = { title: 'Kubernetes', version: `v${kubernetesVersion}` };

/** 'api/v1', 'apis/apps/v1' → the kinds of that group version. */
const versions = new Map<string, readonly KindInfo[]>(
  groups.flatMap(({ name, versions }) => versions.map(({ version, kinds }) => [name === '' ? `api/${version}` : `apis/${name}/${version}`, kinds] as const)),
);

/** What changes with the version: clients keep a document as long as its address stays the same. */
const hash = createHash('sha256').update(kubernetesVersion).digest('hex').slice(0, 32).toUpperCase();

export function answerOpenApi({ segments, accept }: HttpRequest): Reply {
  const [, form, ...rest] = segments;
  if (form === 'v2' && rest.length === 0) return answerV2(accept);
  if (form !== 'v3') return pageNotFound();
  if (rest.length === 0)
    return json(200, { paths: Object.fromEntries([...versions.keys()].map((name) => [name, { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` }])) });
  const name = rest.join('/');
  const kinds = versions.get(name);
  return kinds ? reply(name, () => v3Document(name, kinds)) : pageNotFound();
}

function answerV2(accept: string): Reply {
  const types = acceptClauses(accept).map(({ type }) => type);
  const wanted = types.length === 0 ? '*/*' : types.find((type) => v2Types.has(type));
  if (wanted === undefined) return refusal(failure(406, 'NotAcceptable', `only the following media types are accepted: ${[...v2Types].join(', ')}`));
  if ((v2MessageTypes as readonly string[]).includes(wanted)) return reply('v2 message', () => ({ type: v2MessageTypes[1], body: v2Message(v2Document()) }));
  return reply('v2', () => ({ type: 'application/json', body: JSON.stringify(v2Document()) }));
}

const v2Types = new Set<string>(['application/json', ...v2MessageTypes, '*/*', 'application/*']);

const v3Document = (name: string, kinds: readonly KindInfo[]): Document => ({
  type: 'application/json',
  body: JSON.stringify({ openapi: '3.0.0', info, paths: pathsOf(`/${name}`, kinds, v3), components: { schemas: schemasOf(kinds, v3) } }),
});

const v2Document = () => ({
  swagger: '2.0',
  info,
  paths: Object.fromEntries([...versions].flatMap(([name, kinds]) => Object.entries(pathsOf(`/${name}`, kinds, v2)))),
  definitions: schemasOf(kinds, v2),
});

const made = new Map<string, Reply>();

function reply(name: string, make: () => Document): Reply {
  let found = made.get(name);
  if (!found) {
    const { type, body } = make();
    const etag = `"${createHash('sha256').update(body).digest('hex').toUpperCase()}"`;
    made.set(name, (found = { code: 200, type, body, headers: { etag, vary: 'Accept' } }));
  }
  return found;
}
