import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };

const cli = process.env.TOYDL_CLI!;
const toydl = (...args: string[]) => spawnSync(cli, args, { encoding: 'utf8' });

test('toydl train ends with the weights of every other machine, and 96.5 % of the test images', () => {
  const { stdout, stderr, status } = toydl('train');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(11);
  for (const [i, line] of lines.slice(0, 10).entries()) {
    expect(line).toMatch(new RegExp(`^epoch +${i + 1}/10  loss \\d\\.\\d{4}  test accuracy \\d\\d\\.\\d\\d %  \\d+ samples/s$`));
  }
  expect(Number(/accuracy ([\d.]+)/.exec(lines[9]!)![1])).toBeGreaterThanOrEqual(96.5);
  expect(lines[10]).toBe(`weights ${golden.hashes[9380]}`);
});

test('threads change no bit; fused arithmetic is another family of bits', () => {
  const hash = (...args: string[]) => /weights (\w+)/.exec(toydl('train', '--epochs', '1', ...args).stdout)?.[1];
  expect(hash('--threads', '2')).toBe(golden.hashes[938]);
  expect(hash('--arithmetic', 'fma', '--threads', '2')).toBe(golden.fma[938]);
  expect(toydl('train', '--threads', '0').stderr).toContain('threads must be 1 to 256, not 0');
  expect(toydl('train', '--arithmetic', 'wrong').stderr).toContain('wrong not in {strict,fma}');
});

test('layers, optimizer and schedule as JSON, named as in JavaScript, are those of the short form', () => {
  const layers = [
    { type: 'Linear', inFeatures: 784, outFeatures: 50 }, { type: 'ReLU' }, { type: 'Linear', inFeatures: 50, outFeatures: 10 }, { type: 'Softmax' },
  ];
  const { stdout } = toydl('train', '--epochs', '1', '--layers', JSON.stringify(layers), '--optimizer', '{"type":"SGD","weightDecay":0}', '--schedule', '{"type":"ConstantSchedule","warmUp":0}');
  expect(stdout).toContain(`weights ${golden.hashes[938]}`);
});

test('on a terminal there is a progress bar', () => {
  const command = `${cli} train --epochs 1 --layers 784,300,10`;
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' });
  expect(stdout).toMatch(/\repoch +1\/1  \[#+\.+\]  loss/);
});

test('--help says all of it', () => {
  const { stdout, status } = toydl('train', '--help');
  expect(status).toBe(0);
  for (const option of ['dataset', 'layers', 'optimizer', 'schedule', 'learning-rate', 'epochs', 'batch-size', 'seed', 'arithmetic', 'threads']) {
    expect(stdout).toContain(`--${option}`);
  }
});

test.each([
  [['train', '--layers', '100,10'], 'takes samples of shape [100], but gets [784]'],
  [['train', '--layers', '784'], 'at least two widths'],
  [['train', '--layers', '784,,10'], "'' is no width"],
  [['train', '--layers', '[{'], 'not JSON'],
  [['train', '--layers', '[{"type": "Linear", "inFeatures": 7, "outFeatures": 10}]'], 'takes samples of shape [7], but gets [784]'],
  [['train', '--optimizer', '{"type": "Adam", "beta": 1}'], "no option 'beta'"],
  [['train', '--schedule', 'Never'], "there is no schedule 'Never'"],
  [['train', '--layers', '784,-5,10'], 'out_features must be a whole number from 1'],
  [['train', '--layers', '784,5'], 'is no class: the prediction has 5 classes'],
  [['train', '--optimizer', 'Sgd'], "there is no optimizer 'Sgd'; there are SGD"],
  [['train', '--learning-rate', '0'], 'learning_rate must be a positive number'],
  [['train', '--learning-rate', '1e6', '--layers', '[{"type": "Linear", "inFeatures": 784, "outFeatures": 50}, {"type": "Linear", "inFeatures": 50, "outFeatures": 10}, "Softmax"]'], 'training diverged'],
  [['train', '--epochs', '0'], 'epochs must be at least 1'],
  [['train', '--batch-size', '-3'], 'batch_size must be at least 1'],
  [['train', '--dataset', '/nowhere'], 'cannot read /nowhere/train-images-idx3-ubyte'],
  [['train', '--seed', 'x'], 'seed'],
  [['train', '--learning-rate', '1e30', '--epochs', '1'], 'learning_rate must be a number from 0 to 1000000'],
  [['fly'], 'subcommand'],
  [[], 'subcommand'],
])('toydl %j fails with a message', (args, message) => {
  const { stdout, stderr, status } = toydl(...args);
  expect(status).not.toBe(0);
  expect(stderr + stdout).toContain(message);
});

test('output that cannot be written is an error', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `${cli} train --epochs 1 --layers 784,10 > /dev/full`], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('could not be written');
});
