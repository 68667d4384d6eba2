// Rules for where a webhook is (apiserver pkg/util/webhook/validation.go).
import { checkDns1123Subdomain, checkPortNumber } from '../../kube/names.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

interface ClientConfig {
  readonly url?: string;
  readonly service?: { readonly name?: string; readonly namespace?: string; readonly path?: string; readonly port?: number };
}

export function validateClientConfig({ url, service }: ClientConfig, at: Path, errors: FieldErrors): void {
  if ((url === undefined) === (service === undefined)) errors.required(at, 'exactly one of url or service is required');
  else if (url !== undefined) validateUrl(url, at.child('url'), errors);
  else if (service) validateService(service, at.child('service'), errors);
}

const form = '; desired format: https://host[/path]';

/** scheme, user, host, query, fragment of a URL, as far as Go's net/url tells them apart. */
const urlParts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^/?#]*)@)?([^/?#]*))?[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s;

function validateUrl(url: string, at: Path, errors: FieldErrors): void {
  const problem = problemOfUrl(url);
  if (problem !== undefined) return errors.required(at, `url must be a valid URL: parse ${JSON.stringify(url)}: ${problem}${form}`);
  const [, scheme = '', user, host = '', query = '', fragment = ''] = urlParts.exec(url) ?? [];
  if (scheme.toLowerCase() !== 'https') errors.invalid(at, scheme.toLowerCase(), `'https' is the only allowed URL scheme${form}`);
  if (!host) errors.invalid(at, host, `host must be specified${form}`);
  if (user !== undefined) errors.invalid(at, user, 'user information is not permitted in the URL');
  if (fragment) errors.invalid(at, fragment, 'fragments are not permitted in the URL');
  if (query) errors.invalid(at, query, 'query parameters are not permitted in the URL');
  return undefined;
}

/** What Go's net/url says to the commonest texts that are no URL. */
function problemOfUrl(url: string): string | undefined {
  if ([...url].some((character) => character < ' ' || character === '\u007f')) return 'net/url: invalid control character in URL';
  if (url.startsWith(':')) return 'missing protocol scheme';
  const escape = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(url);
  if (escape) return `invalid URL escape ${JSON.stringify(escape[0])}`;
  const [first = ''] = url.split('/');
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url);
  return !hasScheme && first.includes(':') ? 'first path segment in URL cannot contain colon' : undefined;
}

// The server takes the name for the namespace and the other way round, so that what is missing is named wrongly.
function validateService({ name, namespace, path, port }: NonNullable<ClientConfig['service']>, at: Path, errors: FieldErrors): void {
  if (!namespace) errors.required(at.child('name'));
  if (!name) errors.required(at.child('namespace'));
  const problems = checkPortNumber(port ?? 0);
  if (problems.length > 0) errors.invalid(at.child('port'), port ?? 0, `port is not valid: ${problems.join(', ')}`);
  if (path) validatePath(path, at.child('path'), errors);
}

/** '/', '/validate/pods', '/validate/': every step a DNS name. */
function validatePath(path: string, at: Path, errors: FieldErrors): void {
  if (path === '/') return;
  if (path === '//') return errors.invalid(at, path, 'segment[0] may not be empty');
  if (!path.startsWith('/')) errors.invalid(at, path, "must start with a '/'");
  const steps = path.slice(1).replace(/\/$/, '').split('/');
  return steps.forEach((step, i) => {
    if (step === '') return errors.invalid(at, path, `segment[${i}] may not be empty`);
    return errors.invalidEach(
      at,
      path,
      checkDns1123Subdomain(step).map((problem) => `segment[${i}]: ${problem}`),
    );
  });
}
