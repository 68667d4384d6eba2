// How a watch writes its objects and its bookmarks, in the form that the client asked for.
import type { KubeObject } from '../../kube/object.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import { fieldsOf } from '../../schema/fields.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { zeroStruct } from '../../schema/zero.ts';
import { showsMetadata, tableOptionsOf, type Form } from '../respond/body.ts';
import { textOfObject } from '../respond/object-text.ts';
import { partialOf } from '../respond/partial.ts';
import { tableOf } from '../respond/table.ts';
import type { WatchOptions } from '../watch/watch.ts';
import type { Server } from './resource.ts';

export function codersOf(server: Server, form: Form): Pick<WatchOptions, 'encode' | 'encodeBookmark'> | Status {
  const { as, version = 'v1' } = form.wanted;
  const mark = (resourceVersion: string, annotations?: Readonly<Record<string, string>>) => ({
    ...emptyObject(form.kind),
    kind: form.kind.kind,
    apiVersion: form.kind.apiVersion,
    metadata: { resourceVersion, ...(annotations && { annotations }) },
  });
  if (as === undefined) return { encode: (object) => textOfObject(object, server.withComponentFields), encodeBookmark: (...of) => JSON.stringify(mark(...of)) };
  if (as !== 'Table') {
    const encode = (object: Pick<KubeObject, 'metadata'>) => JSON.stringify(partialOf(object, version));
    return {
      encode: (object) => encode(server.withComponentFields(object)),
      encodeBookmark: (...of) => encode(mark(...of) as unknown as KubeObject),
    };
  }
  const options = tableOptionsOf(form);
  if (isStatus(options)) return options;
  let isFirst = true;
  const encode = (object: KubeObject) => {
    // The columns are told once.
    const table = tableOf([object], { resourceVersion: object.metadata.resourceVersion }, { ...options, now: server.now() }, isFirst);
    isFirst = false;
    return JSON.stringify(table);
  };
  return {
    encode: (object) => encode(showsMetadata(form) ? server.withComponentFields(object) : object),
    encodeBookmark: (...of) => encode(printable(mark(...of), form.kind.type) as KubeObject),
  };
}

/** As Go's printers see it: they walk through a list that is nil, and anything else that is nil is not there. */
function printable(object: object, type: string): object {
  const fields = fieldsOf(type);
  const parts = Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    const { is, ...of } = fields.get(name)?.type ?? { is: 'any' };
    if (value === null) return is === 'list' ? [[name, []]] : [];
    return [[name, is === 'object' && 'type' in of ? printable(value as object, of.type) : value]];
  });
  return Object.fromEntries(parts) as object;
}

/** A bookmark is an object of its kind in which nothing is set. Some kinds count replicas inside the server, where nothing is 0. */
function emptyObject({ custom, kind, type }: KindInfo): object {
  if (custom) return {};
  const { spec, ...rest } = zeroStruct(type) as { readonly spec?: object };
  return countedInside.has(kind) ? { ...rest, spec: { replicas: 0, ...spec } } : zeroStruct(type);
}

const countedInside = new Set(['Deployment', 'ReplicaSet', 'StatefulSet']);
