// The four networks that are measured, the same for every library; and how ToyDL trains them and predicts with them. Runs in
// Node and in a page.

/** Operations (an addition or a multiplication) that training takes for each sample, as issues and papers count them. */
export const workloads = {
  W1: { title: 'MLP 784-50-10, SGD, batch 64', batchSize: 64, flops: 159_800 },
  W2: { title: 'MLP 784-512-256-10, Adam, batch 128', batchSize: 128, flops: 2_407_424 },
  W3: { title: 'CNN 5×5×8, 5×5×16, Adam, batch 64', batchSize: 64, flops: 4_437_440 },
  W4: { title: 'SimpleRNN 28 × 28, hidden 64, Adam, batch 64', batchSize: 64, flops: 868_096 },
};

/** The layers of a workload, the last one without its Softmax, and what makes its optimizer. */
function build(toydl, name) {
  const { Linear, ReLU, Conv2D, MaxPool2D, Flatten, SimpleRNN, Reshape, Softmax, SGD, Adam } = toydl;
  const adam = (parameters) => new Adam(parameters, { learningRate: 0.001 });
  switch (name) {
    case 'W1': return {
      layers: [new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()],
      optimizer: (parameters) => new SGD(parameters, { learningRate: 0.1 }),
    };
    case 'W2': return {
      layers: [new Linear(784, 512), new ReLU(), new Linear(512, 256), new ReLU(), new Linear(256, 10), new Softmax()],
      optimizer: adam,
    };
    case 'W3': return {
      layers: [
        new Reshape([1, 28, 28]), new Conv2D(1, 8, 5, { padding: 'same' }), new ReLU(), new MaxPool2D(2),
        new Conv2D(8, 16, 5, { padding: 'same' }), new ReLU(), new MaxPool2D(2), new Flatten(), new Linear(784, 10), new Softmax(),
      ],
      optimizer: adam,
    };
    case 'W4': return {
      layers: [new Reshape([28, 28]), new SimpleRNN(28, 64), new Linear(64, 10), new Softmax()],
      optimizer: adam,
    };
  }
}

/** Returns a function that trains for about so many milliseconds and tells samples per second. */
export function training(toydl, dataset, name) {
  const { layers, optimizer } = build(toydl, name);
  const model = new toydl.Model(layers, { seed: 1, inputShape: [784] });
  const trainer = new toydl.Trainer(model, dataset, new toydl.CrossEntropy(), optimizer(model.parameters()), {
    epochs: 1_000_000, batchSize: workloads[name].batchSize,
  });
  return (ms) => {
    const start = performance.now();
    let samples = 0;
    let now = start;
    // Short slices, as a page takes them: V8 puts better code in place only between calls.
    while (now - start < ms) {
      trainer.advance(5);
      samples += trainer.takeReport().samples;
      now = performance.now();
    }
    return samples / (now - start) * 1000;
  };
}

/** Returns a function that predicts batches for so long and tells samples per second. */
export function prediction(toydl, dataset, name, batchSize) {
  const { layers } = build(toydl, name);
  const model = new toydl.Model(layers, { seed: 1, inputShape: [784] });
  const { x } = dataset.slice(0, batchSize);
  return (ms) => {
    const start = performance.now();
    let samples = 0;
    let now = start;
    while (now - start < ms) {
      model.predict(x).dispose();
      samples += batchSize;
      now = performance.now();
    }
    return samples / (now - start) * 1000;
  };
}
