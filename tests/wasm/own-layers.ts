import { Layer, type Parameter, type Tensor } from 'toydl';

// Layers as a user of the package writes them in JavaScript.

const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));

export class Swish extends Layer {
  override forward(x: Tensor) {
    return x.toArray().map((v) => v * sigmoid(v));
  }

  override backward(dy: Tensor, x: Tensor) {
    const v = x.toArray();
    return dy.toArray().map((d, i) => d * (sigmoid(v[i]!) + v[i]! * sigmoid(v[i]!) * (1 - sigmoid(v[i]!))));
  }
}

/** y = x Wᵀ + b, as a student writes it. */
export class MyLinear extends Layer {
  readonly options: { inFeatures: number; outFeatures: number };
  weight!: Parameter;
  bias!: Parameter;

  constructor(options: { inFeatures: number; outFeatures: number }) {
    super();
    this.options = options;
  }

  override build([features]: number[]) {
    const { inFeatures, outFeatures } = this.options;
    if (features !== inFeatures) throw new RangeError(`wants ${inFeatures} features, gets ${features}`);
    this.weight = this.parameter('weight', [outFeatures, inFeatures]);
    this.bias = this.parameter('bias', [outFeatures]);
    return [outFeatures];
  }

  override forward(x: Tensor) {
    const { inFeatures, outFeatures } = this.options;
    const [values, w, b] = [x.toArray(), this.weight.value.toArray(), this.bias.value.toArray()];
    const y = new Float32Array(x.shape[0]! * outFeatures);
    for (let n = 0; n < x.shape[0]!; n++) {
      for (let o = 0; o < outFeatures; o++) {
        let sum = b[o]!;
        for (let i = 0; i < inFeatures; i++) sum += values[n * inFeatures + i]! * w[o * inFeatures + i]!;
        y[n * outFeatures + o] = sum;
      }
    }
    return y;
  }

  override backward(dy: Tensor, x: Tensor) {
    const { inFeatures, outFeatures } = this.options;
    const [d, values, w] = [dy.toArray(), x.toArray(), this.weight.value.toArray()];
    const dx = new Float32Array(values.length);
    const [dw, db] = [new Float32Array(w.length), new Float32Array(outFeatures)];
    for (let n = 0; n < x.shape[0]!; n++) {
      for (let o = 0; o < outFeatures; o++) {
        const along = d[n * outFeatures + o]!;
        db[o]! += along;
        for (let i = 0; i < inFeatures; i++) {
          dw[o * inFeatures + i]! += along * values[n * inFeatures + i]!;
          dx[n * inFeatures + i]! += along * w[o * inFeatures + i]!;
        }
      }
    }
    this.weight.grad.add(dw);
    this.bias.grad.add(db);
    return dx;
  }
}

export class MyReLU extends Layer {
  override forward(x: Tensor) {
    return x.toArray().map((v) => Math.max(0, v));
  }

  override backward(dy: Tensor, _: Tensor, y: Tensor) {
    const values = y.toArray();
    return dy.toArray().map((d, i) => (values[i]! > 0 ? d : 0));
  }
}
