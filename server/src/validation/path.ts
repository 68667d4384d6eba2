// Where in an object a finding is: a chain that becomes text only when something is wrong.
// `root('spec').child('containers').index(0).child('image')` → 'spec.containers[0].image'.

export class Path {
  private readonly parent: Path | undefined;
  private readonly part: string;

  constructor(parent: Path | undefined, part: string) {
    this.parent = parent;
    this.part = part;
  }

  child(name: string): Path {
    return new Path(this, `.${name}`);
  }

  index(position: number): Path {
    return new Path(this, `[${position}]`);
  }

  key(key: string): Path {
    return new Path(this, `[${key}]`);
  }

  toString(): string {
    return this.parent ? this.parent.toString() + this.part : this.part;
  }
}

/** `root('spec', 'template')` → 'spec.template'. */
export function root(first: string, ...rest: readonly string[]): Path {
  return rest.reduce((path, name) => path.child(name), new Path(undefined, first));
}
