// /version, /healthz, /livez, /readyz.
import { kubernetesVersion } from '../schema/kinds.ts';
import { json, pageNotFound, text, type Answer } from './answer.ts';

const [major, minor] = kubernetesVersion.split('.');

export const answerVersion = (): Answer =>
  json(200, {
    major,
    minor,
    gitVersion: `v${kubernetesVersion}`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'gc',
    platform: 'linux/amd64',
  });

/** Whether there is a check of that name is not told apart from whether there is such a page. */
export function answerHealth([root, check]: readonly string[], query: URLSearchParams): Answer {
  if (check !== undefined && check !== 'ping' && check !== 'etcd') return pageNotFound();
  return text(200, check === undefined && query.has('verbose') ? `[+]ping ok\n[+]etcd ok\n${root} check passed\n` : 'ok');
}
