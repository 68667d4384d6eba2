// kubectl create ingress: 'kubectl create ingress web --rule="a.example.com/x*=web:80,tls=cert"'.
import { command, type Outcome } from '../../command.ts';
import { list, text } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { createMade, makeFlags, oneName } from './made.ts';

const flags = { rule: list(undefined, false), 'default-backend': text(), class: text(), annotation: list(undefined, false), ...makeFlags } as const;

const rulePattern = /^(?<host>[\w*.-]*)(?<path>\/.*)=(?<service>[\w-]+):(?<port>[\w-]+)(,(?<tls>tls)=?(?<secret>[\w-]+)?)?$/;
const backendPattern = /^(?<service>[\w-]+):(?<port>[\w-]+)$/;

export const createIngress = command(flags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create ingress');
  if (isProblem(name)) return name;
  const { rule: rules, 'default-backend': fallback } = flags;
  if (fallback === '' && rules.length === 0)
    return problem(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  const bad = rules.find((rule) => !rulePattern.test(rule));
  if (bad !== undefined) return problem(`rule ${bad} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const annotations = annotationsOf(flags.annotation);
  if (isProblem(annotations)) return annotations;
  if (fallback !== '' && !backendPattern.test(fallback)) return problem('default-backend should be in format servicename:serviceport');
  const tls = tlsOf(rules);
  const made = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      ...(flags.class !== '' && { ingressClassName: flags.class }),
      ...(fallback !== '' && { defaultBackend: backend(backendPattern.exec(fallback)!.groups!) }),
      ...(rules.length > 0 && { rules: rulesOf(rules) }),
      ...(tls.length > 0 && { tls }),
    },
    status: { loadBalancer: {} },
  };
  return createMade(made, flags, session, { failed: 'failed to create ingress: ' });
});

function annotationsOf(pairs: readonly string[]): Readonly<Record<string, string>> | Problem {
  const annotations: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) return problem(`annotation ${pair} is invalid and should be in format key=[value]`);
    annotations[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return annotations;
}

const backend = ({ service, port }: Readonly<Record<string, string>>) => ({
  service: { name: service, port: /^\d+$/.test(port!) ? { number: Number(port) } : { name: port } },
});

/** Rules of the same host stand together; a path that ends with '*' is a prefix. */
function rulesOf(rules: readonly string[]): readonly object[] {
  const byHost = new Map<string, object[]>();
  for (const rule of rules) {
    const groups = rulePattern.exec(rule)!.groups!;
    const paths = byHost.get(groups['host']!) ?? [];
    byHost.set(groups['host']!, paths);
    const prefix = groups['path']!.endsWith('*');
    paths.push({ path: prefix ? groups['path']!.slice(0, -1) : groups['path'], pathType: prefix ? 'Prefix' : 'Exact', backend: backend(groups) });
  }
  return [...byHost].map(([host, paths]) => ({ ...(host !== '' && { host }), http: { paths } }));
}

/** Hosts of the same secret stand together; each host counts once. */
function tlsOf(rules: readonly string[]): readonly object[] {
  const seen = new Set<string>();
  const found: { hosts?: string[]; secretName?: string }[] = [];
  for (const rule of rules) {
    const { host = '', tls, secret } = rulePattern.exec(rule)!.groups!;
    if (tls === undefined || seen.has(host)) continue;
    seen.add(host);
    const same = found.find(({ secretName }) => secretName === secret);
    if (same) same.hosts = [...(same.hosts ?? []), host];
    else if (host !== '' || secret !== undefined) found.push({ ...(host !== '' && { hosts: [host] }), ...(secret !== undefined && { secretName: secret }) });
  }
  return found;
}
