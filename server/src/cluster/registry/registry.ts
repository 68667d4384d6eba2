// The one place where the cluster is read and written by rules: requests come through `handle`, components through a `writer`.
// Invariant: nothing here throws for bad input; every refusal is a Status. Absent on purpose: HTTP.
import type { Component } from '../runtime/component.ts';
import type { Writer } from '../runtime/writer.ts';
import { readToken } from '../authentication/account-token.ts';
import type { User } from '../authentication/user.ts';
import { attributesOf } from '../authorization/attributes.ts';
import { refuse } from '../authorization/authorize.ts';
import type { KubeObject } from '../../kube/object.ts';
import { isStatus } from '../../kube/status.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { deprecationOf } from '../../validation/warnings/deprecated.ts';
import { methodNotAllowed, noSuchResource, notFound } from './answers.ts';
import { RegistryContext, type ContextParts } from './context.ts';
import { refuseCustom } from './custom/admit-request.ts';
import { EventRecorder } from './events/recorder.ts';
import { PodTemplates } from './pod-templates.ts';
import type { ApiRequest, ApiResponse, KubeList, Verb } from './request.ts';
import { reviewOf } from './reviews/index.ts';
import { strategyOfRequest, strategyOfResource } from './resources.ts';
import { subresourceOf } from './subresources/index.ts';
import { handleCreate } from './verbs/create.ts';
import { handleDelete, handleDeleteCollection } from './verbs/delete.ts';
import { handleGet } from './verbs/get.ts';
import type { Answer, VerbHandler } from './verbs/handler.ts';
import { handleList } from './verbs/list.ts';
import { checkOptions } from './verbs/options.ts';
import { handlePatch } from './verbs/patch.ts';
import { handleUpdate } from './verbs/update.ts';
import { ComponentWriter, type WriterParts } from './writer.ts';

const handlers: Readonly<Record<Verb, VerbHandler>> = {
  get: handleGet,
  list: handleList,
  create: handleCreate,
  update: handleUpdate,
  patch: handlePatch,
  delete: handleDelete,
  deletecollection: handleDeleteCollection,
};

export class Registry {
  readonly #context: RegistryContext;
  readonly #writerParts: WriterParts;
  /** What the registry itself does in the course of time. */
  readonly components: readonly Component[];

  constructor(parts: ContextParts) {
    const context = new RegistryContext(parts);
    this.#context = context;
    const recorder = new EventRecorder(context);
    this.components = [recorder];
    this.#writerParts = { context, podTemplates: new PodTemplates(context, strategyOfResource('pods')), recorder };
  }

  handle(request: ApiRequest): ApiResponse {
    const warnings: string[] = [];
    const answer = this.#answer(request, warnings);
    if (isStatus(answer)) return { code: answer.code, body: answer, warnings };
    const { body } = answer;
    return { code: answer.code, body: request.options?.componentFields ? this.#complete(body) : body, warnings };
  }

  /** An object with the fields of components in its metadata.managedFields. */
  withComponentFields<T extends KubeObject>(object: T): T {
    return this.#context.componentFields.complete(object);
  }

  #complete(body: KubeObject | KubeList): KubeObject | KubeList {
    if (!('items' in body)) return this.withComponentFields(body);
    return { ...body, items: body.items.map((item) => this.withComponentFields(item)) };
  }

  /** Whose token it is; undefined when it is none, or does not count any more. */
  userOfToken(token: string): User | undefined {
    const { store, agenda, tokenKey } = this.#context;
    const read = readToken(store, token, agenda.now, tokenKey);
    return 'user' in read ? read.user : undefined;
  }

  writer(by: string): Writer {
    this.#context.componentFields.addComponent(by);
    return new ComponentWriter(by, this.#writerParts);
  }

  #answer(request: ApiRequest, warnings: string[]): Answer {
    const forbidden = request.user && refuse(this.#context.store, request.user, attributesOf(request));
    if (forbidden) return forbidden;
    const strategy = strategyOfRequest(request, this.#context.catalog);
    if (!strategy) return noSuchResource();
    if (request.subresource === undefined && !strategy.info.verbs.includes(request.verb)) return methodNotAllowed();
    // Kinds on their way out have no subresources, so that a request for one is not about them.
    if (request.subresource === undefined) warnings.push(...deprecationOf(strategy.info));
    const refused = refuseCustom(strategy.info, request, warnings) ?? checkOptions(request);
    if (refused) return refused;
    if (request.subresource !== undefined) {
      if (lacksPart(strategy.info, request.subresource)) return notFound(strategy.info, request.name ?? '');
      const handle = subresourceOf(strategy.info, request.subresource, request.verb);
      return typeof handle === 'function' ? handle(this.#context, strategy, request, warnings) : handle;
    }
    const review = reviewOf(strategy.resource);
    if (review) return review(this.#context, strategy, request, warnings);
    return handlers[request.verb](this.#context, strategy, request, warnings);
  }
}

/** Of a custom object that has no such part it is the object that is not found. */
const lacksPart = ({ custom, subresources }: KindInfo, name: string): boolean => custom !== undefined && !subresources.some((part) => part.name === name);
