import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { load } from 'toydl';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { checkBudget } from '../../tools/pack/budget.mjs';
import { packData, packToydl, publishedFolder } from '../../tools/pack/packages.mjs';
import { obstacles, publish } from '../../tools/publish.mjs';
import { consumer, run } from '../consumer.js';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };

const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'toydl-published-'));
let toydl: string;
let data: string;

beforeAll(async () => {
  [toydl, data] = await Promise.all([packToydl(), packData()]);
});
afterAll(() => rmSync(scratch, { recursive: true }));

const filesOf = async (tarball: string) => (await run('tar', ['tzf', tarball], scratch)).map((file) => file.replace('package/', './')).sort();

test('the package holds all that its exports name, the first digits, and no sources', async () => {
  const files = await filesOf(toydl);
  const { exports, version } = JSON.parse(readFileSync(publishedFolder('toydl/package.json'), 'utf8'));
  const targets = Object.values<string | Record<string, string>>(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  for (const target of targets) {
    const [start, end = ''] = target.split('*');
    expect(files.some((file) => (target.includes('*') ? file.startsWith(start!) && file.endsWith(end) : file === target)), target).toBe(true);
  }
  expect(files).toEqual(expect.arrayContaining(['./CHANGELOG.md', './LICENSE', './README.md']));
  expect(files.filter((file) => /^.\/data\/.*\//.test(file))).toEqual(['./data/mnist/manifest.json', './data/mnist/shard-00.gz']);
  expect(files.filter((file) => !/\.(js|d\.ts|wasm|gz|json|md|html)$|^.\/LICENSE$/.test(file))).toEqual([]);
  const readme = readFileSync(publishedFolder('toydl/README.md'), 'utf8');
  expect(readme).toContain(`npm/toydl-data@${version}/`);
  expect(readme).not.toMatch(/\{(version|sizes)\}/);
});

test('the package of data holds all digits, and names its own place', async () => {
  const { default: dataUrl } = await import(pathToFileURL(publishedFolder('toydl-data/index.js')).href);
  const { datasets } = await load({ dataUrl });
  const { train, test: testSet } = await datasets.mnist();
  expect([train.size, testSet.size]).toEqual([60_000, 10_000]);
  expect(await filesOf(data)).toEqual(expect.arrayContaining(['./mnist/shard-12.gz', './index.d.ts', './LICENSE', './README.md']));
});

test('in Node, on several of its threads and in one apart, the package trains as everywhere', async () => {
  const folder = await consumer('node', toydl);
  const [alone, together, apart] = await Promise.all([['index.js'], ['index.js', '3'], ['thread.js']].map((words) => run(process.execPath, words, folder)));
  expect(alone![0]).toBe(`after a step: ${golden.hashes[1]}`);
  expect(together).toEqual(alone);
  expect(apart).toEqual(alone);
});

test.each([{ module: 'esnext', resolution: 'bundler' }, { module: 'nodenext', resolution: 'nodenext' }])('its types are found, and right: $resolution', async ({ module, resolution }) => {
  const folder = await consumer('typescript', toydl);
  expect(await run(tsc, ['--project', '.', '--module', module, '--moduleResolution', resolution], folder)).toEqual(['']);
});

test('its types are found where there are none of browsers', async () => {
  const folder = await consumer('typescript', toydl);
  expect(await run(tsc, ['--project', 'tsconfig.node.json', '--typeRoots', fileURLToPath(new URL('../../node_modules/@types', import.meta.url))], folder)).toEqual(['']);
});

test('what has grown past its budget is named', () => {
  const grown = join(scratch, 'grown');
  cpSync(publishedFolder('toydl'), grown, { recursive: true });
  expect(() => checkBudget(grown, toydl)).not.toThrow();
  appendFileSync(join(grown, 'engine/toydl-strict.wasm'), new Uint8Array(50_000));
  expect(() => checkBudget(grown, toydl)).toThrow(/allows: engine\/toydl-strict.wasm\. /);
});

test('a release says what is in its way', () => {
  const clone = mkdtempSync(join(scratch, 'clone-'));
  const git = (...words: string[]) => execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...words], { cwd: clone, stdio: 'pipe' });
  const write = (file: string, text: string) => writeFileSync(join(clone, file), text);
  const runner = { GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.org' };
  write('package.json', JSON.stringify({ version: '1.2.3', repository: 'https://example.org/toydl' }));
  write('CHANGELOG.md', '## [1.2.3] - 2026-01-01\n');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'One');
  git('tag', 'v1.2.3');
  expect(obstacles(clone, runner)).toEqual([]);
  expect(obstacles(clone, {})).toEqual([expect.stringContaining('Nothing can sign here')]);

  write('CHANGELOG.md', '## [1.2.30] - 2026-01-01\n');
  expect(obstacles(clone, runner)).toEqual([expect.stringContaining('not committed'), expect.stringContaining('no entry `## [1.2.3] -')]);

  write('package.json', JSON.stringify({ version: '1.2.3' }));
  write('CHANGELOG.md', '## [1.2.3] - 2026-01-01\n');
  git('commit', '--quiet', '--all', '--message', 'Two');
  expect(obstacles(clone, runner)).toEqual([expect.stringContaining('v1.2.3 is there already'), expect.stringContaining('no `repository`')]);
});

test('npm takes the package, and a release ends where it does not', async () => {
  await publish([toydl], { isDry: true });
  const broken = join(scratch, 'broken.tgz');
  writeFileSync(broken, 'no tarball');
  await expect(publish([broken], { isDry: true })).rejects.toThrow('broken.tgz ended with');
});

test('a release that was cut off goes on: what npm has already is not sent again, and must be the same', async () => {
  const { version } = JSON.parse(readFileSync(publishedFolder('toydl-data/package.json'), 'utf8'));
  let integrity = `sha512-${createHash('sha512').update(readFileSync(data)).digest('base64')}`;
  const asked: string[] = [];
  const registry = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response.end(JSON.stringify({ name: 'toydl-data', 'dist-tags': { latest: version }, versions: { [version]: { name: 'toydl-data', version, dist: { integrity, tarball: '' } } } }));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`);
  vi.stubEnv('npm_config_cache', join(scratch, 'npm'));
  try {
    await publish([data], { isDry: false });
    integrity = 'sha512-of-others';
    await expect(publish([data], { isDry: false })).rejects.toThrow(`npm has another toydl-data ${version} already`);
    expect(asked.filter((request) => !request.startsWith('GET'))).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    registry.close();
  }
});
