// One run of the client: whom it talks to, in which namespace, and how answers become objects or problems.
import type { User } from '../cluster/authentication/user.ts';
import { actingAs } from '../cluster/authorization/impersonation.ts';
import type { Api, ApiRequest, KubeList, PatchType, RequestOptions, Verb } from '../cluster/registry/request.ts';
import type { KubeObject } from '../kube/object.ts';
import { isStatus, type Status } from '../kube/status.ts';
import { catalogOf, type Catalog } from '../schema/custom/catalog.ts';
import type { CustomResourceDefinition } from '../schema/generated/types.ts';
import { kindOf, type KindInfo } from '../schema/kinds.ts';
import type { KubectlEnvironment } from './environment.ts';
import { contextOf, readKubeconfig } from './kubeconfig.ts';
import { problem, refusal, type Problem } from './problem.ts';

/** The flags that every command has. */
export interface GlobalFlags {
  readonly namespace: string;
  readonly context: string;
  readonly as: string;
  readonly 'as-group': readonly string[];
  readonly 'as-uid': string;
}

export interface Query {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What was discovered of each cluster, by the names of the definitions. */
const discovered = new WeakMap<Api, Map<string, CustomResourceDefinition>>();

export class Session {
  readonly environment: KubectlEnvironment;
  /** Of the flag, else of the context. */
  readonly namespace: string;
  /** True when --namespace was given: objects may then not be in another one. */
  readonly namespaceGiven: boolean;
  /** The command line for --record: 'kubectl scale deploy web --replicas=3 --record=true'. */
  readonly commandLine: string;
  /** Whom the requests count for, with --as. */
  readonly user: User | undefined;
  readonly #warned = new Set<string>();
  #documents = 0;
  #catalog: Catalog | undefined;

  static open(environment: KubectlEnvironment, flags: GlobalFlags, commandLine: string): Session | Problem {
    const config = readKubeconfig(environment.kubeconfig.read());
    const context = contextOf(config, flags.context);
    if (flags.context !== '' && !context) return problem(`context "${flags.context}" does not exist`);
    return new Session(environment, flags, flags.namespace || context?.namespace || 'default', commandLine);
  }

  private constructor(environment: KubectlEnvironment, flags: GlobalFlags, namespace: string, commandLine: string) {
    this.user = impersonated(flags);
    this.environment = this.user && environment.as ? { ...environment, ...environment.as(this.user) } : environment;
    this.namespace = namespace;
    this.namespaceGiven = flags.namespace !== '';
    this.commandLine = commandLine;
  }

  /** The kinds by which objects can be named, asked for once a run. As the real client keeps what it discovered, a kind that is gone is still known here. */
  get catalog(): Catalog {
    return (this.#catalog ??= this.#discover());
  }

  /** The kinds that the cluster serves at this moment. */
  get served(): Catalog {
    return catalogOf(this.#definitions());
  }

  #discover(): Catalog {
    const { api } = this.environment;
    const known = discovered.get(api) ?? new Map<string, CustomResourceDefinition>();
    for (const definition of this.#definitions()) known.set(definition.metadata.name, definition);
    discovered.set(api, known);
    return catalogOf(known.values());
  }

  #definitions(): readonly CustomResourceDefinition[] {
    const definitions = kindOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition')!;
    const { body } = this.environment.api(address('list', definitions, undefined));
    return 'items' in body ? (body.items as readonly CustomResourceDefinition[]) : [];
  }

  /** How many objects this run has printed whole, with this one. */
  countDocument(): number {
    return ++this.#documents;
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
    patch: Pick<ApiRequest, 'body' | 'text' | 'subresource'> & { readonly type: PatchType },
    options: RequestOptions,
  ): KubeObject | Problem {
    const { type: patchType, ...sent } = patch;
    return this.#object('patch', kind, namespace, { name, patchType, ...sent, options });
  }

  /** What `pods/NAME/eviction` and its like answer. */
  createSubresource(
    kind: KindInfo,
    namespace: string | undefined,
    name: string,
    subresource: string,
    body: unknown,
    options: RequestOptions = {},
  ): KubeObject | Status | Problem {
    return this.#ask({ ...address('create', kind, namespace), name, subresource, body, options }) as KubeObject | Status | Problem;
  }

  update(kind: KindInfo, namespace: string | undefined, name: string, body: unknown, options: RequestOptions, subresource = ''): KubeObject | Problem {
    return this.#object('update', kind, namespace, { name, body, options, ...(subresource !== '' && { subresource }) });
  }

  /** The object as it is after the call, or a Status of success when it is gone. */
  delete(kind: KindInfo, namespace: string | undefined, name: string, options: RequestOptions): KubeObject | Status | Problem {
    return this.#ask({ ...address('delete', kind, namespace), name, options }) as KubeObject | Status | Problem;
  }

  /** A request as it is. */
  send(request: ApiRequest): KubeObject | KubeList | Status | Problem {
    return this.#ask(request);
  }

  #object(verb: Verb, kind: KindInfo, namespace: string | undefined, rest: Partial<ApiRequest>): KubeObject | Problem {
    return this.#ask({ ...address(verb, kind, namespace), ...rest }) as KubeObject | Problem;
  }

  #ask(request: ApiRequest): KubeObject | KubeList | Status | Problem {
    const { body, warnings } = this.environment.api(this.user ? { ...request, user: this.user } : request);
    for (const warning of warnings) this.warn(warning);
    return isStatus(body) && body.status === 'Failure' ? refusal(told(body, request)) : body;
  }
}

function address(verb: Verb, kind: KindInfo, namespace: string | undefined): ApiRequest {
  const { group, resource, version, namespaced } = kind;
  return { verb, group, resource, version, ...(namespaced && namespace !== undefined && { namespace }) };
}

/** --as: whose rights count. */
function impersonated({ as: name, 'as-group': groups, 'as-uid': uid }: GlobalFlags): User | undefined {
  return name === '' ? undefined : actingAs({ name, groups, ...(uid !== '' && { uid }) });
}

/** What the server does not know by its path is told with what was asked: '… (get ships.sea.example.com otto)'. */
function told(status: Status, { verb, group, resource, name }: ApiRequest): Status {
  if (status.message !== 'the server could not find the requested resource') return status;
  const method = ({ list: 'get', create: 'post', update: 'put', deletecollection: 'delete' } as Readonly<Record<string, string>>)[verb] ?? verb;
  return { ...status, message: `${status.message} (${method} ${resource}${group && `.${group}`}${name ? ` ${name}` : ''})` };
}
