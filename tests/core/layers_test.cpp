#include "passes.h"
#include "throws.h"

#include <toydl/toydl.h>

#include <limits>

using namespace toydl;

namespace {

Tensor run(Layer& layer, const Tensor& x) {
  Rng rng(0);
  Tensor y(layer.build(x.shape().sample(), rng).batch(x.rows()));
  pass_forward(layer, x, y);
  return y;
}

}  // namespace

TEST_CASE("Linear multiplies by its weight and adds its bias", "[layers]") {
  Linear linear(3, 2);
  Rng rng(0);
  linear.build({3}, rng);
  std::ranges::copy(std::vector<Scalar>{1, 2, 3, 4, 5, 6}, linear.weight().value.data());
  std::ranges::copy(std::vector<Scalar>{10, 20}, linear.bias().value.data());
  const Tensor x({1, 3}, {1, 0, -1});
  Tensor y({1, 2});
  pass_forward(linear, x, y);
  CHECK(y[0] == 8);
  CHECK(y[1] == 18);
}

TEST_CASE("Linear starts with HeNormal weights and zero biases, or as it was told", "[layers]") {
  Linear linear(500, 100);
  Rng rng(0);
  linear.build({500}, rng);
  CHECK(std::abs(linear.weight().value.array().square().mean() - 2. / 500) < 2e-4);
  CHECK(linear.bias().value.array().abs().maxCoeff() == 0);

  Linear other(3, 2, {.bias = false, .weight_initializer = Zeros()});
  other.build({3}, rng);
  CHECK(other.parameters().size() == 1);
  CHECK(other.weight().value.array().abs().maxCoeff() == 0);
}

TEST_CASE("Linear refuses samples of another shape, and says what to add", "[layers]") {
  Rng rng(0);
  CHECK_FAILS(Linear(50, 10).build({60}, rng), shape,
              "takes samples of shape [50], but gets [60]. Make it Linear(60, 10), or add Linear(60, 50) before it.");
  CHECK_FAILS(Linear(50, 10).build({1, 28, 28}, rng), shape, "Flatten each sample to [784] before it.");
}

TEST_CASE("MaxPool2D lets NaN be seen, wherever in a window it is", "[layers]") {
  for (Index place = 0; place < 4; ++place) {
    MaxPool2D pool(2);
    Rng rng(1);
    pool.build({1, 2, 2}, rng);
    Tensor x({1, 1, 2, 2}, {1, 2, 3, 4}), y({1, 1, 1, 1});
    x[place] = std::numeric_limits<Scalar>::quiet_NaN();
    pool.forward(x, y, {Mode::training, rng});
    CHECK(std::isnan(y[0]));
  }
}

TEST_CASE("ReLU cuts off what is negative and lets NaN be seen", "[layers]") {
  ReLU relu;
  const Tensor y = run(relu, Tensor({1, 4}, {-1, 0, 2, std::numeric_limits<Scalar>::quiet_NaN()}));
  CHECK(y[0] == 0);
  CHECK(y[1] == 0);
  CHECK(y[2] == 2);
  CHECK(std::isnan(y[3]));
}

TEST_CASE("Softmax gives probabilities, also for huge numbers", "[layers]") {
  Softmax softmax;
  const Tensor y = run(softmax, Tensor({2, 3}, {1, 2, 3, 1000, 1000, -1000}));
  CHECK(y[0] == Catch::Approx(0.09003057));
  CHECK(y[1] == Catch::Approx(0.24472847));
  CHECK(y[2] == Catch::Approx(0.66524096));
  CHECK(y[3] == Catch::Approx(0.5));
  CHECK(y[5] == smallest_probability);
}

TEST_CASE("initializers have the moments they promise", "[initializers]") {
  Tensor tensor({200, 300});
  Rng rng(4);
  HeNormal().fill(tensor, {.in = 300, .out = 200}, rng);
  CHECK(std::abs(tensor.array().mean()) < 1e-3);
  CHECK(tensor.array().square().mean() == Catch::Approx(2. / 300).epsilon(0.02));
  Normal({.mean = 3, .std = 0.5}).fill(tensor, {.in = 300, .out = 200}, rng);
  CHECK(tensor.array().mean() == Catch::Approx(3).epsilon(0.005));
  CHECK((tensor.array() - 3).square().mean() == Catch::Approx(0.25).epsilon(0.02));
  Zeros().fill(tensor, {.in = 300, .out = 200}, rng);
  CHECK(tensor.array().abs().maxCoeff() == 0);
}

TEST_CASE("LeakyReLU lets a little of what is negative through", "[layers]") {
  LeakyReLU leaky({.slope = 0.25});
  const Tensor y = run(leaky, Tensor({1, 3}, {-4, 0, 2}));
  CHECK(y[0] == -1);
  CHECK(y[1] == 0);
  CHECK(y[2] == 2);
  CHECK_FAILS(LeakyReLU({.slope = -1}), option, "LeakyReLU: slope must be a number from 0 to 1000000, it is -1");
}

TEST_CASE("Embedding takes the indices it has, and no others", "[layers]") {
  Model model({Embedding(4, 2)}, {.input_shape = Shape{3}});
  CHECK_NOTHROW(model.predict(Tensor({1, 3}, {0, 3, 1})));
  for (const Scalar index : {-1., 4., 0.5, 1e30}) {
    CHECK_FAILS(model.predict(Tensor({2, 3}, {0, 1, 2, 3, index, 0})), label,
                "in sample 1: indices are whole numbers from 0 to 3");
  }
}
