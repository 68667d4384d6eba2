// Go's text/template: nodes and data → text. Data is what encoding/json makes of an object, so its numbers are float64.
// Source: text/template/exec.go.
import { printed, typeName, type Value } from './values.ts';
import { CallProblem, functions } from './functions.ts';
import type { GoTemplate, Node, Operand, Pipe } from './parse.ts';

export interface GoTemplateOptions {
  /** False: a key that is not there is an error (--allow-missing-template-keys=false). */
  readonly allowMissing: boolean;
}

/** `text` is what was printed before the error, too. */
export type Executed = { readonly text: string } | { readonly text: string; readonly error: string };

/** Steps that one execution may take: templates may call themselves. */
const stepLimit = 1_000_000;
const depthLimit = 1_000;

class ExecutionProblem extends Error {}

export function executeGoTemplate(template: GoTemplate, data: Value, options: GoTemplateOptions): Executed {
  const run = new Execution(template, options);
  try {
    run.walk(template.nodes, data, new Map([['$', { value: data }]]), 0);
    return { text: run.text };
  } catch (problem) {
    if (problem instanceof ExecutionProblem) return { text: run.text, error: `template: output:1: ${problem.message}` };
    throw problem;
  }
}

type Variables = ReadonlyMap<string, { value: Value }>;

/** What a list of nodes ends with. */
type Flow = 'break' | 'continue' | undefined;

class Execution {
  text = '';
  readonly #template: GoTemplate;
  readonly #options: GoTemplateOptions;
  #steps = 0;

  constructor(template: GoTemplate, options: GoTemplateOptions) {
    this.#template = template;
    this.#options = options;
  }

  walk(nodes: readonly Node[], dot: Value, variables: Variables, depth: number): Flow {
    let scope = variables;
    for (const node of nodes) {
      if (++this.#steps > stepLimit) throw new ExecutionProblem(`the template takes more than ${stepLimit} steps`);
      switch (node.is) {
        case 'text':
          this.text += node.text;
          break;
        case 'print': {
          const result = this.#pipe(node.pipe, dot, scope);
          if (node.pipe.variables.length === 0) this.text += printed(result);
          else scope = declare(scope, node.pipe, [result]);
          break;
        }
        case 'break':
        case 'continue':
          return node.is;
        case 'template': {
          const body = this.#template.defined.get(node.name);
          if (!body) throw new ExecutionProblem(`template "${node.name}" not defined`);
          if (depth > depthLimit) throw new ExecutionProblem(`exceeded maximum template depth (${depthLimit})`);
          const data = node.pipe && this.#pipe(node.pipe, dot, scope);
          this.walk(body, data, new Map([['$', { value: data }]]), depth + 1);
          break;
        }
        default: {
          const flow = this.#control(node, dot, scope, depth);
          if (flow) return flow;
        }
      }
    }
    return undefined;
  }

  #control(node: Node & { is: 'if' | 'with' | 'range' }, dot: Value, variables: Variables, depth: number): Flow {
    const value = this.#pipe(node.pipe, dot, variables);
    if (node.is === 'range') return this.#range(node, value, dot, variables, depth);
    const scope = declare(variables, node.pipe, [value]);
    const yes = isTrue(value);
    return this.walk(yes ? node.body : node.otherwise, yes && node.is === 'with' ? value : dot, scope, depth);
  }

