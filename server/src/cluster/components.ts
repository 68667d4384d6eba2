// Everything that acts in the cluster, in the order in which it sees commits. A new controller is one line here.
import type { Component, Surroundings } from './runtime/component.ts';

const factories: readonly ((surroundings: Surroundings) => Component)[] = [];

export const components = (surroundings: Surroundings): readonly Component[] => factories.map((make) => make(surroundings));
