import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

// A program's own flags must not change the bits: what would is either undone by the library's flags, or refused.

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'toydl-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { CXX = 'g++', TOYDL_LIBRARIES } = process.env;
const common = ['-std=c++20', `-I${root}core`, '-isystem', `${TOYDL_LIBRARIES}/include`, '-DEIGEN_FAST_MATH=0'];
/** Those of the target toydl_flags, in their order. */
const ours = /target_compile_options\(toydl_flags INTERFACE (.*)\)/.exec(readFileSync(join(root, 'CMakeLists.txt'), 'utf8'))![1]!.split(' ');

function source(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const compile = (...words: string[]) => spawnSync(CXX, [...common, ...words], { encoding: 'utf8' });

test.each(['-Ofast', '-ffast-math'])('a user\'s file that is compiled with %s alone is refused, with what to do', (flag) => {
  const { status, stderr } = compile('-fsyntax-only', flag, source('scalar.cpp', '#include <toydl/scalar.h>\n'));
  expect(status).not.toBe(0);
  expect(stderr).toContain('ToyDL cannot be compiled with -ffast-math or -Ofast');
});

test.runIf(process.arch === 'x64')('a processor unit that computes floats with more digits is refused', () => {
  const { status, stderr } = compile('-fsyntax-only', '-mfpmath=387', source('wide.cpp', '#include <toydl/scalar.h>\n'));
  expect(status).not.toBe(0);
  expect(stderr).toContain('ToyDL needs floats that are computed as floats');
});

test('the library\'s flags undo -Ofast: exp and log have the bits that they have everywhere', () => {
  const program = source('exp.cpp', `
    #include <toydl/math.h>
    #include <bit>
    #include <cstdio>
    int main(int argc, char**) {
      volatile float x = 0.3f * static_cast<float>(argc);
      std::printf("%08x %08x", std::bit_cast<unsigned>(toydl::exp(x)), std::bit_cast<unsigned>(toydl::log(x)));
    }`);
  const bits = (...flags: string[]) => {
    const built = compile(...flags, ...ours, program, '-o', join(folder, 'exp'));
    expect(built.stderr).toBe('');
    return execFileSync(join(folder, 'exp'), { encoding: 'utf8' });
  };
  expect(bits('-Ofast')).toBe(bits('-O2'));
  expect(bits('-O3', '-ffast-math')).toBe(bits('-O0'));
});

test.runIf(process.arch === 'x64' && CXX.includes('g++'))('a program that is linked with -Ofast is refused when it makes a model', () => {
  const program = source('model.cpp', `
    #include <toydl/layers/linear.h>
    #include <toydl/model.h>
    #include <toydl/error.h>
    #include <cstdio>
    int main() {
      try {
        toydl::Model model({toydl::Linear(2, 1)});
        std::puts("a model");
      } catch (const toydl::Error& error) {
        std::puts(error.what());
      }
    }`);
  const object = join(folder, 'model.o');
  expect(compile('-c', '-O1', ...ours, program, '-o', object).stderr).toBe('');
  const run = (...flags: string[]) => {
    const linked = compile(...flags, object, join(root, 'build/native/libtoydl.a'), '-pthread', '-o', join(folder, 'model'));
    expect(linked.stderr).toBe('');
    return execFileSync(join(folder, 'model'), { encoding: 'utf8' });
  };
  expect(run('-O3')).toBe('a model\n');
  expect(run('-Ofast')).toContain('takes subnormal numbers for 0');
}, 120_000);
