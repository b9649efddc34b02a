// Builds a small program the way the engine is built, and runs it. This proves the toolchain, and has Emscripten
// build its system libraries once, which takes about a minute and is no part of later builds.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';

const program = `\
#include <emscripten/bind.h>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

struct Counter { double total = 0; };

double sum(int n) {
  std::vector<double> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 1.0);
  try {
    if (n > 3) throw std::runtime_error("too many: " + std::to_string(n));
  } catch (const std::exception& error) {
    return -static_cast<double>(std::string(error.what()).size());
  }
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

EMSCRIPTEN_BINDINGS(proof) {
  emscripten::class_<Counter>("Counter").smart_ptr_constructor("Counter", &std::make_shared<Counter>)
      .property("total", &Counter::total);
  emscripten::function("sum", &sum);
}
`;

// As in the project's CMakeLists.txt: other flags would have Emscripten build other variants of its libraries.
const compileFlags = ['-std=c++20', '-O3', '-msimd128', '-msse4.1', '-fwasm-exceptions'];
const linkFlags = [
  '-lembind', '-sMODULARIZE', '-sEXPORT_ES6', '-sENVIRONMENT=web,worker,node', '-sALLOW_MEMORY_GROWTH',
  '-sSTACK_SIZE=1MB', '-sDYNAMIC_EXECUTION=0',
];
const testFlags = ['-sNODERAWFS=1', '-sALLOW_MEMORY_GROWTH', '-sSTACK_SIZE=1MB'];

const check = `\
import create from './proof.mjs';
const proof = await create();
const counter = new proof.Counter();
if (proof.sum(3) !== 6 || proof.sum(4) !== -11 || counter.total !== 0) throw new Error('wrong result');
counter.delete();
`;

/** `ownLibraries`: the libraries are ours to keep, in the folder that the proof becomes. */
export async function prove(toolchain, ownLibraries) {
  const { emxx, env, cxxFlags, linkFlags: extraLinkFlags, version, proof } = toolchain;
  if (existsSync(join(proof, 'proof'))) return;
  await step(`Build the system libraries of Emscripten ${version} and try it (a minute or two)`, () =>
    makeFolder(proof, async (target) => {
      const cwd = join(target, 'proof');
      mkdirSync(cwd);
      writeFileSync(join(cwd, 'proof.cpp'), program);
      writeFileSync(join(cwd, 'check.mjs'), check);
      writeFileSync(join(cwd, 'test.cpp'), 'int main() {}\n');
      const settings = { cwd, env: ownLibraries ? { ...env, EM_CACHE: target } : env, log: 'emscripten' };
      const flags = [...compileFlags, ...cxxFlags];
      await run(emxx, [...flags, '-c', 'proof.cpp', '-o', 'proof.o'], settings);
      await run(emxx, [...flags, 'proof.o', '-o', 'proof.mjs', ...linkFlags, ...extraLinkFlags,
        '--emit-tsd', 'proof.d.ts'], settings);
      await run(process.execPath, ['check.mjs'], settings);
      await run(emxx, [...flags, 'test.cpp', '-o', 'test.cjs', ...testFlags, ...extraLinkFlags], settings);
      await run(process.execPath, ['test.cjs'], settings);
    }));
}
