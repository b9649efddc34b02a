#include "passes.h"
#include "throws.h"

#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <limits>

using namespace toydl;

namespace {

/// Positive rows with sum 1, which suit losses on probabilities and on logits.
Tensor probabilities(const Shape& shape, uint64_t seed) {
  const Tensor x = random_tensor(shape, seed);
  Tensor p(shape);
  Softmax softmax;
  pass_forward(softmax, x, p);
  return p;
}

/// Whether a loss takes class indices; else it wants a number for every number.
bool means_classes(Loss& loss) {
  try {
    loss.forward(Tensor({1, 2}), Tensor({1}));
    return true;
  } catch (const Error&) {
    return false;
  }
}

const Tensor labels({4}, {2, 0, 1, 2});
const Tensor one_hot({4, 3}, {0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1});

}  // namespace

TEST_CASE("CrossEntropy is the mean of -log of the true class's probability", "[losses]") {
  CrossEntropy loss;
  const Tensor p({2, 2}, {0.25, 0.75, 0.5, 0.5});
  CHECK(loss.forward(p, Tensor({2}, {0, 1})) == Catch::Approx((std::log(4.) + std::log(2.)) / 2));
  const Tensor& d = loss.backward();
  CHECK(d[0] == Catch::Approx(-2));
  CHECK(d[1] == 0);
  CHECK(d[3] == Catch::Approx(-1));
}

TEST_CASE("a probability of zero gives a large loss, but a finite one", "[losses]") {
  CrossEntropy loss;
  CHECK(loss.forward(Tensor({1, 2}, {0, 1}), Tensor({1}, {0})) == Catch::Approx(16.118).epsilon(1e-3));
  CHECK(std::isfinite(loss.backward()[0]));
}

TEST_CASE("class indices and one-hot labels give the same bits, for every loss and metric on classes", "[losses]") {
  const Tensor p = probabilities({4, 3}, 1);
  for (const std::string name : {"CrossEntropy", "SoftmaxCrossEntropy"}) {
    const auto a = make<Loss>(name), b = make<Loss>(name);
    CHECK(a->forward(p, labels) == b->forward(p, one_hot));
    CHECK(same_bits(a->backward(), b->backward()));
  }
  Accuracy a, b;
  a.update(p, labels);
  b.update(p, one_hot);
  CHECK(a.value() == b.value());
}

TEST_CASE("every loss's backward is the derivative of its forward", "[losses][gradient]") {
  const bool strict = std::is_same_v<Scalar, double>;
  const Scalar h = strict ? Scalar(1e-6) : Scalar(3e-3);
  for (const auto& descriptor : registry<Loss>()) {
    INFO(descriptor.name);
    const auto loss = descriptor.create(Json::object());
    Tensor p = probabilities({4, 3}, 2);
    const Tensor& target = means_classes(*loss) ? labels : one_hot;
    loss->forward(p, target);
    const Tensor d(p.shape(), loss->backward().values());
    for (Index i = 0; i < p.size(); ++i) {
      const Scalar value = p[i];
      p[i] = value + h;
      const double high = loss->forward(p, target);
      p[i] = value - h;
      const double low = loss->forward(p, target);
      p[i] = value;
      CHECK(std::abs((high - low) / (2 * h) - d[i]) < (strict ? 1e-7 : 2e-2) * (1 + std::abs(d[i])));
    }
  }
}

TEST_CASE("every time step of a sequence may have its label", "[losses]") {
  const Tensor p = probabilities({4, 3}, 1);
  const Tensor sequences({2, 2, 3}, p.values());
  const Tensor two_labels({2, 2}, labels.values());
  for (const std::string name : {"CrossEntropy", "SoftmaxCrossEntropy"}) {
    const auto a = make<Loss>(name), b = make<Loss>(name);
    CHECK(a->forward(p, labels) == b->forward(sequences, two_labels));
    CHECK(b->backward().shape() == Shape{2, 2, 3});
    CHECK((a->backward().array() == b->backward().array()).all());
  }
  Accuracy a, b;
  a.update(p, labels);
  b.update(sequences, two_labels);
  CHECK(a.value() == b.value());
}

TEST_CASE("losses on numbers take one number for each, and name what does not fit", "[losses]") {
  const Tensor p({2, 1}, {3, -1});
  CHECK(MSE().forward(p, Tensor({2}, {1, 0})) == Catch::Approx(2.5));
  CHECK(MAE().forward(p, Tensor({2}, {1, 0})) == Catch::Approx(1.5));
  const double yes_or_no = std::log(1 + std::exp(-3.)) + std::log(1 + std::exp(-1.));
  CHECK(BinaryCrossEntropy().forward(p, Tensor({2}, {1, 0})) == Catch::Approx(yes_or_no / 2));
  CHECK(BinaryCrossEntropy().forward(Tensor({1, 1}, {-1000}), Tensor({1}, {1})) == 1000);
  CHECK_FAILS(MSE().forward(p, Tensor({3})), shape, "targets of shape [3] do not fit a prediction of shape [2, 1]");
  CHECK_FAILS(MSE().forward(Tensor({0, 3}), Tensor({0, 3})), shape, "the batch is empty");
  CHECK_FAILS(BinaryCrossEntropy().forward(p, Tensor({2}, {1, 2})), label, "target 2 of sample 1 is no probability");
}

