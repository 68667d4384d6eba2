// The formats of OpenAPI that the server checks in the texts of custom objects (kube-openapi strfmt); others are not looked at.
import { decodeBase64 } from '../../kube/base64.ts';
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import { parseGoTime } from '../../kube/time.ts';
import { checkCidr, checkIp } from '../ip.ts';

const matching = (pattern: RegExp) => (text: string) => pattern.test(text);
const uuid = (version: string) => matching(new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$`, 'i'));

/** Go's own units, and the words of strfmt: '3 days', '1h30m'. */
const duration =
  /^[-+]?(?:\s*\d+(?:\.\d*)?\s*(?:ns|nano|nanosecond|us|µs|micro|microsecond|ms|milli|millisecond|s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|wk)s?\s*)+$/;

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  bsonobjectid: matching(/^[0-9a-f]{24}$/i),
  uri: isUri,
  email: matching(/^(?:[^\s@<>"]+|"[^"]+"|.*<[^\s@<>]+)@[^\s@<>]+>?$/),
  hostname: (text) =>
    text.length <= 255 && /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*\.?$/.test(text),
  ipv4: (text) => !text.includes(':') && checkIp(text).length === 0,
  ipv6: (text) => text.includes(':') && checkIp(text).length === 0,
  cidr: (text) => checkCidr(text)[0]?.startsWith('must be a valid') !== true,
  mac: matching(/^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$|^(?:[0-9a-f]{2}[:-]){7}[0-9a-f]{2}$/i),
  uuid: uuid('[0-9a-f]'),
  uuid3: uuid('3'),
  uuid4: uuid('4'),
  uuid5: uuid('5'),
  hexcolor: matching(/^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i),
  rgbcolor: matching(/^rgb\(\s*(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\s*(?:,\s*|(?=\)))){3}\)$/),
  byte: (text) => 'bytes' in decodeBase64(text),
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && 'ms' in parseGoTime(`${text}T00:00:00Z`, 'time'),
  datetime: isDateTime,
  'date-time': isDateTime,
  duration: matching(duration),
  'k8s-short-name': (text) => checkDns1123Label(text).length === 0,
  'k8s-long-name': (text) => checkDns1123Subdomain(text).length === 0,
};

/** True also for a format that nobody checks. */
export function hasFormat(text: string, format: string): boolean {
  const check = Object.hasOwn(checks, format.replaceAll(/[-_]/g, ''))
    ? checks[format.replaceAll(/[-_]/g, '')]
    : Object.hasOwn(checks, format)
      ? checks[format]
      : undefined;
  return check === undefined || check(text);
}

function isDateTime(text: string): boolean {
  if (text === '') return true;
  return /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[-+]\d{2}:?\d{2})?$/.test(text) && !Number.isNaN(Date.parse(text.replace(' ', 'T')));
}

function isUri(text: string): boolean {
  return /^[a-z][-a-z0-9+.]*:[^\s]*$/i.test(text) || /^\/[^\s]*$/.test(text);
}
