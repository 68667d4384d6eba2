// kubectl plugin list: plugins are programs on a PATH, and here is none.
import { command } from '../command.ts';
import { flag } from '../flags.ts';
import { problem } from '../problem.ts';

export const pluginList = command({ 'name-only': flag() }, () => problem('unable to find any kubectl plugins in your PATH'));
