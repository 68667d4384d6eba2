// kubectl version: client and cluster are of one version here.
import { command, type Outcome } from '../command.ts';
import { flag, text } from '../flags.ts';
import { toYaml } from '../output/yaml.ts';
import { problem } from '../problem.ts';
import { kubernetesVersion } from '../../schema/kinds.ts';

const kustomizeVersion = 'v5.8.1';

/** Of the real client of this version. */
const buildFacts = {
  gitCommit: '0f29094e5b73085e3802ecc1298ecae13866bfe6',
  gitTreeState: 'clean',
  buildDate: '2026-07-22T18:10:35Z',
  goVersion: 'go1.26.5',
  compiler: 'gc',
  platform: 'linux/amd64',
};

export const version = command({ client: flag(), output: text('o') }, (session, { flags }): Outcome => {
  const [major, minor] = kubernetesVersion.split('.');
  const info = { major, minor, gitVersion: `v${kubernetesVersion}`, ...buildFacts };
  const versions = { clientVersion: info, kustomizeVersion, ...(!flags.client && { serverVersion: info }) };
  if (flags.output === 'json') session.print(JSON.stringify(versions, undefined, 2));
  else if (flags.output === 'yaml') session.environment.stdout(toYaml(versions));
  else if (flags.output !== '') return problem("--output must be 'yaml' or 'json'");
  else {
    session.print(`Client Version: ${info.gitVersion}\nKustomize Version: ${kustomizeVersion}`);
    if (!flags.client) session.print(`Server Version: ${info.gitVersion}`);
  }
  return undefined;
});
