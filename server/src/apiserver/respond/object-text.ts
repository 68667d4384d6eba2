// The JSON text of an object that many watches are told of at the same time: written once for all of them.
import type { KubeObject } from '../../kube/object.ts';

/** As many changes as are usually told in one turn. */
const most = 64;
const texts = new Map<KubeObject, string>();

/** `shown`: the form in which it is told. Objects never change, so their text does not either. */
export function textOfObject(object: KubeObject, shown: (object: KubeObject) => KubeObject): string {
  let text = texts.get(object);
  if (text === undefined) {
    if (texts.size >= most) texts.clear();
    texts.set(object, (text = JSON.stringify(shown(object))));
  }
  return text;
}
