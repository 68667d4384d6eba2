// kubectl options: the flags that every command has.
import { command } from '../command.ts';
import { flagLines } from '../flag-lines.ts';
import { globalFlags } from '../global-flags.ts';

export const options = command({}, ({ environment }) => {
  environment.stdout(`The following options can be passed to any command:\n\n${flagLines(globalFlags).join('\n')}\n`);
  return undefined;
});
