import { count, exactPercent, short } from '../format.js';
import { words } from '../words/index.js';
import type { Goal } from './goal.js';

/** A goal as a phrase: `95% of the test samples right, within 5 epochs`. */
export function goalInWords(goal: Goal): string {
  const { within } = goal;
  const { limits, inTime } = words().lesson;
  const aim = aimInWords(goal);
  if (!within) return aim;
  return inTime(aim, 'epochs' in within ? limits.epochs(within.epochs, count(within.epochs)) : limits.steps(within.steps, count(within.steps)));
}

function aimInWords(goal: Goal): string {
  const { aims } = words().lesson;
  if ('accuracy' in goal) return aims.accuracy(exactPercent(goal.accuracy));
  if ('loss' in goal) return aims.loss(short(goal.loss));
  if ('epochs' in goal) return aims.epochs(goal.epochs, count(goal.epochs));
  if ('steps' in goal) return aims.steps(goal.steps, count(goal.steps));
  return 'diverge' in goal ? aims.diverge : aims.guess;
}
