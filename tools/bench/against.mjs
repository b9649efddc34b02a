// The speed of this tree beside that of a commit. Both take turns, so that what else the machine does meets them alike: a ratio is of two
// measurements that follow each other.
import { writeFileSync } from 'node:fs';
import { browser, native, toydlPage } from '../../tests/bench/subjects.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { step } from '../lib/steps.mjs';
import { chromiumPath } from '../setup.mjs';
import { binaryOf, env } from './binary.mjs';
import { intervalOfMedian, median } from './median.mjs';

/** What a tree's ratio has to be. It may be, as far as the measurements tell, if its interval reaches this. */
const fastEnough = 0.98;

/** What is measured in each place, of this tree and of the commit, in this order. */
async function startSubjects(places, folders, { arithmetic }) {
  const subjects = {};
  if (places.native) {
    subjects.native = folders.map((folder) => native(binaryOf(folder), env(), { arithmetic }));
  }
  if (!places.chromium) return { subjects, close: () => {} };
  const chrome = await browser(chromiumPath(), { tree: folders[0], commit: folders[1] });
  subjects.Chromium = [];
  for (const side of ['tree', 'commit']) {
    subjects.Chromium.push(await toydlPage(chrome, { arithmetic }, { bench: `/${side}/tests/bench`, library: `/${side}/dist/package` }));
  }
  return { subjects, close: () => chrome.close() };
}

/** Gives each row `speeds`: [this tree's, the commit's] in samples per second, for each pair; or a `problem`. */
async function takeTurns(rows, { pairs, ms }) {
  // The first pair is not counted: compilers that work while the program runs need a while.
  for (let pair = 0; pair <= pairs; pair++) {
    for (const row of rows.filter(({ problem }) => !problem)) {
      const speeds = [];
      // In every other pair the commit goes first: who goes second may find another machine.
      for (const side of pair % 2 === 0 ? [0, 1] : [1, 0]) {
        try {
          speeds[side] = await row.sides[side].measure(row.workload, pair === 0 ? 4 * ms : ms);
        } catch (error) {
          row.problem = `${side === 0 ? 'this tree' : 'the commit'}: ${error.message.split('\n')[0]}`;
        }
      }
      if (pair > 0) row.speeds.push(speeds);
    }
    console.log(pair === 0 ? 'warm' : `pair ${pair} of ${pairs}`);
  }
}

function resultOf({ workload, place, speeds, problem }) {
  const about = { workload: workload.name, place };
  if (problem) return { ...about, problem };
  const ratios = speeds.map(([tree, commit]) => tree / commit);
  const [low, high] = intervalOfMedian(ratios);
  const samplesPerSecond = median(speeds.map(([tree]) => tree));
  return { ...about, ratio: median(ratios), low, high, isFastEnough: high >= fastEnough, samplesPerSecond, speeds };
}

function line({ place, problem, ratio, low, high, isFastEnough, samplesPerSecond }) {
  if (problem) return `  ${place.padEnd(10)} cannot. ${problem.slice(0, 120)}`;
  const speed = Math.round(samplesPerSecond).toLocaleString('en');
  return [
    `  ${place.padEnd(10)}`, `${speed.padStart(10)} /s`, `${ratio.toFixed(3).padStart(9)} ×  (${low.toFixed(3)} to ${high.toFixed(3)})`,
    `   at least ${fastEnough}: ${isFastEnough ? 'yes' : 'no'}`,
  ].join('');
}

/** @param places { native, chromium }: where to measure; both trees are built there */
export async function measureAgainst({ commit, folder, places, workloads, pairs, ms, arithmetic }) {
  const { subjects, close } = await step('Start everything that is measured', () => startSubjects(places, [root, folder], { arithmetic }));
  try {
    const rows = workloads.flatMap((workload) =>
      Object.entries(subjects).map(([place, sides]) => ({ workload, place, sides, speeds: [] })));
    await takeTurns(rows, { pairs, ms });
    const results = rows.map(resultOf);
    for (const { name, title } of workloads) {
      console.log(`\n${name}: ${title}`);
      for (const result of results.filter(({ workload }) => workload === name)) console.log(line(result));
    }
    console.log(`\nThis tree's speed, and how many times that of ${commit.slice(0, 7)} it is: the median of ${pairs} pairs, with the interval that`);
    console.log(`holds the true median with 95 % confidence. Arithmetic: ${arithmetic}; one thread.`);
    writeFileSync(inRoot('build/against.json'), JSON.stringify({ commit, arithmetic, pairs, ms, results }, null, 1));
    console.log('All numbers: build/against.json');
  } finally {
    await close();
  }
}
