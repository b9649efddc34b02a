import type { Samples } from './own-data';

/**
 * Gives every feature mean 0 and standard deviation 1 over the training samples, in place; the test samples are moved and scaled
 * alike. A feature that is the same in all training samples becomes 0 there.
 */
export function standardise(train: Samples, test: Samples): void {
  const features = train.x.length / train.labels.length;
  for (let feature = 0; feature < features; feature++) {
    const { mean, deviation } = statistics(column(train, feature, features));
    for (const { x } of [train, test]) {
      for (let i = feature; i < x.length; i += features) x[i] = (x[i]! - mean) / deviation;
    }
  }
}

const column = ({ x, labels }: Samples, feature: number, features: number) => Float32Array.from(labels, (_, i) => x[i * features + feature]!);

function statistics(values: Float32Array): { mean: number; deviation: number } {
  // Not left to the sums, which are rounded: a deviation of nearly nothing would blow the roundings up.
  if (values.every((value) => value === values[0])) return { mean: values[0]!, deviation: 1 };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
