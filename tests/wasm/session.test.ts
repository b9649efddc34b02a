import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import type { DataSource, Message, Question, Questions, Report, RunConfig } from '../../wasm/src/training/protocol.js';
import { loadEngine } from '../../wasm/src/engines.js';
import { TrainingHost } from '../../wasm/src/training/host.js';

// The worker's side of the page, without a worker: the messages are the same.

const dataFolder = new URL('../../dist/package/data/mnist/', import.meta.url);
const mnist: DataSource = { kind: 'shards', url: dataFolder.href };
const run: RunConfig = {
  layers: [{ type: 'Linear', inFeatures: 784, outFeatures: 50 }, { type: 'ReLU' }, { type: 'Linear', inFeatures: 50, outFeatures: 10 }, { type: 'Softmax' }],
  loss: { type: 'CrossEntropy' },
  optimizer: { type: 'SGD', learningRate: 0.1 },
  batchSize: 64,
  epochs: 10,
  seed: 42,
};

/** A session with all that it said, and a way to wait for something. */
function start(source: DataSource = mnist, host = new TrainingHost(loadEngine)) {
  const messages: Message[] = [];
  let wake = () => {};
  const session = host.session((message) => {
    messages.push(message);
    wake();
  });
  session.handle({ type: 'load', source });
  const until = async (isIt: (message: Message) => boolean): Promise<Message> => {
    for (let next = 0; ; ) {
      for (; next < messages.length; next++) if (isIt(messages[next]!)) return messages[next]!;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  /** The answer to a question, or what is said instead. */
  const ask = async <Name extends Question>(question: Name, about: Questions[Name]['ask']): Promise<Questions[Name]['answer']> => {
    const id = Math.random();
    session.handle({ type: 'ask', id, question, ask: about });
    const said = (await until((message) => message.type === 'answer' && message.id === id)) as Message & { type: 'answer' };
    if (said.problem) throw new Error(said.problem.message);
    return said.answer as Questions[Name]['answer'];
  };
  return {
    session,
    messages,
    until,
    ask,
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
  session.handle({ type: 'configure', run: 1, config: run, play: true });
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
  session.handle({ type: 'configure', run: 1, config: run, play: false });
  await state('paused');
  for (let i = 0; i < 10; i++) session.handle({ type: 'step' });
  const tenth = hashAt(reports(), 10);
  expect(hashAt(reports(), 1)).toBe(golden.hashes[1]);

  session.handle({ type: 'reset', run: 2, play: true });
  await until((message) => message.type === 'report' && message.report.step > 100);
  session.handle({ type: 'pause' });
  expect(states().at(-1)).toBe('paused');
  const paused = reports().length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(reports().length).toBe(paused);

  const first = reports().length;
  session.handle({ type: 'reset', run: 2, play: false });
  for (let i = 0; i < 10; i++) session.handle({ type: 'step' });
  expect(hashAt(reports().slice(first), 10)).toBe(tenth);

  const second = reports().length;
  session.handle({ type: 'learning-rate', value: 0.01 });
  session.handle({ type: 'reset', run: 2, play: false });
  for (let i = 0; i < 10; i++) session.handle({ type: 'step' });
  expect(hashAt(reports().slice(second), 10)).not.toBe(tenth);
});

test('a run that cannot be is reported, and the next one works', async () => {
  const { session, state, until, problems, states } = start();
  session.handle({ type: 'configure', run: 1, config: { ...run, layers: [{ type: 'Linear', inFeatures: 5, outFeatures: 10 }] }, play: true });
  await state('failed');
  expect(problems()).toMatchObject([{ code: 'shape', retry: false }]);
  session.handle({ type: 'learning-rate', value: -1 });
  session.handle({ type: 'configure', run: 1, config: run, play: true });
  await until((message) => message.type === 'report' && message.report.step > 0);
  expect(states().at(-1)).toMatch(/running|waiting/);
  session.handle({ type: 'learning-rate', value: NaN });
  expect(problems().at(-1)!.message).toContain('learningRate must be a positive number, at least 1.2e-38');
  session.handle({ type: 'learning-rate', value: 1e6 });
  await until((message) => message.type === 'problem' && message.problem.code === 'diverged');
  expect(states().at(-1)).toBe('failed');
  session.handle({ type: 'reset', run: 2, play: false });
  expect(states().at(-1)).toBe('paused');
});

test('a shard that fails is tried again; one that goes on failing is named, and can be retried', async () => {
  let failures = 2;
  let broken = true;
  const url = await serve((name, bytes) => {
    if (name === 'shard-01.gz' && failures-- > 0) return 503;
    return name === 'shard-02.gz' && broken ? 404 : bytes;
  });
  const { session, until, problems, messages } = start({ kind: 'shards', url });
  session.handle({ type: 'configure', run: 1, config: run, play: true });
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
  const { until, problems } = start({ kind: 'shards', url });
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
  const { session, until, problems, reports } = start({ kind: 'shards', url });
  session.handle({ type: 'configure', run: 1, config: run, play: false });
  await until((said) => said.type === 'problem');
  expect(problems()[0]).toMatchObject({ code: 'label', message: expect.stringContaining('label 77') });
  spoilt = false;
  session.handle({ type: 'retry' });
  await until((said) => said.type === 'data' && said.progress.trainSamples === 60000);
  expect(problems()).toHaveLength(1);
  session.handle({ type: 'reset', run: 2, play: false });
  for (let i = 0; i < 100; i++) session.handle({ type: 'step' });
  expect(hashAt(reports(), 100)).toBe(golden.hashes[100]);
});

/** What the session says of a kind, all of it. */
const said = <Type extends Message['type']>(messages: Message[], type: Type) => messages.filter((message) => message.type === type) as (Message & { type: Type })[];

const toy: DataSource = { kind: 'toy', name: 'moons' };
const toyRun: RunConfig = {
  layers: [{ type: 'Linear', inFeatures: 2, outFeatures: 16 }, { type: 'ReLU' }, { type: 'Dropout', rate: 0.1 }, { type: 'Linear', inFeatures: 16, outFeatures: 2 }, { type: 'Softmax' }],
  loss: { type: 'CrossEntropy' },
  optimizer: { type: 'Adam', learningRate: 0.02 },
  batchSize: 50,
  epochs: 30,
  seed: 3,
};

test('toys train to their end, and the boundary between their classes is told on the way', async () => {
  const { session, state, messages } = start(toy);
  session.handle({ type: 'boundary', on: true });
  session.handle({ type: 'configure', run: 1, config: toyRun, play: true });
  await state('done');
  expect(said(messages, 'dataset')[0]!.dataset).toEqual({ sampleShape: [2], classNames: ['upper moon', 'lower moon'], size: { train: 1000, test: 500 } });
  const { accuracy, samples, confusion } = said(messages, 'test').at(-1)!.report;
  expect(accuracy).toBeGreaterThan(0.95);
  expect(samples).toBe(500);
  expect((confusion[0]! + confusion[3]!) / 500).toBeCloseTo(accuracy);
  const [first, last] = [said(messages, 'boundary')[0]!.boundary, said(messages, 'boundary').at(-1)!.boundary];
  expect(first.step).toBe(0);
  expect(last.step).toBe(said(messages, 'report').at(-1)!.report.step);
  expect(new Set(last.classes)).toEqual(new Set([0, 1]));
  expect(Math.max(...last.certainty)).toBeGreaterThan(240);
});

test('one epoch trains to its end, then pauses', async () => {
  const { session, until, state, reports } = start(toy);
  session.handle({ type: 'configure', run: 1, config: toyRun, play: false });
  await state('paused');
  session.handle({ type: 'epoch' });
  await until((message) => message.type === 'test' && message.report.step === 20);
  expect(reports().at(-1)).toMatchObject({ run: 1, step: 20, epoch: 1, samplesPerEpoch: 1000 });
  await until((message) => message.type === 'checkpoint' && message.step === 20);
});

test('a run goes on from a checkpoint to the same bits', async () => {
  const straight = start(toy);
  straight.session.handle({ type: 'configure', run: 1, config: toyRun, play: true });
  await straight.state('done');

  const broken = start(toy);
  broken.session.handle({ type: 'configure', run: 1, config: toyRun, play: true });
  await broken.until((message) => message.type === 'report' && message.report.step >= 30);
  broken.session.handle({ type: 'pause' });
  const checkpoint = await broken.ask('checkpoint', { about: 'half-way' });
  const { step, hash } = broken.reports().at(-1)!;

  const resumed = start(toy);
  resumed.session.handle({ type: 'configure', run: 7, config: toyRun, play: true, checkpoint });
  await resumed.state('done');
  expect(resumed.reports()[0]).toMatchObject({ run: 7, step, hash });
  expect(resumed.reports().at(-1)!.hash).toBe(straight.reports().at(-1)!.hash);
});

test('a step that is asked for before the samples are there is taken when they are', async () => {
  const { session, state, reports } = start();
  session.handle({ type: 'configure', run: 1, config: run, play: false });
  for (let i = 0; i < 3; i++) session.handle({ type: 'step' });
  await state('paused');
  expect(hashAt(reports(), 1)).toBe(golden.hashes[1]);
  expect(reports().at(-1)!.step).toBe(3);
});

test('a step that comes when there is none left does not keep the last test from its end', async () => {
  const { session, state, until, messages } = start(toy);
  session.handle({ type: 'configure', run: 1, config: { ...toyRun, epochs: 1 }, play: true });
  await until((message) => message.type === 'report' && message.report.epoch === 1);
  session.handle({ type: 'step' });
  await state('done');
  expect(said(messages, 'test').at(-1)?.report).toMatchObject({ epoch: 1 });
});

test('a run that goes back to its last good state goes on beyond the epoch to whose end it was to train', async () => {
  const { session, until, state } = start(toy);
  session.handle({ type: 'configure', run: 1, config: toyRun, play: false });
  await state('paused');
  session.handle({ type: 'learning-rate', value: 1e6 });
  session.handle({ type: 'epoch' });
  await state('failed');
  session.handle({ type: 'go-back', run: 1, learningRate: 0.1 });
  await until((message) => message.type === 'report' && message.report.epoch > 1);
});

test('whoever has a run play that is at its end is told so, and nothing else happens', async () => {
  const { session, state, states, until, reports } = start(toy);
  session.handle({ type: 'configure', run: 3, config: { ...toyRun, epochs: 1 }, play: true });
  await state('done');
  const { step } = reports().at(-1)!;
  session.handle({ type: 'play' });
  expect(await until(({ type }) => type === 'ended')).toEqual({ type: 'ended', run: 3 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(reports().at(-1)!.step).toBe(step);
  expect(states().at(-1)).toBe('done');
});

test('a sample is followed, with all that happens in the layers', async () => {
  const { session, state, messages } = start();
  session.handle({ type: 'configure', run: 1, config: run, play: false });
  await state('paused');
  session.handle({ type: 'watch', watch: { sample: { kind: 'test', index: 3 }, inside: true } });
  const before = said(messages, 'watched').at(-1)!.watched;
  expect(before).toMatchObject({ run: 1, step: 0, label: 0 });
  expect(before.values).toHaveLength(784);
  expect(before.layers!.map(({ layer, shape }) => [layer, shape])).toEqual([
    ['Linear(784, 50)', [50]], ['ReLU()', [50]], ['Linear(50, 10)', [10]], ['Softmax()', [10]],
  ]);
  expect(before.layers![0]!.parameters[0]).toMatchObject({ name: 'weight', shape: [50, 784], gradNorm: 0 });
  expect(before.layers![1]!.dead).toMatchObject({ units: 50, samples: 64 });
  expect([...before.layers![1]!.values]).toEqual([...before.layers![0]!.values].map((value) => Math.max(0, value)));
  expect([...before.probabilities].reduce((sum, p) => sum + p)).toBeCloseTo(1);

  session.handle({ type: 'step' });
  const after = said(messages, 'watched').at(-1)!.watched;
  expect(after.step).toBe(1);
  const { gradNorm, histogram } = after.layers![0]!.parameters[0]!;
  expect(gradNorm).toBeGreaterThan(0);
  expect(histogram.counts.reduce((sum, count) => sum + count)).toBe(50 * 784);

  session.handle({ type: 'watch', watch: { sample: { kind: 'values', values: new Float32Array(784) }, inside: false } });
  const drawn = said(messages, 'watched').at(-1)!.watched;
  expect(drawn.label).toBeUndefined();
  expect(drawn.layers).toBeUndefined();
  // Nobody is disturbed by one that does not fit.
  session.handle({ type: 'watch', watch: { sample: { kind: 'values', values: new Float32Array(5) }, inside: false } });
  expect(said(messages, 'problem').at(-1)!.problem.code).toBe('shape');
  session.handle({ type: 'step' });
  expect(said(messages, 'report').at(-1)!.report.step).toBe(2);
  session.handle({ type: 'watch' });
});

test('watching, measuring and saving change no bit of a run', async () => {
  const { session, until, reports } = start();
  session.handle({ type: 'watch', watch: { sample: { kind: 'test', index: 0 }, inside: true } });
  session.handle({ type: 'configure', run: 1, config: run, play: false });
  await until((message) => message.type === 'data' && message.progress.trainSamples === 60000);
  for (let i = 0; i < 100; i++) session.handle({ type: 'step' });
  expect(hashAt(reports(), 100)).toBe(golden.hashes[100]);
});

test('the samples of one class that were taken for another are found', async () => {
  const { session, state, ask, until } = start(toy);
  session.handle({ type: 'configure', run: 1, config: { ...toyRun, epochs: 1 }, play: true });
  await state('done');
  const { report } = (await until((message) => message.type === 'test' && message.report.step === 20)) as Message & { type: 'test' };
  const wrong = await ask('samples', { from: 'test', count: 1000, actual: 1, predicted: 0 });
  expect(wrong.indices).toHaveLength(report.confusion[2]!);
  expect(wrong.labels.every((label) => label === 1)).toBe(true);
  const some = await ask('samples', { from: 'train', count: 7 });
  expect(some.indices).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(some.values).toHaveLength(14);
  expect(some.predictions).toBeUndefined();
});

test('an outline is told of layers that are not trained', async () => {
  const { ask } = start(toy);
  const { layers, problem } = await ask('outline', { layers: [{ type: 'Linear', inFeatures: 2, outFeatures: 5 }, { type: 'Linear', inFeatures: 4, outFeatures: 2 }], inputShape: [2] });
  expect(layers).toEqual([{ layer: 'Linear(2, 5)', output: [5], parameters: 15 }]);
  expect(problem).toMatchObject({ layer: 'Linear(4, 2)', fix: { type: 'Linear', inFeatures: 5, outFeatures: 2 } });
  await expect(ask('samples', { from: 'test', count: 1 })).rejects.toThrow('There is no model yet.');
});

test('a model that does not end with the classes is refused', async () => {
  const { session, state, problems } = start(toy);
  session.handle({ type: 'configure', run: 1, config: { ...toyRun, layers: [{ type: 'Linear', inFeatures: 2, outFeatures: 5 }] }, play: true });
  await state('failed');
  expect(problems()[0]).toMatchObject({ code: 'shape', message: expect.stringContaining('gives [5], but there are 2 classes') });
});

test('a loss that runs away stops training, says where it began, and the way back leads to a good state', async () => {
  const { session, until, problems, reports, states } = start();
  session.handle({ type: 'configure', run: 1, config: run, play: true });
  await until((message) => message.type === 'report' && message.report.step > 100);
  session.handle({ type: 'learning-rate', value: 1e6 });
  await until((message) => message.type === 'problem');
  expect(states().at(-1)).toBe('failed');
  const { code, message, goodStep } = problems()[0]!;
  expect(code).toBe('diverged');
  expect(message).toMatch(/began in layer \d of 4/);
  const good = reports().findLast(({ step }) => step <= goodStep!)!;
  session.handle({ type: 'go-back', run: 1, learningRate: 0.05 });
  const again = reports().findLast(({ step, loss }) => step === goodStep && loss === undefined)!;
  expect(again.step).toBe(goodStep);
  expect(good.step).toBeLessThanOrEqual(goodStep!);
  await until((message) => message.type === 'report' && message.report.step > goodStep! + 50 && message.report.loss! < 3);
  session.handle({ type: 'pause' });
});

test('where a loss runs away does not depend on how training is sliced, and what it came to before is reported', async () => {
  const diverging = { ...toyRun, optimizer: { type: 'SGD', learningRate: 1e5 } };
  const seen = [];
  for (const play of [true, false]) {
    const { session, state, problems, reports } = start(toy);
    session.handle({ type: 'configure', run: 1, config: diverging, play });
    if (!play) await state('paused');
    while (!play && problems().length === 0) session.handle({ type: 'step' });
    await state('failed');
    const last = reports().at(-1)!;
    expect(last.step === 0 || reports().some(({ loss }) => loss !== undefined)).toBe(true);
    seen.push({ step: last.step, hash: last.hash, message: problems()[0]!.message });
  }
  expect(seen[0]!.step).toBeGreaterThan(0);
  expect(seen[0]).toEqual(seen[1]);
});

test('other samples can be loaded while the former ones are still arriving', async () => {
  const { session, state, messages } = start();
  session.handle({ type: 'load', source: toy });
  session.handle({ type: 'configure', run: 2, config: { ...toyRun, epochs: 2 }, play: true });
  await state('done');
  expect(said(messages, 'report').at(-1)!.report).toMatchObject({ run: 2, step: 40 });
  session.handle({ type: 'load', source: { kind: 'samples', samples: {
    sampleShape: [3], classNames: ['a', 'b'],
    train: { x: new Float32Array(30).map((_, i) => i % 7), labels: new Uint8Array(10).map((_, i) => i % 2) },
    test: { x: new Float32Array(6), labels: new Uint8Array(2) },
  } } });
  session.handle({ type: 'configure', run: 3, config: { ...toyRun, layers: [{ type: 'Linear', inFeatures: 3, outFeatures: 2 }], loss: { type: 'SoftmaxCrossEntropy' }, epochs: 2 }, play: true });
  for (let next = messages.length; said(messages.slice(next), 'state').at(-1)?.state !== 'done'; ) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(said(messages, 'test').at(-1)!.report).toMatchObject({ run: 3, samples: 2 });
  expect(said(messages, 'problem')).toEqual([]);
});
