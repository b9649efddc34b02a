#include "passes.h"

#include <toydl/registry.h>
#include <toydl/sum.h>
#include <toydl/toydl.h>

#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>

using namespace toydl;

// Sums are as right when they are long as when they are short. A sum of many equal numbers in float drifts away from their multiple,
// so equal numbers show whether a sum is made in double.

namespace {

constexpr Index many = 300'000;
const Scalar tenth = Scalar(0.1);
/// A few units in the last place of a float; in double, a long sum is rounded at each step.
constexpr double tiny = std::is_same_v<Scalar, float> ? 4 * std::numeric_limits<Scalar>::epsilon() : 1e-9;

Tensor all_equal(const Shape& shape, Scalar value = tenth) {
  Tensor tensor(shape);
  tensor.fill(value);
  return tensor;
}

/// Whether all numbers are `expected`, but for a few units in the last place.
void check_all(const std::string& name, const Tensor& tensor, double expected) {
  const double error = (tensor.array().template cast<double>() - expected).abs().maxCoeff();
  INFO(name << ": one is off by " << error << " from " << expected);
  CHECK(error <= tiny * std::abs(expected));
}

/// y, dx and gradients of one pass, where x and dy are all one tenth.
struct LongPass {
  LongPass(Layer& layer, const Shape& sample, Index batch) : LongPass(layer, all_equal(sample.batch(batch))) {}
  LongPass(Layer& layer, const Tensor& x) : dx(x.shape()) {
    Rng rng(1);
    y = Tensor(layer.build(x.shape().sample(), rng).batch(x.rows()));
    pass_forward(layer, x, y, Mode::training);
    layer.backward(x, y, all_equal(y.shape()), &dx);
  }

  Tensor y, dx;
};

}  // namespace

