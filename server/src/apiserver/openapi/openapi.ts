// /openapi/v3: which documents there are, and one for every group version. /openapi/v2: all in one, as JSON or as a protocol buffer.
// Made when first asked for: the descriptions are large.
import { createHash } from 'node:crypto';
import { builtIn, type Catalog } from '../../schema/custom/catalog.ts';
import { kubernetesVersion, type KindInfo } from '../../schema/kinds.ts';
import { failure } from '../../kube/status.ts';
import { json, pageNotFound, refusal, type Reply } from '../answer.ts';
import { groupsOf } from '../discovery/groups.ts';
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

type Versions = ReadonlyMap<string, readonly KindInfo[]>;

/** 'api/v1', 'apis/apps/v1' → the kinds of that group version. */
const versionsOf = (catalog: Catalog): Versions =>
  new Map(
    groupsOf(catalog).flatMap(({ name, versions }) =>
      versions.map(({ version, kinds }) => [name === '' ? `api/${version}` : `apis/${name}/${version}`, kinds] as const),
    ),
  );

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('hex').toUpperCase();

/** What changes with the version: clients keep a document as long as its address stays the same. */
const builtInHash = digest(kubernetesVersion).slice(0, 32);

/** Of a group version with custom kinds: it changes with their schemas. */
function hashOf(kinds: readonly KindInfo[]): string {
  const custom = kinds.filter((kind) => kind.custom);
  return custom.length === 0 ? builtInHash : digest(JSON.stringify(custom)).slice(0, 32);
}

/** `catalog`: as it is at this moment. */
export function answerOpenApi(catalog: Catalog, { segments, accept }: HttpRequest): Reply {
  const [, form, ...rest] = segments;
  if (form === 'v2' && rest.length === 0) return answerV2(catalog, accept);
  if (form !== 'v3') return pageNotFound();
  const versions = versionsOf(catalog);
  if (rest.length === 0) {
    const paths = [...versions].map(([name, kinds]) => [name, { serverRelativeURL: `/openapi/v3/${name}?hash=${hashOf(kinds)}` }] as const);
    return json(200, { paths: Object.fromEntries(paths) });
  }
  const name = rest.join('/');
  const kinds = versions.get(name);
  // Not the page that is said not to be there elsewhere: this handler says nothing.
  return kinds ? reply(kinds.some((kind) => kind.custom) ? catalog : builtIn, name, () => v3Document(name, kinds)) : { code: 404, type: '', body: '' };
}

function answerV2(catalog: Catalog, accept: string): Reply {
  const types = acceptClauses(accept).map(({ type }) => type);
  const wanted = types.length === 0 ? '*/*' : types.find((type) => v2Types.has(type));
  if (wanted === undefined) return refusal(failure(406, 'NotAcceptable', `only the following media types are accepted: ${[...v2Types].join(', ')}`));
  if ((v2MessageTypes as readonly string[]).includes(wanted))
    return reply(catalog, 'v2 message', () => ({ type: v2MessageTypes[1], body: v2Message(v2Document(catalog)) }));
  return reply(catalog, 'v2', () => ({ type: 'application/json', body: JSON.stringify(v2Document(catalog)) }));
}

const v2Types = new Set<string>(['application/json', ...v2MessageTypes, '*/*', 'application/*']);

const v3Document = (name: string, kinds: readonly KindInfo[]): Document => ({
  type: 'application/json',
  body: JSON.stringify({ openapi: '3.0.0', info, paths: pathsOf(`/${name}`, kinds, v3), components: { schemas: schemasOf(kinds, v3) } }),
});

const v2Document = (catalog: Catalog) => ({
  swagger: '2.0',
  info,
  paths: Object.fromEntries([...versionsOf(catalog)].flatMap(([name, kinds]) => Object.entries(pathsOf(`/${name}`, kinds, v2)))),
  definitions: schemasOf(catalog.kinds, v2),
});

const known = new WeakMap<Catalog, Map<string, Reply>>();

function reply(catalog: Catalog, name: string, make: () => Document): Reply {
  let made = known.get(catalog);
  if (!made) known.set(catalog, (made = new Map()));
  let found = made.get(name);
  if (!found) {
    const { type, body } = make();
    const etag = `"${digest(body)}"`;
    made.set(name, (found = { code: 200, type, body, headers: { etag, vary: 'Accept' } }));
  }
  return found;
}
