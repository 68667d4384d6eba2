// Checks of names, labels, keys and ports with the API server's own words (k8s.io/apimachinery util/validation and api/validate/content).
// Each returns the list of what is wrong; empty means valid. Lengths count bytes.
import { byteLength } from './quote.ts';

type Finding = string;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const underscoreLabel = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const underscoreSubdomain = `${underscoreLabel}(\\.${underscoreLabel})*`;
const dns1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const labelKey = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${labelKey})?`;
const cIdentifier = '[A-Za-z_][A-Za-z0-9_]*';
const percent = '[0-9]+%';
const httpHeader = '[-A-Za-z0-9]+';
const environmentName = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const configMapKey = '[-._a-zA-Z0-9]+';
const httpPath = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const conditionReason = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const wildcardSubdomain = `\\*\\.${subdomain}`;

const compiled = new Map<string, RegExp>();

// Go's $ without (?m) is the end of the text only, as here.
function fits(pattern: string, value: string): boolean {
  let regex = compiled.get(pattern);
  if (!regex) compiled.set(pattern, (regex = new RegExp(`^(?:${pattern})$`)));
  return regex.test(value);
}

/** "MESSAGE (e.g. 'a',  or 'b', regex used for validation is '…')"; the two spaces are the server's. */
function regexText(message: string, pattern: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (${examples.length > 0 ? `e.g. ${shown}` : ''}regex used for validation is '${pattern}')`;
}

const maxCharactersText = (length: number) => `must be no more than ${length} characters`;
const maxBytesText = (length: number) => `must be no more than ${length} bytes`;
export const rangeText = (low: number, high: number) => `must be between ${low} and ${high}, inclusive`;

const atMost = (length: number, value: string, text = maxCharactersText): Finding[] => (byteLength(value) > length ? [text(length)] : []);

export function checkDns1123Label(value: string): readonly Finding[] {
  const findings = atMost(63, value);
  if (fits(label, value)) return findings;
  if (fits(subdomain, value)) return [...findings, 'must not contain dots'];
  const text = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...findings, regexText(text, label, 'my-name', '123-abc')];
}

export function checkDns1123Subdomain(value: string, tooLong = maxCharactersText): readonly Finding[] {
  const findings = atMost(253, value, tooLong);
  if (fits(subdomain, value)) return findings;
  const text =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return [...findings, regexText(text, subdomain, 'example.com')];
}

export function checkDns1123SubdomainWithUnderscore(value: string): readonly Finding[] {
  const findings = atMost(253, value);
  if (fits(underscoreSubdomain, value)) return findings;
  const text =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  return [...findings, regexText(text, underscoreSubdomain, 'example.com')];
}

export function checkWildcardDns1123Subdomain(value: string): readonly Finding[] {
  const findings = atMost(253, value);
  if (fits(wildcardSubdomain, value)) return findings;
  const text =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return [...findings, regexText(text, wildcardSubdomain, '*.example.com')];
}

export function checkDns1035Label(value: string): readonly Finding[] {
  const findings = atMost(63, value);
  if (fits(dns1035, value)) return findings;
  const text =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...findings, regexText(text, dns1035, 'my-name', 'abc-123')];
}

const labelKeyText = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** Keys of labels, annotations, taints, resources: 'app', 'example.com/app'. */
export function checkQualifiedName(value: string): readonly Finding[] {
  const parts = value.split('/');
  const shape = regexText(labelKeyText, labelKey, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) return [`a valid label key ${shape} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const [prefix, name] = parts.length === 2 ? [parts[0], parts[1] as string] : [undefined, value];
  const findings: Finding[] = [];
  if (prefix === '') findings.push('prefix part must be non-empty');
  else if (prefix !== undefined) findings.push(...checkDns1123Subdomain(prefix, maxBytesText).map((finding) => `prefix part ${finding}`));
  if (name === '') findings.push('name part must be non-empty');
  else if (byteLength(name) > 63) findings.push(`name part ${maxBytesText(63)}`);
  if (!fits(labelKey, name)) findings.push(`name part ${shape}`);
  return findings;
}

export function checkLabelValue(value: string): readonly Finding[] {
  const findings = atMost(63, value, maxBytesText);
  if (fits(labelValue, value)) return findings;
  const text =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...findings, regexText(text, labelValue, 'MyValue', 'my_value', '12345')];
}

export function checkCIdentifier(value: string): readonly Finding[] {
  if (fits(cIdentifier, value)) return [];
  const text = "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";
  return [regexText(text, cIdentifier, 'my_name', 'MY_NAME', 'MyName')];
}

function checkInRange(value: number, low: number, high: number): readonly Finding[] {
  return value >= low && value <= high ? [] : [rangeText(low, high)];
}

export function checkPortNumber(port: number): readonly Finding[] {
  return checkInRange(port, 1, 65535);
}

/** User and group ids: 0 to 2147483647. */
export function checkUserId(id: number): readonly Finding[] {
  return checkInRange(id, 0, 2147483647);
}

export function checkPortName(port: string): readonly Finding[] {
  const findings = atMost(15, port);
  if (!/^[-a-z0-9]+$/.test(port)) findings.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(port)) findings.push('must contain at least one letter (a-z)');
  if (port.includes('--')) findings.push('must not contain consecutive hyphens');
  if (port.startsWith('-') || port.endsWith('-')) findings.push('must not begin or end with a hyphen');
  return findings;
}

export function checkPercent(value: string): readonly Finding[] {
  return fits(percent, value) ? [] : [regexText("a valid percent string must be a numeric string followed by an ending '%'", percent, '1%', '93%')];
}

export function checkHttpHeaderName(value: string): readonly Finding[] {
  return fits(httpHeader, value) ? [] : [regexText("a valid HTTP header must consist of alphanumeric characters or '-'", httpHeader, 'X-Header-Name')];
}

/** The part of a domain-prefixed path after the domain. */
export function checkHttpPath(value: string): readonly Finding[] {
  return fits(httpPath, value) ? [] : [regexText('Invalid path', httpPath)];
}

/** The strict form; pods are checked with the relaxed one since 1.34. */
export function checkEnvironmentName(value: string): readonly Finding[] {
  const text = "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const shape = fits(environmentName, value) ? [] : [regexText(text, environmentName, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1')];
  return [...shape, ...climbs(value)];
}

export function checkRelaxedEnvironmentName(value: string): readonly Finding[] {
  if (value === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]*$/.test(value) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

export function checkConditionReason(value: string): readonly Finding[] {
  if (fits(conditionReason, value)) return [];
  const text =
    "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'";
  return [regexText(text, conditionReason, 'my_name', 'MY_NAME', 'MyName', 'ReasonA,ReasonB', 'ReasonA:ReasonB')];
}

export function checkConfigMapKey(value: string): readonly Finding[] {
  const findings = atMost(253, value);
  const text = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  if (!fits(configMapKey, value)) findings.push(regexText(text, configMapKey, 'key.name', 'KEY_NAME', 'key-name'));
  return [...findings, ...climbs(value)];
}

/** Names of kinds that are only a segment of a path, like roles: anything but '.', '..', '/' and '%'. */
export function checkPathSegmentName(name: string, isPrefix = false): readonly Finding[] {
  if (!isPrefix && (name === '.' || name === '..')) return [`may not be '${name}'`];
  return ['/', '%'].filter((illegal) => name.includes(illegal)).map((illegal) => `may not contain '${illegal}'`);
}

/** A generateName ends in '-' because a suffix follows: check it as if one did. 'web-' → 'wea', as the server does it. */
export function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

function climbs(value: string): readonly Finding[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}
