// The one way to ask the cluster for anything: kubectl, the language server, controllers' tests and the HTTP front all come through here.
// Invariant: handling a request never throws for a bad request; the answer is a Status.
import type { KubeObject } from '../../kube/object.ts';
import type { GroupResource } from '../../kube/resource.ts';
import type { Status } from '../../kube/status.ts';
import type { User } from '../authentication/user.ts';

export type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** By media type: json-patch, merge-patch, strategic-merge-patch, apply-patch. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface ApiRequest extends GroupResource {
  readonly verb: Verb;
  /** The version in the request's path; the preferred one when absent. */
  readonly version?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Parsed JSON. */
  readonly body?: unknown;
  /** Instead of `body`: the text as sent, where duplicate keys and syntax errors still show. */
  readonly text?: { readonly content: string; readonly format: 'json' | 'yaml' };
  readonly patchType?: PatchType;
  readonly options?: RequestOptions;
  /** Who asks, and whose rights count; the administrator when absent. */
  readonly user?: User;
}

/** The query parameters and the body of DeleteOptions, under their API names. */
export interface RequestOptions {
  readonly fieldManager?: string;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
  /** Of a list: as the objects were at exactly this version, which the log must still know. */
  readonly resourceVersion?: number;
  /** With the fields of components in metadata.managedFields. An object that is read alone always has them; in lists they cost some time each. */
  readonly componentFields?: boolean;
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

export interface KubeList {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number };
  readonly items: readonly KubeObject[];
}

export interface ApiResponse {
  readonly code: number;
  readonly body: KubeObject | KubeList | Status;
  /** The texts of Warning headers, in order. */
  readonly warnings: readonly string[];
}

/** Something that answers requests: the registry, or a client of one elsewhere. */
export type Api = (request: ApiRequest) => ApiResponse;
