// What containers answer by HTTP, and the line that they log of it.
import type { Container, Pod } from '../../schema/generated/types.ts';
import { utf8 } from './bytes.ts';
import { momentOf } from './calendar.ts';
import { imageFacts } from './images.ts';
import type { Machine } from './machine.ts';
import type { HttpAnswer, HttpCall } from './network.ts';

export function respond(machine: Machine, pod: Pod, container: Container, port: number, call: HttpCall): HttpAnswer {
  const image = imageFacts(container);
  if (image.documentRoot !== undefined) return pageOf(machine, image.documentRoot, call);
  const own = Object.hasOwn(answers, image.name) ? answers[image.name]!(pod, container, call) : undefined;
  return own ?? plain(plainPage(pod, container, port, call));
}

const plain = (text: string): HttpAnswer => ({ code: 200, type: 'text/plain; charset=utf-8', body: utf8(text) });

/** The page of whoever is not known better: it says which pod answers. */
const plainPage = ({ metadata, spec, status }: Pod, container: Container, port: number, { method, path }: HttpCall) =>
  `${metadata.name}\n\npod: ${metadata.namespace}/${metadata.name} (${status.podIP}) on ${spec.nodeName}\ncontainer: ${container.name}, image ${container.image}\nrequest: ${method} ${path} on port ${port}\n`;

const answers: Readonly<Record<string, (pod: Pod, container: Container, call: HttpCall) => HttpAnswer | undefined>> = {
  'hello-app': ({ metadata }, { image = '' }) => plain(`Hello, world!\nVersion: ${image.split(':')[1] ?? '1.0'}.0\nHostname: ${metadata.name}\n`),
  'http-echo': (_pod, { args = [] }) => {
    const at = args.findIndex((arg) => /^--?text/.test(arg));
    return at < 0 ? undefined : plain(`${args[at]!.includes('=') ? args[at]!.replace(/^[^=]*=/, '') : (args[at + 1] ?? '')}\n`);
  },
  agnhost: ({ metadata }, _container, { path }) => (path === '/hostname' ? plain(metadata.name) : undefined),
};

/** From the files of the container: a page that is mounted or was written is shown. */
function pageOf(machine: Machine, root: string, { path, method }: HttpCall): HttpAnswer {
  const server = machine.image === 'nginx' ? 'nginx' : 'Apache';
  if (method !== 'GET' && method !== 'HEAD') return errorPage(405, 'Not Allowed', server);
  let decoded = path.split('?')[0]!;
  try {
    decoded = decodeURIComponent(decoded);
  } catch {
    return errorPage(400, 'Bad Request', server);
  }
  const file = machine.files.resolve(root, `./${decoded.replace(/^\/+/, '')}`);
  if (file !== root && !file.startsWith(`${root}/`)) return errorPage(400, 'Bad Request', server);
  const target = machine.files.kindOf(file) === 'folder' ? `${file}/index.html` : file;
  const content = machine.files.read(target);
  if ('error' in content) return machine.files.kindOf(file) === 'folder' ? errorPage(403, 'Forbidden', server) : errorPage(404, 'Not Found', server);
  return { code: 200, type: typeOf(target), body: content.bytes };
}

const errorPage = (code: number, text: string, server: string): HttpAnswer => ({
  code,
  type: 'text/html',
  body: `<html>\n<head><title>${code} ${text}</title></head>\n<body>\n<center><h1>${code} ${text}</h1></center>\n<hr><center>${server}</center>\n</body>\n</html>\n`,
});

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  json: 'application/json',
  css: 'text/css',
  js: 'application/javascript',
  txt: 'text/plain',
};
const typeOf = (path: string) => types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** A line of an access log, in the common form; undefined: the image keeps none. */
export function visitLine(image: string, { from, method, path, userAgent }: HttpCall, { code, body }: HttpAnswer, at: number): string | undefined {
  if (image !== 'nginx' && image !== 'httpd') return undefined;
  const { day, monthName, year, clock } = momentOf(at);
  const time = `${day}/${monthName}/${year}:${clock} +0000`;
  const line = `${from} - - [${time}] "${method} ${path.replace(/[\s"]/g, '')} HTTP/1.1" ${code} ${body.length}`;
  return image === 'nginx' ? `${line} "-" "${userAgent.replace(/["\n]/g, '')}" "-"` : line;
}