  #range(node: Node & { is: 'if' | 'with' | 'range' }, value: Value, dot: Value, variables: Variables, depth: number): Flow {
    const entries = entriesOf(value);
    if (!entries) throw new ExecutionProblem(`range can't iterate over ${printed(value)}`);
    if (entries.length === 0) return this.walk(node.otherwise, dot, variables, depth);
    const { variables: names } = node.pipe;
    for (const [key, element] of entries) {
      const scope = declare(variables, node.pipe, names.length === 1 ? [element] : [key, element]);
      if (this.walk(node.body, element, scope, depth) === 'break') break;
    }
    return undefined;
  }

  #pipe({ commands }: Pipe, dot: Value, variables: Variables): Value {
    let result: Value;
    for (const [i, command] of commands.entries()) result = this.#command(command, dot, variables, i > 0 ? [result] : []);
    return result;
  }

  #command([first, ...rest]: readonly Operand[], dot: Value, variables: Variables, piped: readonly Value[]): Value {
    if (!first) return undefined;
    if (first.is === 'function') {
      const call = functions[first.name]!;
      // What decides stops the rest from being looked at.
      if (first.name === 'and' || first.name === 'or') return this.#logic(first.name, rest, dot, variables, piped);
      const values = [...rest.map((operand) => this.#operand(operand, dot, variables)), ...piped];
      return this.#fields(this.#call(first.name, call, values), first.fields);
    }
    const value = this.#operand(first, dot, variables);
    if (rest.length + piped.length > 0) throw new ExecutionProblem(`can't give argument to non-function ${shown(first)}`);
    return value;
  }

  #logic(name: 'and' | 'or', operands: readonly Operand[], dot: Value, variables: Variables, piped: readonly Value[]): Value {
    let value: Value;
    for (const each of [...operands, ...piped.map((value) => ({ value }))]) {
      value = 'is' in each ? this.#operand(each, dot, variables) : each.value;
      if (isTrue(value) === (name === 'or')) return value;
    }
    return value;
  }

  #call(name: string, call: (...values: readonly Value[]) => Value, values: readonly Value[]): Value {
    try {
      return call(...values);
    } catch (problem) {
      if (problem instanceof CallProblem) throw new ExecutionProblem(`executing "output" at <${name}>: error calling ${name}: ${problem.message}`);
      throw problem;
    }
  }

  #operand(operand: Operand, dot: Value, variables: Variables): Value {
    switch (operand.is) {
      case 'dot':
        return this.#fields(dot, operand.fields);
      case 'variable':
        return this.#fields(variables.get(operand.name)?.value, operand.fields);
      case 'constant':
        return operand.value;
      case 'nil':
        return undefined;
      case 'pipe':
        return this.#fields(this.#pipe(operand.pipe, dot, variables), operand.fields);
      case 'function':
        return this.#command([operand], dot, variables, []);
    }
  }

  #fields(start: Value, names: readonly string[]): Value {
    let value = start;
    for (const [i, name] of names.entries()) {
      const at = `executing "output" at <.${names.slice(0, i + 1).join('.')}>`;
      // What is not there has no fields either; what is null cannot be asked.
      if (value === undefined && this.#options.allowMissing) return undefined;
      if (value === undefined) throw new ExecutionProblem(`${at}: nil data; no entry for key "${name}"`);
      if (value === null) throw new ExecutionProblem(`${at}: nil pointer evaluating interface {}.${name}`);
      if (typeof value !== 'object' || Array.isArray(value)) throw new ExecutionProblem(`${at}: can't evaluate field ${name} in type ${typeName(value)}`);
      const map = value as Readonly<Record<string, Value>>;
      if (!Object.hasOwn(map, name) && !this.#options.allowMissing) throw new ExecutionProblem(`${at}: map has no entry for key "${name}"`);
      value = Object.hasOwn(map, name) ? map[name] : undefined;
    }
    return value;
  }
}

function declare(scope: Variables, { variables, assigns }: Pipe, values: readonly Value[]): Variables {
  if (variables.length === 0) return scope;
  if (assigns) {
    for (const [i, name] of variables.entries()) scope.get(name)!.value = values[i];
    return scope;
  }
  const inner = new Map(scope);
  for (const [i, name] of variables.entries()) inner.set(name, { value: values[i] });
  return inner;
}

/** Keys in order; an integer counts up to itself. */
function entriesOf(value: Value): readonly (readonly [Value, Value])[] | undefined {
  if (value === null || value === undefined) return [];
  if (typeof value === 'bigint') return Array.from({ length: Number(value) }, (_, i) => [BigInt(i), BigInt(i)]);
  if (Array.isArray(value)) return value.map((element, i) => [BigInt(i), element as Value]);
  if (typeof value !== 'object') return undefined;
  return Object.keys(value)
    .sort()
    .map((key) => [key, (value as Readonly<Record<string, Value>>)[key]]);
}

/** Not false, 0, '' and nothing, and not empty. */
function isTrue(value: Value): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? Object.keys(value).length > 0 : !!value;
}

const shown = (operand: Operand) => (operand.is === 'dot' ? `.${operand.fields.join('.')}` : operand.is === 'variable' ? operand.name : operand.is);
