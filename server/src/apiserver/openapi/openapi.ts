// /openapi/v3: which documents there are, and one for every group version. Made when first asked for: the descriptions are large.
import { createHash } from 'node:crypto';
import { kubernetesVersion } from '../../schema/kinds.ts';
import { json, pageNotFound, type Answer } from '../answer.ts';
import { groups } from '../discovery/groups.ts';
import type { HttpRequest } from '../request.ts';
import { pathsOf } from './paths.ts';
import { schemasOf } from './schemas.ts';

const documents = new Map<string, { readonly body: string; readonly hash: string }>();

/** 'api/v1', 'apis/apps/v1' */
const names = groups.flatMap(({ name, versions }) => versions.map(({ version }) => (name === '' ? `api/${version}` : `apis/${name}/${version}`)));

export function answerOpenApi({ segments }: HttpRequest): Answer {
  const [, version, ...rest] = segments;
  if (version !== 'v3') return pageNotFound();
  if (rest.length === 0)
    return json(200, { paths: Object.fromEntries(names.map((name) => [name, { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` }])) });
  const name = rest.join('/');
  if (!names.includes(name)) return pageNotFound();
  const { body, hash: etag } = documentOf(name);
  return { code: 200, type: 'application/json', body, headers: { etag: `"${etag}"`, vary: 'Accept' } };
}

/** What changes with the version: clients keep a document as long as its address stays the same. */
const hash = createHash('sha256').update(kubernetesVersion).digest('hex').slice(0, 32).toUpperCase();

function documentOf(name: string) {
  const found = documents.get(name);
  if (found) return found;
  const version = groups
    .flatMap(({ name: group, versions }) => versions.map((one) => ({ ...one, path: group === '' ? `api/${one.version}` : `apis/${group}/${one.version}` })))
    .find(({ path }) => path === name)!;
  const body = JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: `v${kubernetesVersion}` },
    paths: pathsOf(`/${name}`, version.kinds),
    components: { schemas: schemasOf(version.kinds) },
  });
  const made = { body, hash: createHash('sha256').update(body).digest('hex').toUpperCase() };
  documents.set(name, made);
  return made;
}
