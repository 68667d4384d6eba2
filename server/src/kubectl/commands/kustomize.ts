// kubectl kustomize: what a kustomization builds, as YAML.
import { command, type Outcome } from '../command.ts';
import { text } from '../flags.ts';
import { build } from '../kustomize/build.ts';
import { inOrder } from '../kustomize/order.ts';
import { toYaml } from '../output/yaml.ts';
import { isProblem, problem } from '../problem.ts';

export const kustomize = command({ output: text('o') }, (session, { words }): Outcome => {
  if (words.length > 1) return problem('specify one path to a kustomization directory');
  const built = build(words[0] ?? '.', session.environment.files);
  if (isProblem(built)) return built;
  session.environment.stdout(inOrder(built).map(toYaml).join('---\n'));
  return undefined;
});
