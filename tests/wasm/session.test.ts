import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import type { Message, Report, RunConfig } from '../../wasm/src/training/protocol.js';
import { TrainingSession } from '../../wasm/src/training/session.js';

// The worker's side of the page, without a worker: the messages are the same.

const dataFolder = new URL('../../dist/package/data/mnist/', import.meta.url);
const run: RunConfig = {
  layers: [{ type: 'Linear', inFeatures: 784, outFeatures: 50 }, { type: 'ReLU' }, { type: 'Linear', inFeatures: 50, outFeatures: 10 }, { type: 'Softmax' }],
  loss: { type: 'CrossEntropy' },
  optimizer: { type: 'SGD', learningRate: 0.1 },
  batchSize: 64,
  epochs: 10,
  seed: 42,
};

/** A session with all that it said, and a way to wait for something. */
function start(dataUrl: string | URL = dataFolder) {
  const messages: Message[] = [];
  let wake = () => {};
  const session = new TrainingSession((message) => {
    messages.push(message);
    wake();
  });
  session.handle({ type: 'load', dataUrl: String(dataUrl) });
  const until = async (isIt: (message: Message) => boolean): Promise<Message> => {
    for (let next = 0; ; ) {
      for (; next < messages.length; next++) if (isIt(messages[next]!)) return messages[next]!;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    session,
    messages,
    until,
    state: (state: string) => until((message) => message.type === 'state' && message.state === state),
    reports: () => messages.flatMap((message) => (message.type === 'report' ? [message.report] : [])),
    states: () => messages.flatMap((message) => (message.type === 'state' ? [message.state] : [])),
    problems: () => messages.flatMap((message) => (message.type === 'problem' ? [message.problem] : [])),
  };
}

const hashAt = (reports: Report[], step: number) => reports.find((report) => report.step === step)?.hash;

let server: Server | undefined;
afterEach(() => server?.close());

/** Serves the data; `answer` may spoil it: bytes instead of the file's, or a status. */
async function serve(answer: (name: string, bytes: Buffer) => Buffer | number): Promise<string> {
  server = createServer((request, response) => {
    const name = request.url!.slice(1);
    const body = answer(name, readFileSync(join(dataFolder.pathname, name)));
    if (typeof body === 'number') response.writeHead(body).end();
    else response.end(body);
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a run streams its data, trains to its end, and has the weights of every other machine', async () => {
  const { session, state, states, reports, messages } = start();
  session.handle({ type: 'configure', run, play: true });
  await state('done');
  expect(states()[0]).toBe('loading');
  expect(states()).toContain('running');
  expect(reports().at(-1)!.step).toBe(9380);
  expect(reports().at(-1)!.hash).toBe(golden.hashes[9380]);
  expect(reports()[0]!.hash).toBe(golden.hashes[0]);
  const tests = messages.flatMap((message) => (message.type === 'test' ? [message.report] : []));
  expect(tests.at(-1)).toMatchObject({ step: 9380, epoch: 10, samples: 10000 });
  expect(tests.at(-1)!.accuracy).toBeGreaterThan(0.965);
  const data = messages.filter((message) => message.type === 'data').at(-1);
  expect(data).toMatchObject({ progress: { trainSamples: 60000, testSamples: 10000 } });
  expect(messages.findIndex((message) => message.type === 'report' && message.report.step > 0)).toBeLessThan(messages.indexOf(data!));
});

test('steps, pauses, resets and the learning rate act, and a reset gives the same bits', async () => {
  const { session, state, until, reports, states } = start();
  session.handle({ type: 'configure', run, play: false });
  await state('paused');
  for (let i = 0; i < 10; i++) session.handle({ type: 'step' });
  const tenth = hashAt(reports(), 10);
  expect(hashAt(reports(), 1)).toBe(golden.hashes[1]);

  session.handle({ type: 'reset', play: true });
  await until((message) => message.type === 'report' && message.report.step > 100);
  session.handle({ type: 'pause' });
  expect(states().at(-1)).toBe('paused');
  const paused = reports().length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(reports().length).toBe(paused);

  const first = reports().length;
  session.handle({ type: 'reset', play: false });
  for (let i = 0; i < 10; i++) session.handle({ type: 'step' });
  expect(hashAt(reports().slice(first), 10)).toBe(tenth);

  const second = reports().length;
  session.handle({ type: 'learning-rate', value: 0.01 });
  session.handle({ type: 'reset', play: false });
  for (let i = 0; i < 10; i++) session.handle({ type: 'step' });
  expect(hashAt(reports().slice(second), 10)).not.toBe(tenth);
});

test('a run that cannot be is reported, and the next one works', async () => {
  const { session, state, until, problems, states } = start();
  session.handle({ type: 'configure', run: { ...run, layers: [{ type: 'Linear', inFeatures: 5, outFeatures: 10 }] }, play: true });
  await state('failed');
  expect(problems()).toMatchObject([{ code: 'shape', retry: false }]);
  session.handle({ type: 'learning-rate', value: -1 });
  session.handle({ type: 'configure', run, play: true });
  await until((message) => message.type === 'report' && message.report.step > 0);
  expect(states().at(-1)).toMatch(/running|waiting/);
  session.handle({ type: 'learning-rate', value: NaN });
  expect(problems().at(-1)!.message).toContain('learningRate must be a positive number that a float can hold, it is nan');
  session.handle({ type: 'learning-rate', value: 1e30 });
  await until((message) => message.type === 'problem' && message.problem.code === 'diverged');
  expect(states().at(-1)).toBe('failed');
  session.handle({ type: 'reset', play: false });
  expect(states().at(-1)).toBe('paused');
});

test('a shard that fails is tried again; one that goes on failing is named, and can be retried', async () => {
  let failures = 2;
  let broken = true;
  const url = await serve((name, bytes) => {
    if (name === 'shard-01.gz' && failures-- > 0) return 503;
    return name === 'shard-02.gz' && broken ? 404 : bytes;
  });
  const { session, until, problems, messages } = start(url);
  session.handle({ type: 'configure', run, play: true });
  await until((message) => message.type === 'problem');
  expect(problems()).toEqual([{ code: 'load', message: expect.stringMatching(/shard-02\.gz could not be loaded: the server answered 404/), retry: true }]);
  expect(messages.filter((message) => message.type === 'data').at(-1)).toMatchObject({ progress: { trainSamples: expect.any(Number) } });
  await until((message) => message.type === 'state' && message.state === 'waiting');
  broken = false;
  session.handle({ type: 'retry' });
  await until((message) => message.type === 'data' && message.progress.trainSamples === 60000);
  session.handle({ type: 'pause' });
  expect(problems()).toHaveLength(1);
});

test.each([
  ['a cut shard', 'shard-00.gz', (bytes: Buffer) => bytes.subarray(0, 1000), 'shard-00.gz is damaged'],
  ['a shard of something else', 'shard-00.gz', () => Buffer.from('<html>'), 'shard-00.gz holds 6 bytes instead of'],
  ['a manifest of something else', 'manifest.json', () => Buffer.from('<html>'), 'manifest.json is not JSON'],
  ['a manifest of the future', 'manifest.json', () => Buffer.from('{"format":2}'), 'manifest.json is not a manifest of format 1: its format is 2.'],
  ['an empty manifest', 'manifest.json', () => Buffer.from('null'), 'its format is undefined'],
  ['a manifest that names too few classes', 'manifest.json', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"7",', '')),
    'labels is no list of 10 names'],
  ['a manifest with a shard missing', 'manifest.json', (bytes: Buffer) => Buffer.from(bytes.toString().replace(/"test":\s*200/, '"test":199')),
    'it promises 10000 test samples, its shards hold 9999'],
])('%s is named', async (_, file, spoil, message) => {
  const url = await serve((name, bytes) => (name === file ? spoil(bytes) : bytes));
  const { until, problems } = start(url);
  await until((said) => said.type === 'problem');
  expect(problems()[0]!.message).toContain(message);
});

test('a shard with a wrong label is named, and a retry with a good one gives the right data', async () => {
  let spoilt = true;
  const url = await serve((name, bytes) => {
    if (name !== 'shard-00.gz' || !spoilt) return bytes;
    const raw = gunzipSync(bytes);
    raw[raw.length - 1] = 77;
    return gzipSync(raw);
  });
  const { session, until, problems, reports } = start(url);
  session.handle({ type: 'configure', run, play: false });
  await until((said) => said.type === 'problem');
  expect(problems()[0]).toMatchObject({ code: 'label', message: expect.stringContaining('label 77') });
  spoilt = false;
  session.handle({ type: 'retry' });
  await until((said) => said.type === 'data' && said.progress.trainSamples === 60000);
  expect(problems()).toHaveLength(1);
  session.handle({ type: 'reset', play: false });
  for (let i = 0; i < 100; i++) session.handle({ type: 'step' });
  expect(hashAt(reports(), 100)).toBe(golden.hashes[100]);
});