TEST_CASE("metrics on numbers, and on more than the likeliest class", "[metrics]") {
  const Tensor p({2, 2}, {3, -1, 0, 2}), t({2, 2}, {1, 0, 0, 0});
  MSEMetric mse;
  MAEMetric mae;
  for (int i = 0; i < 2; ++i) {
    mse.update(p, t);
    mae.update(p, t);
  }
  CHECK(mse.value() == Catch::Approx(9. / 4));
  CHECK(mae.value() == Catch::Approx(5. / 4));
  mse.reset();
  CHECK(mse.value() == 0);

  const Tensor scores({3, 4}, {4, 3, 2, 1, 1, 1, 1, 1, 0, std::numeric_limits<Scalar>::quiet_NaN(), 2, 3});
  const Tensor classes({3}, {1, 2, 1});
  const auto top = [&](Index k) {
    TopK metric({.k = k});
    metric.update(scores, classes);
    return metric.value();
  };
  CHECK(top(1) == 0);
  CHECK(top(2) == Catch::Approx(1. / 3));
  CHECK(top(3) == Catch::Approx(2. / 3));
  CHECK(top(4) == Catch::Approx(2. / 3));  // NaN is no answer
  CHECK_FAILS(TopK({.k = 0}), option, "TopK: k must be");
}

TEST_CASE("ConfusionMatrix counts, and knows precision and recall", "[metrics]") {
  ConfusionMatrix matrix;
  CHECK(matrix.value() == 0);
  matrix.update(Tensor({4, 3}, {1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1}), Tensor({4}, {0, 1, 2, 2}));
  CHECK(matrix.counts()[7] == 1);
  CHECK(matrix.value() == 0.75);
  CHECK(matrix.precision()[1] == 0.5);
  CHECK(matrix.recall()[2] == 0.5);
  CHECK(matrix.details().size() == 3);
  CHECK_FAILS(matrix.update(Tensor({1, 2}), Tensor({1})), shape, "have 2 classes, those before them had 3");
  matrix.reset();
  matrix.update(Tensor({1, 2}, {1, 0}), Tensor({1}, {1}));
  CHECK(matrix.precision()[1] == 0);  // never predicted
  CHECK(matrix.recall()[0] == 0);     // never there
}

TEST_CASE("the fused loss is the same as Softmax and CrossEntropy one after the other", "[losses]") {
  const Tensor x = random_tensor({4, 3}, 3);
  Softmax softmax;
  Tensor p(x.shape()), dx(x.shape());
  pass_forward(softmax, x, p);
  CrossEntropy separate;
  const auto fused = separate.fused_with(softmax);
  REQUIRE(fused);
  CHECK(fused->forward(x, labels) == Catch::Approx(separate.forward(p, labels)));
  softmax.backward(x, p, separate.backward(), &dx);
  CHECK((fused->backward().array() - dx.array()).abs().maxCoeff() < 1e-6);
  CHECK(!separate.fused_with(ReLU()));
}

TEST_CASE("the fused loss stays accurate where probabilities would be 0", "[losses]") {
  SoftmaxCrossEntropy loss;
  CHECK(loss.forward(Tensor({1, 2}, {0, 1000}), Tensor({1}, {0})) == Catch::Approx(1000));
}

TEST_CASE("labels that are no classes are refused, with their place", "[losses]") {
  CrossEntropy loss;
  const Tensor p = probabilities({2, 3}, 1);
  CHECK_FAILS(loss.forward(p, Tensor({2}, {0, 3})), label,
              "label 3 of sample 1 is no class: the prediction has 3 classes");
  CHECK_FAILS(loss.forward(p, Tensor({2}, {-1, 0})), label, "label -1 of sample 0");
  CHECK_FAILS(loss.forward(p, Tensor({2}, {0.5, 0})), label, "label 0.5 of sample 0");
  CHECK_FAILS(loss.forward(p, Tensor({2}, {0, std::numeric_limits<Scalar>::quiet_NaN()})), label,
              "label nan of sample 1");
  CHECK_FAILS(loss.forward(p, Tensor({2, 3}, {1, 0, 0, 0, 1, 1})), label,
              "sample 1 must be a single 1 among zeros; it has 2 ones");
  CHECK_FAILS(loss.forward(p, Tensor({3}, {0, 1, 2})), shape,
              "labels of shape [3] do not fit a prediction of shape [2, 3]");
  CHECK_FAILS(loss.forward(Tensor({6}), Tensor({6})), shape, "do not fit");
  CHECK_FAILS(loss.forward(Tensor({0, 3}), Tensor({0})), shape, "the batch is empty");
}

TEST_CASE("a loss's backward needs its forward", "[losses]") {
  for (const auto& descriptor : registry<Loss>()) {
    INFO(descriptor.name);
    CHECK_FAILS(descriptor.create(Json::object())->backward(), state, "needs its forward before it");
  }
}