TEST_CASE("a sum is rounded once, whatever its length and the sizes of its numbers", "[sums]") {
  Rng rng(1, Rng::Stream::data);
  for (const Index count : {1, 7, 1000, 300'000}) {
    Tensor x({count});
    long double exact = 0;
    for (Scalar& value : x.values()) exact += value = std::ldexp(rng.normal(), static_cast<int>(rng.below(20)));
    CHECK(sum(x.array()) == Catch::Approx(static_cast<double>(exact)).epsilon(tiny).margin(1e-10 * count));
  }
  CHECK(sum(all_equal({many}).array()) == Catch::Approx(many * double{tenth}).epsilon(tiny));
}

TEST_CASE("sums of channels add what belongs to each, however it lies in memory", "[sums]") {
  // 3 samples of 11 channels with runs of 5, and channels side by side; 11 is one group of 8 and three more.
  for (const Channels layout : {Channels{3, 11, 5}, Channels{15, 11, 1}}) {
    const Tensor x = random_tensor({165}, 1);
    std::vector<double> expected(11);
    for (Index i = 0; i < 165; ++i) expected[static_cast<size_t>(i / layout.run % 11)] += double{x[i]} * (i % 7);
    Index used = 0;
    sum_channels(
        layout,
        [&](Index i, Index c, Index sample) {
          CHECK(c == i / layout.run % 11);
          CHECK(sample == i / (11 * layout.run));
          return x[i] * static_cast<Scalar>(i % 7);
        },
        [&](Index c, Scalar sum) {
          CHECK(c == used++);
          CHECK(sum == Catch::Approx(expected[static_cast<size_t>(c)]).margin(1e-5));
        });
    CHECK(used == 11);
  }
}

TEST_CASE("BatchNorm over many numbers is as right as over few", "[sums]") {
  // Two numbers, one as often as the other: mean 3.5, variance 0.25.
  Tensor x({256, 1, 28, 28});
  for (Index i = 0; i < x.size(); ++i) x[i] = i % 2 == 0 ? 3 : 4;
  BatchNorm layer;
  LongPass pass(layer, x);
  const double unit = 0.5 / std::sqrt(0.25 + 1e-5);
  for (Index i = 0; i < x.size(); ++i) pass.y[i] *= i % 2 == 0 ? -1 : 1;
  check_all("y", pass.y, unit);
  check_all("running mean", layer.buffers()[0]->value, 0.35);
  check_all("dβ", layer.parameters()[1]->grad, double{tenth} * static_cast<double>(x.size()));
  CHECK(std::abs(layer.parameters()[0]->grad[0]) < 1e-3);
}

TEST_CASE("every layer's long sums are right", "[sums]") {
  const double long_sum = double{tenth} * many;
  SECTION("Linear and PositionalEmbedding add dy over the batch") {
    Linear linear(1, 1);
    LongPass pass(linear, {1}, many);
    check_all("db", linear.parameters()[1]->grad, long_sum);
    PositionalEmbedding positions;
    LongPass other(positions, {1, 1}, many);
    check_all("dW", positions.parameters()[0]->grad, long_sum);
  }
  SECTION("LayerNorm adds over the features, and dy over the rows") {
    LayerNorm wide;
    Tensor x({1, many});
    for (Index i = 0; i < many; ++i) x[i] = i % 2 == 0 ? 3 : 4;
    LongPass pass(wide, x);
    for (Index i = 0; i < many; ++i) pass.y[i] *= i % 2 == 0 ? -1 : 1;
    check_all("y", pass.y, 0.5 / std::sqrt(0.25 + 1e-5));
    LayerNorm narrow;
    LongPass other(narrow, {2}, many);
    check_all("dβ", narrow.parameters()[1]->grad, long_sum);
  }
  SECTION("Softmax of many classes has the sum 1") {
    Softmax softmax;
    LongPass pass(softmax, {many}, 1);
    check_all("y", pass.y, 1. / many);
    SoftmaxCrossEntropy loss;
    CHECK(loss.forward(Tensor({1, many}), Tensor({1})) == Catch::Approx(std::log(double{many})).epsilon(tiny));
  }
  SECTION("pools take means") {
    GlobalAvgPool2D all;
    LongPass pass(all, {1, 500, 600}, 1);
    check_all("y", pass.y, tenth);
    GlobalAvgPool1D time;
    LongPass other(time, {many, 2}, 1);
    check_all("y", other.y, tenth);
    AvgPool2D windows({.size = 400, .stride = 1});
    LongPass large(windows, {1, 402, 411}, 1);
    check_all("y", large.y, tenth);
    // In the middle every window takes part: 3 · 12 of them.
    CHECK(large.dx[200 * 411 + 200] == Catch::Approx(double{tenth} * 36 / 160'000).epsilon(tiny));
  }
  SECTION("MaxPool2D gives one number what many windows found largest") {
    Tensor x({1, 1, 201, 201});
    x[100 * 201 + 100] = 1;
    MaxPool2D pool({.size = 101, .stride = 1});
    LongPass pass(pool, x);
    CHECK(pass.dx[100 * 201 + 100] == Catch::Approx(double{tenth} * 101 * 101).epsilon(tiny));
  }
  SECTION("Embedding adds over all places of an index") {
    Embedding embedding(3, 2);
    Tensor x({1, many});
    x.fill(1);
    LongPass pass(embedding, x);
    check_all("dW[1]", Tensor({2}, {embedding.parameters()[0]->grad[2], embedding.parameters()[0]->grad[3]}), long_sum);
  }
  SECTION("convolutions add dy over places and batch") {
    Conv2D conv(1, 1, 1);
    LongPass pass(conv, {1, 100, 100}, 30);
    check_all("db", conv.parameters()[1]->grad, long_sum);
    Conv1D sequence(1, 1, 1);
    LongPass other(sequence, {many, 1}, 1);
    check_all("db", sequence.parameters()[1]->grad, long_sum);
  }
}

TEST_CASE("losses and metrics of long batches are right", "[sums]") {
  const Tensor p = all_equal({many, 1}), zeros({many, 1});
  const double value = tenth;
  CHECK(MSE().forward(p, zeros) == Catch::Approx(value * value).epsilon(tiny));
  CHECK(MAE().forward(p, zeros) == Catch::Approx(value).epsilon(tiny));
  CHECK(BinaryCrossEntropy().forward(p, zeros) == Catch::Approx(std::log1p(std::exp(value))).epsilon(10 * tiny));
  MSEMetric mse;
  MAEMetric mae;
  mse.update(p, zeros);
  mae.update(p, zeros);
  CHECK(mse.value() == Catch::Approx(value * value).epsilon(1e-10));
  CHECK(mae.value() == Catch::Approx(value).epsilon(1e-10));
  Tensor likely = all_equal({many, 2}, Scalar(0.5));
  CHECK(CrossEntropy().forward(likely, Tensor({many})) == Catch::Approx(std::log(2.)).epsilon(tiny));
}

TEST_CASE("the norm for clipping is right for many gradients", "[sums]") {
  const auto weight = std::make_shared<Parameter>("weight");
  weight->resize({many});
  weight->grad.fill(tenth);
  SGD sgd({weight}, {.learning_rate = 1, .clip_norm = 1});
  sgd.step();
  check_all("w", weight->value, -1 / std::sqrt(double{many}));
}
