// The output formats that show objects whole: -o yaml, json, name, jsonpath=…, go-template=…, custom-columns=… and those that
// read their template from a file.
import { groupOf, type KubeObject } from '../../kube/object.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import { objectName } from '../resource-names.ts';
import { customCells, parseCustomColumns } from './custom-columns.ts';
import { goJson, goStructJson } from '../../kube/go-json.ts';
import { goSyntax, goText } from '../../kube/go-values.ts';
import { quote } from '../../kube/quote.ts';
import type { Files } from '../environment.ts';
import { executeGoTemplate } from './go-template/evaluate.ts';
import { functionNames } from './go-template/functions.ts';
import { parseGoTemplate } from './go-template/parse.ts';
import type { Value } from './go-template/values.ts';
import { printTemplate, resultsOf } from './jsonpath/evaluate.ts';
import { parseTemplate } from './jsonpath/parse.ts';
import { printTable } from './table.ts';
import { toKyaml } from './kyaml.ts';
import { toYaml } from './yaml.ts';

/** Prints an object, or a List of them. */
export type Format = (value: KubeObject | ObjectList) => string | Problem;

export interface ObjectList {
  readonly apiVersion: 'v1';
  readonly kind: 'List';
  readonly items: readonly KubeObject[];
  readonly metadata: { readonly resourceVersion?: string };
}

export const listOf = (items: readonly KubeObject[]): ObjectList => ({ apiVersion: 'v1', kind: 'List', items, metadata: { resourceVersion: '' } });

const objectNames = 'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';
const tableNames = `custom-columns,custom-columns-file,${objectNames.replace(',yaml', ',wide,yaml')}`;

export interface FormatOptions {
  readonly noHeaders?: boolean;
  readonly showManagedFields?: boolean;
  /** --template: the template of a format without '=…'. */
  readonly template?: string;
  /** --allow-missing-template-keys */
  readonly allowMissingKeys?: boolean;
  /** For the formats that read their template from a file. */
  readonly files?: Files;
  /** The objects are structs in the client, with their fields in order: -o json keeps it. */
  readonly isTyped?: boolean;
  /** `kubectl get`, which has tables too. */
  readonly tables?: boolean;
}

type Shown = (value: KubeObject | ObjectList) => unknown;

/** Undefined for '' and 'wide', which are tables. */
export function formatOf(output: string, options: FormatOptions = {}): Format | Problem | undefined {
  const equals = output.indexOf('=');
  const [name, inline] = equals < 0 ? [output, undefined] : [output.slice(0, equals), output.slice(equals + 1)];
  const { template = '', allowMissingKeys = true, showManagedFields = false } = options;
  const shown: Shown = (value) => (showManagedFields ? value : withoutManagedFields(value));
  switch (name) {
    case '':
      return template === '' ? undefined : goTemplateFormat(template, allowMissingKeys);
    case 'yaml':
      return (value) => toYaml(shown(value));
    case 'json':
      return (value) => `${(options.isTyped ? goStructJson : goJson)(shown(value), 4)}\n`;
    case 'kyaml':
      return (value) => toKyaml(shown(value));
    case 'name':
      return (value) => itemsOf(value).map(nameLine).join('');
  }
  if (options.tables && name === 'wide') return undefined;
  const file = name.endsWith('file') && templateFormats.has(name.replace(/-?file$/, ''));
  const kind = file ? name.replace(/-?file$/, '') : name;
  const isColumns = kind === 'custom-columns';
  if (!templateFormats.has(kind) || (isColumns && !options.tables))
    return problem(`unable to match a printer suitable for the output format "${name}", allowed formats are: ${options.tables ? tableNames : objectNames}`);
  const argument = inline ?? template;
  if (argument === '')
    return problem(isColumns ? 'custom-columns format specified but no custom columns given' : 'template format specified but no template given');
  const text = file ? templateIn(argument, options.files, isColumns) : argument;
  if (isProblem(text)) return text;
  if (isColumns) return customColumnsFormat(text, options.noHeaders ?? false);
  if (kind === 'jsonpath' || kind === 'jsonpath-as-json') return jsonPathFormat(text, kind === 'jsonpath-as-json', allowMissingKeys);
  return goTemplateFormat(text, allowMissingKeys);
}

