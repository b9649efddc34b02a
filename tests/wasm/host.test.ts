import { expect, test } from 'vitest';
import { starter } from '../../tools/setup.mjs';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { loadEngine } from '../../wasm/src/engines.js';
import { TrainingHost } from '../../wasm/src/training/host.js';
import type { Command, DataSource, Message, RunConfig } from '../../wasm/src/training/protocol.js';
import { Turns } from '../../wasm/src/training/turns.js';

// Several clients that train in one place, through real ports.

const folder = new URL('../../dist/package/data/mnist/', import.meta.url);
const run: RunConfig = {
  layers: [{ type: 'Linear', inFeatures: 784, outFeatures: 50 }, { type: 'ReLU' }, { type: 'Linear', inFeatures: 50, outFeatures: 10 }, { type: 'Softmax' }],
  loss: { type: 'CrossEntropy' }, optimizer: { type: 'SGD', learningRate: 0.1 }, batchSize: 64, epochs: 100, seed: 42,
};

/** A client that keeps what it hears. */
function join(host: TrainingHost, source: DataSource) {
  const { port1, port2 } = new MessageChannel();
  const heard: Message[] = [];
  let wake = () => {};
  host.open(port2);
  port1.onmessage = ({ data }: MessageEvent<Message>) => {
    heard.push(data);
    wake();
  };
  const say = (command: Command | { type: 'close' }) => port1.postMessage(command);
  const until = async (isIt: (message: Message) => boolean, from = 0): Promise<Message> => {
    for (;;) {
      const found = heard.slice(from).find(isIt);
      if (found) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const state = (wanted: string, from = 0) => until((message) => message.type === 'state' && message.state === wanted, from);
  say({ type: 'load', source });
  return { heard, say, until, state, close: () => (say({ type: 'close' }), port1.close()) };
}

test('of those that want to train, the one that began last does', () => {
  const turns = new Turns();
  const log: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ onTurn: () => log.push(`${name} ${turns.has(takers[name]!)}`) }));
  const takers: Record<string, { onTurn(): void }> = { a: a!, b: b!, c: c! };
  for (const taker of [a!, b!]) {
    turns.begin(taker);
    turns.want(taker, true);
  }
  expect([turns.has(a!), turns.has(b!)]).toEqual([false, true]);
  // One that waits for data gives its turn away, and takes it again.
  turns.want(b!, false);
  expect(turns.has(a!)).toBe(true);
  turns.want(b!, true);
  expect(turns.has(b!)).toBe(true);
  turns.want(c!, true);
  expect(turns.has(c!)).toBe(false);
  turns.begin(a!);
  expect(turns.has(a!)).toBe(true);
  for (const taker of [a!, b!, c!]) turns.want(taker, false);
  expect([a!, b!, c!].some((taker) => turns.has(taker))).toBe(false);
  expect(log).toEqual([
    'a true', 'a false', 'b true', 'b false', 'a true', 'a false', 'b true',
    'b false', 'a true', 'a false', 'b true', 'b false', 'c true', 'c false',
  ]);
});

const shards: DataSource = { kind: 'shards', url: folder.href };
type Client = ReturnType<typeof join>;

/** Two in one place: the first one waits for the second. */
async function twoClients(): Promise<[Client, Client]> {
  const host = new TrainingHost(loadEngine);
  const first = join(host, shards);
  first.say({ type: 'configure', config: run, run: 0, play: true });
  await first.state('running');
  const second = join(host, shards);
  second.say({ type: 'configure', config: run, run: 0, play: true });
  await second.state('running');
  await first.state('queued');
  return [first, second];
}

test.each<{ what: string; happens: (client: Client) => void }>([
  { what: 'is closed', happens: (client) => client.close() },
  { what: 'pauses', happens: (client) => client.say({ type: 'pause' }) },
  { what: 'diverges', happens: (client) => client.say({ type: 'learning-rate', value: 1e6 }) },
  { what: 'is given other samples, which are not there', happens: (client) => client.say({ type: 'load', source: { kind: 'shards', url: `${folder.href}nowhere/` } }) },
])('of two, one waits for the other, and goes on when that $what', async ({ happens }) => {
  const [first, second] = await twoClients();
  const before = first.heard.length;
  happens(second);
  await first.state('running', before);
  await first.until((message) => message.type === 'report' && message.report.step > 0, before);
  first.close();
  second.close();
});

test('a step of the one that waits acts at once, and it pauses', async () => {
  const [first, second] = await twoClients();
  const before = first.heard.length;
  first.say({ type: 'step' });
  await first.until((message) => message.type === 'report', before);
  await first.state('paused', before);
  const later = second.heard.length;
  await second.until((message) => message.type === 'report', later);
  first.close();
  second.close();
});

test('samples come from files of any kind: addresses and bytes', async () => {
  const bytes = starter();
  const host = new TrainingHost(loadEngine);
  for (const files of [bytes, { ...bytes, 'shard-00.gz': new URL('shard-00.gz', folder).href }]) {
    const client = join(host, { kind: 'files', files });
    client.say({ type: 'configure', config: run, run: 0, play: false });
    await client.state('paused');
    client.say({ type: 'step' });
    const report = await client.until((message) => message.type === 'report' && message.report.step === 1);
    expect(report).toMatchObject({ report: { hash: golden.hashes[1] } });
    client.close();
  }
});
