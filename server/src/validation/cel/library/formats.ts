// Kubernetes' names as formats: `format.dns1123Label().validate('A').orValue([])` tells what is wrong.
import { checkDns1035Label, checkDns1123Label, checkDns1123Subdomain, checkLabelValue, checkQualifiedName, maskTrailingDash } from '../../../kube/names.ts';
import { hasFormat } from '../../custom/formats.ts';
import { overload, type Overload } from '../signature.ts';
import { Opaque, Optional } from '../values.ts';

type Check = (text: string) => readonly string[];

const asPrefix =
  (check: Check): Check =>
  (text) =>
    check(maskTrailingDash(text));

const matching =
  (format: string, otherwise: string): Check =>
  (text) =>
    hasFormat(text, format) ? [] : [otherwise];

const formats: Readonly<Record<string, Check>> = {
  dns1123Label: checkDns1123Label,
  dns1123Subdomain: (text) => checkDns1123Subdomain(text),
  dns1035Label: checkDns1035Label,
  qualifiedName: checkQualifiedName,
  dns1123LabelPrefix: asPrefix(checkDns1123Label),
  dns1123SubdomainPrefix: asPrefix((text) => checkDns1123Subdomain(text)),
  dns1035LabelPrefix: asPrefix(checkDns1035Label),
  labelValue: checkLabelValue,
  uri: (text) => (hasFormat(text, 'uri') ? [] : [`parse ${JSON.stringify(text)}: invalid URI for request`]),
  uuid: matching('uuid', 'does not match the UUID format'),
  byte: matching('byte', 'invalid base64'),
  date: matching('date', 'invalid date'),
  datetime: matching('datetime', 'invalid datetime'),
};

const named = (name: string): Opaque => new Opaque('kubernetes.NamedFormat', formats[name], name);

function validate({ inner }: Opaque, text: string): Optional {
  const found = (inner as Check)(text);
  return found.length === 0 ? Optional.none : new Optional(found);
}

export const formatFunctions: readonly Overload[] = [
  ...Object.keys(formats).map((name) => overload(`format.${name}(): namedFormat`, () => named(name))),
  overload('format.named(string): optional<namedFormat>', (name: string) => (Object.hasOwn(formats, name) ? new Optional(named(name)) : Optional.none)),
  overload('namedFormat.validate(string): optional<list<string>>', validate),
];
