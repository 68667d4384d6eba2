// The output formats that show objects whole: -o yaml, json, name, jsonpath=…, jsonpath-as-json=… and custom-columns=….
import type { KubeObject } from '../../kube/object.ts';
import { kindOf } from '../../schema/kinds.ts';
import { problem, type Problem } from '../problem.ts';
import { objectName } from '../resource-names.ts';
import { customCells, parseCustomColumns } from './custom-columns.ts';
import { goJson } from '../../kube/go-json.ts';
import { goSyntax } from '../../kube/go-values.ts';
import { printTemplate, resultsOf } from './jsonpath/evaluate.ts';
import { parseTemplate } from './jsonpath/parse.ts';
import { printTable } from './table.ts';
import { toYaml } from './yaml.ts';

/** Prints an object, or a List of them. */
export type Format = (value: KubeObject | ObjectList) => string | Problem;

export interface ObjectList {
  readonly apiVersion: 'v1';
  readonly kind: 'List';
  readonly items: readonly KubeObject[];
  readonly metadata: { readonly resourceVersion: string };
}

export const listOf = (items: readonly KubeObject[]): ObjectList => ({ apiVersion: 'v1', kind: 'List', items, metadata: { resourceVersion: '' } });

const names = 'custom-columns,json,jsonpath,jsonpath-as-json,name,wide,yaml';

export interface FormatOptions {
  readonly noHeaders?: boolean;
  readonly showManagedFields?: boolean;
}

/** Undefined for '' and 'wide', which are tables. */
export function formatOf(output: string, options: FormatOptions = {}): Format | Problem | undefined {
  const equals = output.indexOf('=');
  const [name, argument] = equals < 0 ? [output, undefined] : [output.slice(0, equals), output.slice(equals + 1)];
  const shown = (value: KubeObject | ObjectList) => (options.showManagedFields ? value : withoutManagedFields(value));
  switch (name) {
    case '':
    case 'wide':
      return undefined;
    case 'yaml':
      return (value) => toYaml(shown(value));
    case 'json':
      return (value) => `${goJson(shown(value), 4)}\n`;
    case 'name':
      return (value) => itemsOf(value).map(nameLine).join('');
    case 'jsonpath':
    case 'jsonpath-as-json':
      return jsonPathFormat(argument, name === 'jsonpath-as-json', shown);
    case 'custom-columns':
      return customColumnsFormat(argument, options.noHeaders ?? false);
    default:
      return problem(`unable to match a printer suitable for the output format "${name}", allowed formats are: ${names}`);
  }
}

const itemsOf = (value: KubeObject | ObjectList): readonly KubeObject[] => ('items' in value ? (value as ObjectList).items : [value]);

function nameLine(object: KubeObject): string {
  const kind = kindOf(object.apiVersion, object.kind);
  return `${kind ? objectName(kind, object.metadata.name) : object.metadata.name}\n`;
}

function withoutManagedFields(value: KubeObject | ObjectList): KubeObject | ObjectList {
  if ('items' in value) return { ...(value as ObjectList), items: (value as ObjectList).items.map((item) => withoutManagedFields(item) as KubeObject) };
  const { managedFields: _, ...metadata } = value.metadata;
  return { ...value, metadata };
}

function jsonPathFormat(template: string | undefined, asJson: boolean, shown: (value: KubeObject | ObjectList) => unknown): Format | Problem {
  if (!template) return problem('template format specified but no template given');
  const parsed = parseTemplate(template);
  if ('error' in parsed) return problem(`error parsing jsonpath ${template}, ${parsed.error}`);
  return (object) => {
    const value = shown(object);
    const printed = asJson ? resultsOf(parsed.value, value, { missing: 'allow' }) : printTemplate(parsed.value, value, { missing: 'allow' });
    if ('error' in printed) return problem(executionError(template, printed.error, value));
    return typeof printed.value === 'string' ? printed.value : printed.value.map((results) => `${goJson(results, 4)}\n`).join('');
  };
}

const executionError = (template: string, error: string, value: unknown) =>
  `error executing jsonpath "${template}": Error executing template: ${error}. Printing more information for debugging the template:\n` +
  `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n`;

function customColumnsFormat(spec: string | undefined, noHeaders: boolean): Format | Problem {
  const columns = parseCustomColumns(spec ?? '');
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
