import { expect, test } from 'vitest';
import {
  checkCIdentifier,
  checkEnvironmentName,
  checkWildcardDns1123Subdomain,
  checkConfigMapKey,
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabelValue,
  checkPathSegmentName,
  checkPercent,
  checkPortName,
  checkPortNumber,
  checkQualifiedName,
  checkRelaxedEnvironmentName,
  checkUserId,
  maskTrailingDash,
} from '../../server/src/kube/names.ts';

const checks = {
  checkCIdentifier,
  checkEnvironmentName,
  checkWildcardDns1123Subdomain,
  checkConfigMapKey,
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabelValue,
  checkPathSegmentName,
  checkPercent,
  checkPortName,
  checkPortNumber,
  checkQualifiedName,
  checkRelaxedEnvironmentName,
  checkUserId,
};

const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const key =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

test.each([
  ['checkDns1123Label', 'web-1', []],
  ['checkDns1123Label', 'Web', [label]],
  ['checkDns1123Label', 'a.b', ['must not contain dots']],
  ['checkDns1123Label', 'a'.repeat(64), ['must be no more than 63 characters']],
  ['checkDns1123Label', 'é'.repeat(32), ['must be no more than 63 characters', label]],
  ['checkDns1123Subdomain', 'a.b-c.d', []],
  [
    'checkDns1035Label',
    '1a',
    [
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  ['checkQualifiedName', 'example.com/Name_1', []],
  ['checkQualifiedName', '/x', ['prefix part must be non-empty']],
  ['checkQualifiedName', 'a/', ['name part must be non-empty', key]],
  ['checkQualifiedName', 'n'.repeat(64), ['name part must be no more than 63 bytes']],
  ['checkLabelValue', '', []],
  ['checkLabelValue', 'v'.repeat(64), ['must be no more than 63 bytes']],
  ['checkPortName', 'http', []],
  ['checkPortName', '-8--', ['must contain at least one letter (a-z)', 'must not contain consecutive hyphens', 'must not begin or end with a hyphen']],
  ['checkPortNumber', 0, ['must be between 1 and 65535, inclusive']],
  ['checkUserId', -1, ['must be between 0 and 2147483647, inclusive']],
  ['checkRelaxedEnvironmentName', 'a b#', []],
  ['checkRelaxedEnvironmentName', 'a=b', ["a valid environment variable name must consist only of printable ASCII characters other than '='"]],
  ['checkConfigMapKey', '..', ["must not be '..'"]],
  ['checkConfigMapKey', '..a', ["must not start with '..'"]],
  ['checkPathSegmentName', 'a/b%', ["may not contain '/'", "may not contain '%'"]],
  ['checkPathSegmentName', '.', ["may not be '.'"]],
  ['checkPercent', '25%', []],
  ['checkWildcardDns1123Subdomain', '*.example.com', []],
  [
    'checkWildcardDns1123Subdomain',
    '*.*.com',
    [
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'checkCIdentifier',
    '1a',
    [
      "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')",
    ],
  ],
  [
    'checkEnvironmentName',
    '1A',
    [
      "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
    ],
  ],
] as const)('%s(%j)', (check, value, findings) => {
  expect((checks[check] as (value: unknown) => readonly string[])(value)).toEqual(findings);
});

test('a prefix that ends in a dash is checked as the server masks it', () => {
  expect(['web-', '-', 'web'].map(maskTrailingDash)).toEqual(['wea', '-', 'web']);
});