const templateFormats = new Set(['custom-columns', 'jsonpath', 'jsonpath-as-json', 'go-template', 'template']);

/** The first line of a file of columns holds the headers, the second the paths. */
function templateIn(path: string, files: Files | undefined, isColumns: boolean): string | Problem {
  const read = files?.read(path);
  if (!read || !('text' in read))
    return problem(
      `error reading ${isColumns ? 'custom columns' : '--template'} file ${path}, open ${path}: ${read && 'error' in read ? read.error : 'no such file or directory'}`,
    );
  if (!isColumns) return read.text;
  const [headers = '', paths = ''] = read.text.split('\n');
  const cells = paths.trim().split(/\s+/);
  return headers
    .trim()
    .split(/\s+/)
    .map((header, i) => `${header}:${cells[i] ?? ''}`)
    .join(',');
}

const itemsOf = (value: KubeObject | ObjectList): readonly KubeObject[] => ('items' in value ? (value as ObjectList).items : [value]);

const nameLine = ({ apiVersion, kind, metadata }: KubeObject) => `${objectName({ kind, group: groupOf(apiVersion) }, metadata.name)}\n`;

function withoutManagedFields(value: KubeObject | ObjectList): KubeObject | ObjectList {
  if ('items' in value) return { ...(value as ObjectList), items: (value as ObjectList).items.map((item) => withoutManagedFields(item) as KubeObject) };
  const { managedFields: _, ...metadata } = value.metadata;
  return { ...value, metadata };
}

function jsonPathFormat(template: string, asJson: boolean, allowMissing: boolean): Format | Problem {
  const missing = allowMissing ? 'allow' : 'refuse';
  const parsed = parseTemplate(template);
  if ('error' in parsed) return problem(`error parsing jsonpath ${template}, ${parsed.error}`);
  return (value) => {
    const printed = asJson ? resultsOf(parsed.value, value, { missing }) : printTemplate(parsed.value, value, { missing });
    if ('error' in printed) return problem(executionError(template, printed.error, value));
    return typeof printed.value === 'string' ? printed.value : printed.value.map((results) => `${goJson(results, 4)}\n`).join('');
  };
}

function goTemplateFormat(template: string, allowMissing: boolean): Format | Problem {
  const parsed = parseGoTemplate(template, functionNames);
  if ('error' in parsed) return problem(`error parsing template ${template}, ${parsed.error}`);
  return (object) => {
    const value = object as unknown as Value;
    const executed = executeGoTemplate(parsed.value, value, { allowMissing });
    return 'error' in executed ? templateProblem(template, executed, value) : executed.text;
  };
}

/** What was printed so far and what helps to find the mistake go to stdout; the error itself to stderr. */
function templateProblem(template: string, { text, error }: { text: string; error: string }, value: Value): Problem {
  const help =
    `Error executing template: ${error}. Printing more information for debugging the template:\n` +
    `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${goJson(value)}\n\tobject given to template engine was:\n\t\t${goText(value)}\n\n`;
  return { ...problem(`error executing template ${quote(template)}: ${error}`), printed: text + help };
}

const executionError = (template: string, error: string, value: unknown) =>
  `error executing jsonpath "${template}": Error executing template: ${error}. Printing more information for debugging the template:\n` +
  `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n`;

function customColumnsFormat(spec: string, noHeaders: boolean): Format | Problem {
  const columns = parseCustomColumns(spec);
  if ('error' in columns) return problem(columns.error);
  return (value) => {
    const rows: (readonly string[])[] = [];
    for (const item of itemsOf(value)) {
      const cells = customCells(columns.value, item);
      if ('error' in cells) return problem(cells.error);
      rows.push(cells.value);
    }
    return printTable(noHeaders ? undefined : columns.value.map(({ header }) => header), rows);
  };
}
