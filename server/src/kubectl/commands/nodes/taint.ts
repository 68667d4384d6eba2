// kubectl taint: 'kubectl taint nodes node-1 team=blue:NoSchedule old:NoExecute-'.
import type { KubeObject } from '../../../kube/object.ts';
import { checkLabelValue, checkQualifiedName } from '../../../kube/names.ts';
import type { Node, Taint } from '../../../schema/generated/types.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, text } from '../../flags.ts';
import { twoWayPatch } from '../../patch/two-way-patch.ts';
import { isProblem, problem, together, usageProblem, type Problem } from '../../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../../results.ts';
import { resolve } from '../../targets.ts';

const flags = {
  selector: text('l'),
  all: flag(),
  overwrite: flag(),
  validate: text(undefined, 'strict', 'strict'),
  'field-manager': text(undefined, 'kubectl-taint'),
  ...resultFlags,
} as const;

export const taint = command(flags, (session, { flags, words }): Outcome => {
  const first = words.findIndex((word, i) => i > 0 && isTaint(word));
  const [resources, specs] = first < 0 ? [words, []] : [words.slice(0, first), words.slice(first)];
  const stray = specs.find((spec) => !isTaint(spec));
  if (stray !== undefined) return problem(`all resources must be specified before taint changes: ${stray}`);
  if (resources.length === 0) return problem('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (specs.length === 0) return problem('at least one taint update is required');
  const wanted = readTaints(specs);
  if (isProblem(wanted)) return wanted;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const resolved = resolve(resources, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const { kind, name, object } of resolved.found) {
    const changed =
      kind.kind === 'Node'
        ? retaint(object as Node, wanted, flags.overwrite)
        : problem(`invalid resource type ${kind.resource}, only node types are supported`);
    if (isProblem(changed)) {
      problems.push(changed);
      continue;
    }
    const patch = twoWayPatch(object, changed.node as KubeObject, kind.type);
    const patched =
      dryRun === 'client' || isProblem(patch)
        ? patch
        : session.patch(kind, undefined, name, { type: 'strategic', body: patch }, writeOptions(flags['field-manager'], dryRun));
    const failed = isProblem(patched)
      ? patched
      : printResult(session, kind, dryRun === 'client' ? changed.node : (patched as KubeObject), changed.operation, { ...flags, 'dry-run': 'none' });
    if (failed) problems.push(failed);
  }
  return together(problems);
});

const isTaint = (word: string) => /[=:]/.test(word) || word.endsWith('-');

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface Wanted {
  readonly add: readonly Taint[];
  /** Without an effect: all taints of the key. */
  readonly remove: readonly { readonly key: string; readonly effect: string }[];
}

function readTaints(specs: readonly string[]): Wanted | Problem {
  const add: Taint[] = [];
  const remove: { key: string; effect: string }[] = [];
  for (const spec of specs) {
    const removal = spec.endsWith('-');
    const parsed = readTaint(removal ? spec.slice(0, -1) : spec);
    if (isProblem(parsed)) return parsed;
    if (removal) remove.push(parsed);
    else if (parsed.effect === '') return problem(`invalid taint spec: ${spec}`);
    else if (add.some(({ key, effect }) => key === parsed.key && effect === parsed.effect))
      return problem(`duplicated taints with the same key and effect: ${taintText(parsed)}`);
    else add.push(parsed);
  }
  const both = add.find(({ key, effect }) => remove.some((gone) => gone.key === key && gone.effect === effect));
  return both ? problem(`can not both modify and remove the following taint(s) in the same command: ${taintText(both)}`) : { add, remove };
}

function readTaint(spec: string): (Taint & { effect: string }) | Problem {
  const [pair = '', effect = '', ...more] = spec.split(':');
  const [key = '', value, ...rest] = pair.split('=');
  if (more.length > 0 || rest.length > 0) return problem(`invalid taint spec: ${spec}`);
  if (effect !== '' && !effects.includes(effect)) return usageProblem(`invalid taint effect: ${effect}, unsupported taint effect`, 'taint');
  const wrong = checkQualifiedName(key);
  if (wrong.length > 0) return problem(`invalid taint spec: ${spec}, ${wrong.join('; ')}`);
  const bad = value === undefined ? [] : checkLabelValue(value);
  if (bad.length > 0) return problem(`invalid taint spec: ${spec}, ${bad.join('; ')}`);
  return { key, effect: effect as Taint['effect'], ...(value && { value }) };
}

const taintText = ({ key, value, effect }: Taint) => `${key}${value ? `=${value}` : ''}:${effect}`;

function retaint(node: Node, { add, remove }: Wanted, overwrite: boolean): { node: Node; operation: string } | Problem {
  const before = node.spec?.taints ?? [];
  if (!overwrite) {
    const taken = add.filter((taint) => before.some((old) => same(old, taint)));
    if (taken.length > 0)
      return problem(
        `node ${node.metadata.name} already has ${[...new Set(taken.map(({ key }) => key))].join(',')} taint(s) with same effect(s) and --overwrite is false`,
      );
  }
  const goes = (old: Taint) => remove.some(({ key, effect }) => old.key === key && (effect === '' || old.effect === effect));
  const missing = remove.filter(({ key, effect }) => !before.some((old) => old.key === key && (effect === '' || old.effect === effect)));
  if (missing.length > 0) return problem(missing.map(({ key, effect }) => `taint "${key}${effect === '' ? '' : `:${effect}`}" not found`).join('\n'));
  const kept = before.filter((old) => !goes(old) && !add.some((taint) => same(old, taint)));
  const taints = [...add, ...kept];
  const operation = add.length === 0 ? 'untainted' : remove.length > 0 || add.some((taint) => before.some((old) => same(old, taint))) ? 'modified' : 'tainted';
  const { taints: _, ...spec } = node.spec ?? {};
  return { node: { ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } } as Node, operation };
}

const same = (a: { readonly key: string; readonly effect: string }, b: { readonly key: string; readonly effect: string }) =>
  a.key === b.key && a.effect === b.effect;
