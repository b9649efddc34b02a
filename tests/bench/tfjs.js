// The same networks in TensorFlow.js with its WebAssembly backend, on one thread. Its batches are tensors beforehand, which costs it
// nothing while the clock runs.
import { rate } from './rate.js';

function layersOf(tf, name) {
  const dense = (units, activation, inputShape) => tf.layers.dense({ units, activation, ...(inputShape && { inputShape }) });
  const conv = (filters, inputShape) =>
    tf.layers.conv2d({ filters, kernelSize: 5, padding: 'same', activation: 'relu', ...(inputShape && { inputShape }) });
  const pool = () => tf.layers.maxPooling2d({ poolSize: 2 });
  switch (name) {
    case 'W2': return [dense(512, 'relu', [784]), dense(256, 'relu'), dense(10, 'softmax')];
    case 'W3': return [conv(8, [28, 28, 1]), pool(), conv(16), pool(), tf.layers.flatten(), dense(10, 'softmax')];
    case 'W4': return [tf.layers.simpleRNN({ units: 64, inputShape: [28, 28] }), dense(10, 'softmax')];
    default: return [dense(50, 'relu', [784]), dense(10, 'softmax')];
  }
}
const shapes = { W3: [28, 28, 1], W4: [28, 28] };

/** `images`: floats, 784 for each of the labels. */
export async function start(tf, wasmFolder, { images, labels }) {
  tf.wasm.setThreadsCount(1);
  tf.wasm.setWasmPaths(wasmFolder);
  await tf.setBackend('wasm');
  await tf.ready();
  const batch = (name, size, n) => {
    const first = n * size;
    return {
      x: tf.tensor(images.subarray(first * 784, (first + size) * 784), [size, ...(shapes[name] ?? [784])]),
      y: tf.oneHot(tf.tensor1d(labels.subarray(first, first + size), 'int32'), 10),
    };
  };

  function work({ name, optimizer, batchSize }) {
    const model = tf.sequential({ layers: layersOf(tf, name) });
    if (!optimizer) {
      const { x } = batch(name, batchSize, 0);
      return () => {
        const y = model.predictOnBatch(x);
        y.dataSync();
        y.dispose();
        return batchSize;
      };
    }
    model.compile({ optimizer: optimizer.type === 'SGD' ? tf.train.sgd(0.1) : tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
    const batches = Array.from({ length: Math.floor(labels.length / batchSize) }, (_, n) => batch(name, batchSize, n));
    let n = 0;
    return async () => {
      const { x, y } = batches[n++ % batches.length];
      await model.trainOnBatch(x, y);
      return batchSize;
    };
  }

  const works = {};
  return { measure: (workload, ms) => rate(ms, (works[workload.name] ??= work(workload))) };
}
