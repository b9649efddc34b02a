// `npm run bench`: how fast training and prediction are, natively, in Node and in Chromium, beside TensorFlow.js and Eigen.
//
//     npm run bench                        everything, some minutes
//     npm run bench -- W1 lstm             some workloads of tests/bench/workloads.json
//     npm run bench -- --profile           where a step's time goes, natively, by layer and phase
//     npm run bench -- --page              how smooth the page is while it trains, how soon it reacts, and what it costs
//     npm run bench -- --against HEAD~1    this tree beside a commit; --native or --chromium there alone, --arithmetic fma
//     --rounds 9, --pairs 21, --ms 500     how often (pairs: with a commit), and how long each time
import { parseArgs } from 'node:util';
import { workloads } from '../tests/bench/workloads.mjs';
import { root } from './lib/paths.mjs';
import { program } from './lib/program.mjs';
import { runShown } from './lib/run.mjs';
import { check } from './lib/steps.mjs';
import { binaryOf, env } from './bench/binary.mjs';
import { buildCommit, commitOf } from './bench/commit.mjs';
import { buildEngine, buildNative, buildPackage, buildPage } from './build.mjs';
import { packageFolder } from './build/package.mjs';
import { pageFolder } from './build/page.mjs';
import { chromiumPath, setup } from './setup.mjs';

function options(words) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      profile: { type: 'boolean' }, page: { type: 'boolean' }, against: { type: 'string' }, native: { type: 'boolean' }, chromium: { type: 'boolean' },
      arithmetic: { type: 'string', default: 'strict' },
      rounds: { type: 'string', default: '5' }, pairs: { type: 'string', default: '15' }, ms: { type: 'string', default: '400' },
    },
  });
  const { arithmetic } = values;
  if (!['strict', 'fma'].includes(arithmetic)) throw new Error(`--arithmetic is strict or fma, not ${arithmetic}.`);
  const pairs = Number(values.pairs);
  if (!Number.isInteger(pairs) || pairs < 15 || pairs > 1000) throw new Error(`--pairs is a whole number from 15 to 1000, not ${values.pairs}.`);
  const unknown = positionals.find((name) => !workloads[name]);
  if (unknown) throw new Error(`There is no workload ${unknown}; there are ${Object.keys(workloads).join(', ')}.`);
  const chosen = positionals.map((name) => workloads[name]);
  return { ...values, rounds: Number(values.rounds), pairs, ms: Number(values.ms), chosen };
}

/** The workloads that train. */
const trained = Object.values(workloads).filter(({ optimizer }) => optimizer);

/** Where the time of a step goes. */
async function profile({ chosen }) {
  await setup({ native: true });
  await buildNative('fast', 'toydl_bench');
  for (const workload of chosen.length > 0 ? chosen.filter(({ optimizer }) => optimizer) : trained) {
    for (const arithmetic of ['strict', 'fma']) {
      console.log(`\n${workload.name}, ${arithmetic}, natively, for each step:`);
      await runShown(binaryOf(root), ['profile', JSON.stringify(workload), arithmetic, '1', '2000'], { env: env() });
    }
  }
}

/** The page itself, while it trains. */
async function page({ rounds }) {
  await setup({ browser: true });
  await buildEngine();
  await buildPackage();
  await buildPage();
  const { benchPage } = await import('../tests/bench/page.mjs');
  await benchPage({ executablePath: chromiumPath(), page: pageFolder(), packageFolder: packageFolder(), seconds: 60, rounds });
}

async function build({ native, chromium }) {
  await setup({ native, browser: chromium });
  if (native) await buildNative('fast', 'toydl_bench');
  if (!chromium) return;
  await buildEngine();
  await buildPackage();
}

/** This tree beside a commit. */
async function against({ against: name, native, chromium, chosen, ...rest }) {
  const commit = await check('Look for the commit', () => commitOf(name));
  const places = native || chromium ? { native, chromium } : { native: true, chromium: true };
  await build(places);
  const folder = await buildCommit(commit, places);
  // What is imported from npm is there now.
  const { measureAgainst } = await import('./bench/against.mjs');
  await measureAgainst({ ...rest, commit, folder, places, workloads: chosen.length > 0 ? chosen : trained });
}

/** This tree beside others. */
async function beside({ chosen, ...rest }) {
  await build({ native: true, chromium: true });
  const { measureBesideOthers } = await import('./bench/others.mjs');
  await measureBesideOthers(chosen.length > 0 ? chosen : Object.values(workloads), rest);
}

await program(import.meta.url, async (words) => {
  const wanted = await check('Read the options', () => options(words));
  const work = wanted.page ? page : wanted.profile ? profile : wanted.against ? against : beside;
  await work(wanted);
});
