// One run of the client: whom it talks to, in which namespace, and how answers become objects or problems.
import type { ApiRequest, KubeList, RequestOptions, Verb } from '../cluster/registry/request.ts';
import type { KubeObject } from '../kube/object.ts';
import { isStatus, type Status } from '../kube/status.ts';
import type { KindInfo } from '../schema/kinds.ts';
import type { KubectlEnvironment } from './environment.ts';
import { contextOf, readKubeconfig } from './kubeconfig.ts';
import { problem, refusal, type Problem } from './problem.ts';

/** The flags that every command has. */
export interface GlobalFlags {
  readonly namespace: string;
  readonly context: string;
}

export interface Query {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export class Session {
  readonly environment: KubectlEnvironment;
  /** Of the flag, else of the context. */
  readonly namespace: string;
  /** True when --namespace was given: objects may then not be in another one. */
  readonly namespaceGiven: boolean;
  /** The command line for --record: 'kubectl scale deploy web --replicas=3 --record=true'. */
  readonly commandLine: string;
  readonly #warned = new Set<string>();

  static open(environment: KubectlEnvironment, flags: GlobalFlags, commandLine: string): Session | Problem {
    const config = readKubeconfig(environment.kubeconfig.read());
    const context = contextOf(config, flags.context);
    if (flags.context !== '' && !context) return problem(`context "${flags.context}" does not exist`);
    return new Session(environment, flags.namespace || context?.namespace || 'default', flags.namespace !== '', commandLine);
  }

  private constructor(environment: KubectlEnvironment, namespace: string, namespaceGiven: boolean, commandLine: string) {
    this.environment = environment;
    this.namespace = namespace;
    this.namespaceGiven = namespaceGiven;
    this.commandLine = commandLine;
  }

  /** Prints to stdout. */
  print(text: string): void {
    this.environment.stdout(`${text}\n`);
  }

  /** Prints a warning to stderr, each text once. */
  warn(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.environment.stderr(`Warning: ${text}\n`);
  }

  get(kind: KindInfo, namespace: string | undefined, name: string): KubeObject | Problem {
    return this.#object('get', kind, namespace, { name });
  }

  /** `namespace` undefined: all namespaces. */
  list(kind: KindInfo, namespace: string | undefined, query: Query = {}): KubeList | Problem {
    return this.#ask({ ...address('list', kind, namespace), options: query }) as KubeList | Problem;
  }

  create(kind: KindInfo, namespace: string | undefined, body: unknown, options: RequestOptions): KubeObject | Problem {
    return this.#object('create', kind, namespace, { body, options });
  }

  patch(
    kind: KindInfo,
    namespace: string | undefined,
    name: string,
    patch: { readonly type: 'json' | 'merge' | 'strategic'; readonly body: unknown; readonly subresource?: string },
    options: RequestOptions,
  ): KubeObject | Problem {
    const { type: patchType, body, subresource } = patch;
    return this.#object('patch', kind, namespace, { name, patchType, body, options, ...(subresource !== undefined && { subresource }) });
  }

  update(kind: KindInfo, namespace: string | undefined, name: string, body: unknown, options: RequestOptions): KubeObject | Problem {
    return this.#object('update', kind, namespace, { name, body, options });
  }

  /** The object as it is after the call, or a Status of success when it is gone. */
  delete(kind: KindInfo, namespace: string | undefined, name: string, options: RequestOptions): KubeObject | Status | Problem {
    return this.#ask({ ...address('delete', kind, namespace), name, options }) as KubeObject | Status | Problem;
  }

  #object(verb: Verb, kind: KindInfo, namespace: string | undefined, rest: Partial<ApiRequest>): KubeObject | Problem {
    return this.#ask({ ...address(verb, kind, namespace), ...rest }) as KubeObject | Problem;
  }

  #ask(request: ApiRequest): KubeObject | KubeList | Status | Problem {
    const { body, warnings } = this.environment.api(request);
    for (const warning of warnings) this.warn(warning);
    return isStatus(body) && body.status === 'Failure' ? refusal(body) : body;
  }
}

function address(verb: Verb, kind: KindInfo, namespace: string | undefined): ApiRequest {
  const { group, resource, version, namespaced } = kind;
  return { verb, group, resource, version, ...(namespaced && namespace !== undefined && { namespace }) };
}
