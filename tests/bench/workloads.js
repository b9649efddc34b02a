// What is measured, the same for every library.

/** `flops`: multiplications and additions that training on one sample takes, as papers count them, zeros and all. */
export const workloads = {
  W1: { title: 'MLP 784-50-10, SGD, batch 64', batchSize: 64, flops: 159_800 },
  W2: { title: 'MLP 784-512-256-10, Adam, batch 128', batchSize: 128, flops: 2_407_424 },
  W3: { title: 'CNN 5×5×8, 5×5×16, Adam, batch 64', batchSize: 64, flops: 4_437_440 },
  W4: { title: 'SimpleRNN 28 × 28, hidden 64, Adam, batch 64', batchSize: 64, flops: 868_096 },
  predict: { title: 'W1 predicts batches of 1,000', flops: 79_400 },
  one: { title: 'W1 predicts one image', flops: 79_400 },
};

/** Calls `work`, which returns how many samples it did, for about so many milliseconds. Returns samples per second. */
export async function rate(ms, work) {
  const start = performance.now();
  let samples = 0;
  let now = start;
  while (now - start < ms) {
    samples += await work();
    now = performance.now();
  }
  return samples / (now - start) * 1000;
}
