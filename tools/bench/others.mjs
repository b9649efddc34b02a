// How fast ToyDL is natively, in Node and in Chromium, beside TensorFlow.js and Eigen. All take turns, so that what else the machine does
// meets them alike; the table shows medians.
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { browser, native, node, tfjsPage, toydlPage } from '../../tests/bench/subjects.mjs';
import { packageFolder } from '../build/package.mjs';
import { hashOfFiles } from '../lib/hash.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { inCache, inRoot, root } from '../lib/paths.mjs';
import { step } from '../lib/steps.mjs';
import { chromiumPath } from '../setup.mjs';
import { npmCi } from '../setup/npm.mjs';
import { binaryOf, env } from './binary.mjs';
import { median } from './median.mjs';

/** TensorFlow.js, which nothing but this needs, in the cache. */
async function rival() {
  const files = ['package.json', 'package-lock.json'];
  const folder = inCache(`bench-${hashOfFiles(inRoot('tests/bench'), files)}`);
  if (!existsSync(folder)) {
    await step('Install TensorFlow.js, to compare with', () => makeFolder(folder, async (target) => {
      for (const file of files) copyFileSync(inRoot('tests/bench', file), join(target, file));
      copyFileSync(inRoot('.npmrc'), join(target, '.npmrc'));
      await npmCi(target);
    }));
  }
  return join(folder, 'node_modules/@tensorflow');
}

/** Everybody's speeds in every workload: { subject: { workload: [samples per second] } }. Says why a workload cannot be done. */
async function measureAll(subjects, workloads, { rounds, ms }) {
  const speeds = {};
  const problems = {};
  const measure = async (label, workload, ms) => {
    try {
      return await subjects[label].measure(workload, ms);
    } catch (error) {
      problems[`${label}, ${workload.name}`] = String(error.message).split('\n')[0];
      return null;
    }
  };
  const can = (label, name) => !problems[`${label}, ${name}`] && (subjects[label].names?.includes(name) ?? true);
  for (let round = 0; round <= rounds; round++) {
    // The first round is not counted: compilers that work while the program runs need a while.
    for (const workload of workloads) {
      for (const label of Object.keys(subjects)) {
        if (!can(label, workload.name)) continue;
        const speed = await measure(label, workload, round === 0 ? 4 * ms : ms);
        if (round > 0 && speed !== null) ((speeds[label] ??= {})[workload.name] ??= []).push(speed);
      }
    }
    (speeds.peak ??= []).push(await subjects.native.measurePeak());
    console.log(round === 0 ? 'warm' : `round ${round} of ${rounds}`);
  }
  return { speeds, problems };
}

function table(workloads, subjects, { speeds, problems }) {
  const peak = median(speeds.peak) * 1e9;
  const rows = [];
  for (const { name, title, flops } of workloads) {
    console.log(`\n${name}: ${title}`);
    for (const label of Object.keys(subjects)) {
      const values = speeds[label]?.[name];
      if (!values) {
        if (problems[`${label}, ${name}`]) console.log(`  ${label.padEnd(30)} cannot: ${problems[`${label}, ${name}`].slice(0, 90)}`);
        continue;
      }
      const speed = median(values);
      // Ratios round by round, for the machine changes its speed between rounds.
      const ratio = (other) => speeds[other]?.[name] && median(values.map((value, i) => value / speeds[other][name][i]));
      const row = {
        workload: name, subject: label, samplesPerSecond: Math.round(speed), gflops: speed * flops / 1e9, percentOfPeak: 100 * speed * flops / peak,
        timesTfjs: ratio('TensorFlow.js wasm, Chromium'), timesOneThread: label.includes('threads') ? ratio(label.replace(/, \d+ threads/, '')) : undefined,
      };
      rows.push(row);
      console.log([
        `  ${label.padEnd(30)}`, `${row.samplesPerSecond.toLocaleString('en').padStart(10)} /s`, `${row.gflops.toFixed(1).padStart(7)} GFLOP/s`,
        `${row.percentOfPeak.toFixed(0).padStart(5)} % of peak`,
        row.timesTfjs ? `${row.timesTfjs.toFixed(1).padStart(7)} × tfjs` : ' '.repeat(14),
        row.timesOneThread ? `  ${row.timesOneThread.toFixed(2)} × one thread` : '',
        name === 'one' ? `  ${(1e6 / speed).toFixed(1)} µs` : '',
      ].join(''));
    }
  }
  console.log(`\nThe peak, 128-bit fused multiply-adds on one core: ${(peak / 1e9).toFixed(1)} GFLOP/s. Per cent above 100 come of products`);
  console.log('with zeros, which are counted and not computed, of vectors wider than 128 bits, and of threads.');
  return rows;
}

/** Needs the native program and the package. */
export async function measureBesideOthers(workloads, { rounds, ms }) {
  const chrome = await browser(chromiumPath(), { bench: inRoot('tests/bench'), package: packageFolder(), tensorflow: await rival() });
  const processor = availableParallelism();
  const binary = binaryOf(root);
  const subjects = { native: { names: [], measurePeak: () => native(binary, env(), { what: 'peak' }).measure(null, 100) } };
  const threadCounts = processor > 1 ? [1, processor] : [1];
  await step('Start everything that is measured', async () => {
    for (const threads of threadCounts) {
      for (const arithmetic of ['strict', 'fma']) {
        const label = `${arithmetic}${threads > 1 ? `, ${threads} threads` : ''}`;
        subjects[`Chromium, ${label}`] = await toydlPage(chrome, { arithmetic, threads });
        subjects[`Node, ${label}`] = await node(packageFolder(), { arithmetic, threads });
        subjects[`native, ${label}`] = native(binary, env(), { arithmetic, threads });
      }
    }
    subjects['TensorFlow.js wasm, Chromium'] = { ...await tfjsPage(chrome), names: ['W1', 'W2', 'W3', 'W4', 'predict', 'one'] };
    subjects['Eigen, native'] = { ...native(binary, env(), { what: 'eigen' }), names: ['W1', 'W2'] };
  });
  console.log(`\n${cpus()[0].model}, ${processor} cores; Chromium ${chrome.version}; Node ${process.version}\n`);
  const measured = await measureAll(subjects, workloads, { rounds, ms });
  const rows = table(workloads, subjects, measured);
  const memory = await subjects['Chromium, strict'].memory();
  console.log(`\nThe engine's memory in Chromium after all this, beside the data set: ${(memory / 2 ** 20).toFixed(1)} MB.`);
  writeFileSync(inRoot('build/bench.json'), JSON.stringify({ peakGflops: median(measured.speeds.peak), rows, problems: measured.problems, speeds: measured.speeds }, null, 1));
  console.log('All numbers: build/bench.json');
  for (const subject of Object.values(subjects)) subject.close?.();
  await chrome.close();
}
