// What people do, one window each. A scenario is a function in a file of its own and a line here.
import { activation } from './activation.mjs';
import { firstMinute } from './first-minute.mjs';
import { japanese } from './japanese.mjs';
import { keyboard } from './keyboard.mjs';
import { manyPods } from './many-pods.mjs';
import { otherKinds } from './other-kinds.mjs';
import { restricted } from './restricted.mjs';
import { stalled } from './stalled.mjs';
import { themes } from './themes.mjs';

export const scenarios = { firstMinute, stalled, themes, keyboard, japanese, restricted, otherKinds, manyPods, activation };
