// kubectl create service clusterip, nodeport, loadbalancer and externalname.
import { checkDns1123Subdomain } from '../../../kube/names.ts';
import { command, type Command, type Outcome } from '../../command.ts';
import { list, number, text } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { createMade, makeFlags, oneName } from './made.ts';

const flags = { tcp: list(), clusterip: text(), 'node-port': number(0), 'external-name': text(), ...makeFlags } as const;

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

export const createServiceClusterIp = serviceCommand('ClusterIP', ['clusterip']);
export const createServiceNodePort = serviceCommand('NodePort', ['node-port']);
export const createServiceLoadBalancer = serviceCommand('LoadBalancer', []);
export const createServiceExternalName = serviceCommand('ExternalName', ['external-name']);

/** `own`: the flags that only this type has. */
function serviceCommand(type: ServiceType, own: readonly (keyof typeof flags)[]): Command {
  const others = ['clusterip', 'node-port', 'external-name'].filter((name) => !own.some((mine) => mine === name));
  const known = Object.fromEntries(Object.entries(flags).filter(([name]) => !others.includes(name))) as typeof flags;
  return command(known, (session, { flags, given, words }): Outcome => {
    const { clusterip = '', 'node-port': nodePort = 0, 'external-name': externalName = '' } = flags as Partial<typeof flags>;
    if (type === 'ExternalName' && !given.has('external-name')) return problem('required flag(s) "external-name" not set');
    const name = oneName(words, `create service ${type.toLowerCase()}`);
    if (isProblem(name)) return name;
    if (clusterip !== 'None' && flags.tcp.length === 0 && type !== 'ExternalName') return problem('at least one tcp port specifier must be provided');
    if (type === 'ExternalName' && checkDns1123Subdomain(externalName).length > 0) return problem(`invalid service external name ${externalName}`);
    const ports = flags.tcp.map((port) => portOf(port, nodePort));
    const wrong = ports.find(isProblem);
    if (wrong) return wrong;
    const made = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels: { app: name } },
      spec: {
        type,
        selector: { app: name },
        ...(ports.length > 0 && { ports }),
        ...(externalName !== '' && { externalName }),
        ...(clusterip !== '' && { clusterIP: clusterip }),
      },
      status: { loadBalancer: {} },
    };
    return createMade(made, flags, session, { failed: `failed to create ${type} service: ` });
  });
}

/** '80:8080', '80:http' or '80'. */
function portOf(spec: string, nodePort: number): object | Problem {
  const [first = '', second = first, ...more] = spec.split(':');
  const port = portNumber(first);
  if (isProblem(port) || more.length > 0) return isProblem(port) ? port : problem(`too many ports in ${spec}`);
  const target = /^-?\d+$/.test(second) ? portNumber(second) : second;
  if (isProblem(target)) return target;
  return { name: spec.replaceAll(':', '-'), port, targetPort: target, protocol: 'TCP', ...(nodePort !== 0 && { nodePort }) };
}

function portNumber(text: string): number | Problem {
  if (!/^[-+]?\d+$/.test(text)) return problem(`strconv.Atoi: parsing "${text}": invalid syntax`);
  const port = Number(text);
  return port >= 0 && port <= 65_535 ? port : problem(`must be between 1 and 65535, inclusive`);
}
