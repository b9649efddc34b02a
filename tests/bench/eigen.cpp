#include "eigen.h"

#include <toydl/clock.h>
#include <toydl/io/mnist.h>

#include <Eigen/Core>
#include <cmath>

using toydl::Index;

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// What is learnt, with the two means of Adam.
struct Learnt {
  explicit Learnt(Matrix first) : value(std::move(first)), grad(Matrix::Zero(value.rows(), value.cols())) {
    mean = square = grad;
  }
  Matrix value, grad, mean, square;

  void step(bool adam, int t) {
    if (!adam) {
      value -= 0.1f * grad;
      return;
    }
    const float rate = 0.001f / (1 - std::pow(0.9f, t)), root = 1 / std::sqrt(1 - std::pow(0.999f, t));
    mean = 0.9f * mean + 0.1f * grad;
    square.array() = 0.999f * square.array() + 0.001f * grad.array().square();
    value.array() -= rate * mean.array() / (root * square.array().sqrt() + 1e-8f);
  }
};

struct Dense {
  Dense(Index in, Index out) : weight(Matrix::Random(out, in) * std::sqrt(2.0f / in)), bias(Matrix::Zero(1, out)) {}
  Learnt weight, bias;
  Matrix y, dy;
};

}  // namespace

double train_with_eigen(const std::vector<Index>& widths, Index batch_size, bool adam, double ms) {
  const toydl::Mnist mnist = toydl::load_mnist();
  std::vector<Dense> layers;
  for (size_t i = 0; i + 1 < widths.size(); ++i) layers.emplace_back(widths[i], widths[i + 1]);
  Index steps = 0;
  toydl::Batch batch;
  std::vector<uint32_t> samples(static_cast<size_t>(batch_size));

  const auto step = [&] {
    for (size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<uint32_t>((steps * batch_size + i) % 60'000);
    mnist.train.gather(samples, batch);
    ++steps;
    const auto x = batch.x.matrix();
    for (size_t i = 0; i < layers.size(); ++i) {
      Dense& layer = layers[i];
      layer.y.resize(batch_size, widths[i + 1]);
      if (i == 0)
        layer.y.noalias() = x * layer.weight.value.transpose();
      else
        layer.y.noalias() = layers[i - 1].y * layer.weight.value.transpose();
      layer.y.rowwise() += layer.bias.value.row(0);
      if (i + 1 < layers.size()) layer.y = layer.y.cwiseMax(0.0f);
    }
    Dense& last = layers.back();
    last.dy = (last.y.colwise() - last.y.rowwise().maxCoeff()).array().exp();
    last.dy = (last.dy.array().colwise() / last.dy.rowwise().sum().array()).matrix();
    for (Index i = 0; i < batch_size; ++i) last.dy(i, static_cast<Index>(batch.y[i])) -= 1;
    last.dy /= static_cast<float>(batch_size);
    for (size_t i = layers.size(); i-- > 0;) {
      Dense& layer = layers[i];
      if (i == 0)
        layer.weight.grad.noalias() = layer.dy.transpose() * x;
      else
        layer.weight.grad.noalias() = layer.dy.transpose() * layers[i - 1].y;
      layer.bias.grad = layer.dy.colwise().sum();
      if (i > 0) {
        layers[i - 1].dy.noalias() = layer.dy * layer.weight.value;
        layers[i - 1].dy = (layers[i - 1].y.array() > 0).select(layers[i - 1].dy, 0.0f);
      }
    }
    for (Dense& layer : layers) {
      layer.weight.step(adam, static_cast<int>(steps));
      layer.bias.step(adam, static_cast<int>(steps));
    }
  };

  const toydl::Stopwatch warming;
  while (warming.ms() < ms / 4) step();
  const Index before = steps;
  const toydl::Stopwatch watch;
  while (watch.ms() < ms) step();
  return static_cast<double>((steps - before) * batch_size) / watch.ms() * 1000;
}
