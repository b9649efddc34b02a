#include "passes.h"
#include "throws.h"

#include <toydl/toydl.h>

#include <cmath>
#include <limits>

using namespace toydl;

// Layers that behave otherwise in training.

TEST_CASE("Dropout drops the share it is told, keeps the mean, and does nothing in evaluation", "[modes]") {
  Dropout dropout(0.3);
  Rng rng(1);
  const Shape shape = dropout.build({1000}, rng);
  Tensor x(shape.batch(20)), y(x.shape()), dx(x.shape());
  x.fill(1);
  pass_forward(dropout, x, y, Mode::training);
  const double dropped = (y.array() == 0).cast<double>().mean();
  CHECK(dropped == Catch::Approx(0.3).epsilon(0.03));
  CHECK(y.array().maxCoeff() == Catch::Approx(1 / 0.7));
  CHECK(y.array().mean() == Catch::Approx(1).epsilon(0.02));
  dropout.backward(x, y, x, &dx);
  CHECK(same_bits(dx, y));
  pass_forward(dropout, x, y);
  CHECK(same_bits(x, y));
  dropout.backward(x, y, x, &dx);
  CHECK(same_bits(dx, x));
}

TEST_CASE("Dropout draws another mask in each pass of a model, the same for the same seed", "[modes]") {
  const Tensor x({1, 100}, std::vector<Scalar>(100, 1));
  const auto outputs = [&](uint64_t seed) {
    Model model({Dropout(0.5)}, {.seed = seed, .input_shape = Shape{100}});
    const Tensor first(model.forward(x)), second(model.forward(x));
    CHECK(!same_bits(first, second));
    return second;
  };
  CHECK(same_bits(outputs(1), outputs(1)));
  CHECK(!same_bits(outputs(1), outputs(2)));
  // A mask draws nothing from what the weights are drawn from.
  CHECK(Model({Dropout(0.5), Linear(4, 3)}, {.seed = 1, .input_shape = Shape{4}}).hash() ==
        Model({Linear(4, 3)}, {.seed = 1}).hash());
}

TEST_CASE("BatchNorm normalises a batch in training, and uses what it has gathered in evaluation", "[modes]") {
  Model model({BatchNorm({.momentum = 0.5})}, {.input_shape = Shape{2}});
  const std::string before = model.hash();
  const Tensor x({4, 2}, {1, 10, 2, 20, 3, 30, 4, 40});
  const Tensor& y = model.forward(x);
  for (Index c = 0; c < 2; ++c) {
    CHECK(std::abs(y.matrix().col(c).mean()) < 1e-5);
    CHECK(y.matrix().col(c).squaredNorm() / 4 == Catch::Approx(1).epsilon(1e-4));
  }
  REQUIRE(model.buffers().size() == 2);
  CHECK(model.buffers()[0]->value[1] == Catch::Approx(12.5));
  CHECK(model.buffers()[1]->value[0] == Catch::Approx(0.5 + 0.5 * 5. / 3));
  // What was gathered belongs to the state that the hash shows.
  CHECK(model.hash() != before);
  const Tensor z = model.predict(x);
  CHECK(z[0] == Catch::Approx((1 - 1.25) / std::sqrt(0.5 + 0.5 * 5. / 3 + 1e-5)));
  // A batch of one has no variance to train with.
  const Tensor one({1, 2}, {5, 6});
  CHECK_FAILS(model.forward(one), shape,
              "layer 1 of 1, BatchNorm(momentum 0.5) needs at least 2 numbers of each feature or channel");
  CHECK(model.predict(one).size() == 2);
}

TEST_CASE("a batch that is out of bounds does not spoil what BatchNorm has gathered", "[modes]") {
  Model model({BatchNorm()}, {.input_shape = Shape{1}});
  const std::string before = model.hash();
  const Tensor huge({2, 1}, {std::numeric_limits<Scalar>::max(), std::numeric_limits<Scalar>::lowest()});
  model.forward(huge);
  CHECK(model.hash() == before);
}
