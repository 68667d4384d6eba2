// `selector` does not match template `labels`: the commonest mistake in a workload, so it names the label and both ways out.
import type { FieldError } from '../../kube/field-error.ts';
import { fieldErrorText } from '../../kube/field-error.ts';
import type { Path } from '../../manifest/tree.ts';
import type { Finding } from '../diagnostic.ts';
import type { ObjectView } from './document-view.ts';
import { codes } from './explain.ts';

const selectorPath: Path = ['spec', 'selector', 'matchLabels'];
const labelsPath: Path = ['spec', 'template', 'metadata', 'labels'];

/** Undefined for any other error, and where no single label of matchLabels is the cause. */
export function selectorMismatch(view: ObjectView, error: FieldError): Finding | undefined {
  if (!error.detail.includes('`selector` does not match template `labels`')) return undefined;
  const wanted = labelsAt(view, selectorPath);
  const given = labelsAt(view, labelsPath);
  const [key, want] = Object.entries(wanted).find(([name, value]) => given[name] !== value) ?? [];
  if (key === undefined || want === undefined) return undefined;
  const get = given[key];
  const selector = view.spanOf([...selectorPath, key]);
  const label = view.spanOf([...labelsPath, key]);
  const has = get === undefined ? `no label ${key}` : `${key}=${get}`;
  return {
    span: label,
    severity: 'error',
    code: codes[error.type],
    message: fieldErrorText(error),
    explanation: `The selector asks for ${key}=${want}, but the pods get ${has}. Change one of them.`,
    related: { span: selector, message: `The selector asks for ${key}=${want}.` },
    ...(get !== undefined && {
      replacements: [
        { span: label, text: want },
        { span: selector, text: get },
      ],
    }),
  };
}

function labelsAt(view: ObjectView, path: Path): Readonly<Record<string, string>> {
  const value = view.nodeAt(path)?.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
