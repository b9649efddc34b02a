import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webpack from 'webpack';
import { packToydl } from '../../tools/pack/packages.mjs';
import { consumer, run } from '../consumer.js';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { launch } from './browser.js';
import { serve } from './serve.js';

// Projects as their authors write them, each with the package from its tarball: built, put on a plain host, and opened.

let browser: Browser;
let tarball: string;
/** The weights after an epoch, as Node has them. */
let epoch: string;

beforeAll(async () => {
  [browser, tarball] = await Promise.all([launch(), packToydl()]);
  epoch = (await run(process.execPath, ['index.js'], await consumer('node', tarball)))[1]!.replace('after an epoch: ', '');
});
afterAll(() => browser?.close());

/** Opens a page of a folder on a host. Resolves to what its outputs say, once all of them do. */
async function open(folder: string, file = 'index.html'): Promise<Record<string, string>> {
  const host = await serve(folder, { prefix: '/' });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('response', (response) => {
    if (!response.ok() && !response.url().endsWith('/favicon.ico')) problems.push(`${response.status()} ${response.url()}`);
  });
  try {
    await page.goto(host.url + file);
    const done = page.waitForFunction(() => {
      const outputs = [...document.querySelectorAll('output')];
      return outputs.length > 0 && outputs.every(({ textContent }) => textContent) && Object.fromEntries(outputs.map(({ id, textContent }) => [id, textContent]));
    }, undefined, { timeout: 30_000 });
    const said = (await (await done.catch(() => Promise.reject(new Error(`Not all outputs say something. ${problems.join('\n')}`)))).jsonValue()) as Record<string, string>;
    expect(problems).toEqual([]);
    return said;
  } finally {
    await page.close();
    host.close();
  }
}

/** Vite without a configuration. Resolves to what it made. */
async function builtByVite(folder: string): Promise<string> {
  await build({ root: folder, configFile: false, logLevel: 'warn' });
  return join(folder, 'dist');
}

/** webpack without a configuration but for where it stands. Resolves to its complaints. */
const builtByWebpack = (context: string) => new Promise<string[]>((resolve, reject) =>
  webpack({ context, mode: 'production', output: { path: join(context, 'dist') } }, (error, stats) => {
    if (error || !stats) return reject(error);
    const { errors = [], warnings = [] } = stats.toJson({ all: false, errors: true, warnings: true });
    resolve([...errors, ...warnings].map(({ message }) => message));
  }));

test.each(['index.html', 'module.html'])('without a bundler: %s', async (file) => {
  expect(await open(await consumer('plain', tarball), file)).toEqual({ epoch });
});

test('with Vite', async () => {
  const folder = await builtByVite(await consumer('vite', tarball));
  expect(await open(folder)).toEqual({ epoch, step: golden.hashes[1] });
});

test('with webpack, which says no more than that the engine is large', async () => {
  const folder = await consumer('webpack', tarball);
  const complaints = await builtByWebpack(folder);
  expect(complaints.filter((complaint) => !/size limit|webpack performance/.test(complaint))).toEqual([]);
  expect(await open(folder)).toEqual({ epoch, step: golden.hashes[1] });
});

test('with a server that makes the page, and Vite for what brings it to life', async () => {
  const folder = await consumer('server', tarball);
  await run(process.execPath, ['render.js'], folder);
  expect(await open(await builtByVite(folder))).toEqual({ epoch, server: golden.hashes[0], ready: golden.hashes[0] });
});
