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
  const double largest = -std::log(double{std::numeric_limits<Scalar>::min()});
  CHECK(loss.forward(Tensor({1, 2}, {0, 1}), Tensor({1}, {0})) == Catch::Approx(largest));
  CHECK(std::isfinite(loss.backward()[0]));
}

TEST_CASE("CrossEntropy's gradient through Softmax is right for logits up to ±1e4", "[losses]") {
  for (const Scalar size : {Scalar(1), Scalar(40), Scalar(88), Scalar(200), Scalar(1e4)}) {
    INFO("logits ±" << size);
    const Tensor x({2, 2}, {-size, size, size, -size}), target({2}, {0, 0});
    Softmax softmax;
    CrossEntropy loss;
    SoftmaxCrossEntropy fused;
    Tensor p(x.shape()), dx(x.shape());
    pass_forward(softmax, x, p);
    loss.forward(p, target);
    softmax.backward(x, p, loss.backward(), &dx);
    fused.forward(x, target);
    CHECK((dx.array() - fused.backward().array()).abs().maxCoeff() < 1e-6);
    // The first sample is as wrong as can be: half a batch's gradient is 1 / 2.
    const double wrong = 1 / (1 + std::exp(-2. * size));
    CHECK(dx[0] == Catch::Approx(-wrong / 2));
    CHECK(dx[1] == Catch::Approx(wrong / 2));
  }
}

TEST_CASE("CrossEntropy refuses what is no probabilities, and says what to do", "[losses]") {
  CrossEntropy loss;
  const auto forward = [&](Scalar a, Scalar b) { return loss.forward(Tensor({1, 2}, {a, b}), Tensor({1}, {0})); };
  CHECK_FAILS(forward(12, 13), option,
              "the numbers of sample 0 add up to 25, and the least of them is 12. End the model with a Softmax");
  CHECK_FAILS(forward(Scalar(1.5), Scalar(-0.5)), option, "the least of them is -0.5");
  CHECK_FAILS(forward(Scalar(0.5), Scalar(0.4)), option, "add up to 0.9");
  CHECK_FAILS(forward(std::numeric_limits<Scalar>::infinity(), 0), option, "add up to inf");
  CHECK(forward(Scalar(0.5), Scalar(0.4995)) == Catch::Approx(std::log(2.)));
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(forward(nan, 1)));
  CHECK(std::isnan(forward(1, nan)));
}

TEST_CASE("labels may be uncertain, smoothed or ignored, in a batch or in time", "[losses]") {
  const Tensor p = probabilities({4, 3}, 1), x = random_tensor({4, 3}, 2);
  const Tensor uncertain({4, 3}, {0.5, 0.25, 0.25, 1, 0, 0, 0, 0.75, 0.25, 0.125, 0.125, 0.75});
  const Tensor ignoring({4}, {2, -100, 1, -100});
  for (const std::string name : {"CrossEntropy", "SoftmaxCrossEntropy"}) {
    INFO(name);
    const auto loss = make<Loss>(name), smooth = make<Loss>(Json{{"type", name}, {"label_smoothing", 0.25}});
    const Tensor& prediction = name == "CrossEntropy" ? p : x;
    CHECK(loss->forward(prediction, uncertain) > 0);
    // t = 3/4 · one-hot + 1/4 · 1/3 each
    Tensor smoothed(one_hot.shape());
    smoothed.array() = Scalar(0.75) * one_hot.array() + Scalar(0.25) / 3;
    CHECK(smooth->forward(prediction, labels) == Catch::Approx(loss->forward(prediction, smoothed)));
    CHECK((smooth->backward().array() - loss->backward().array()).abs().maxCoeff() < 1e-6);

    const double value = loss->forward(prediction, ignoring);
    const Tensor d(prediction.shape(), loss->backward().values());
    CHECK((d.matrix().row(1).array() == 0).all());
    Tensor two({2, 3});
    two.matrix().row(0) = prediction.matrix().row(0);
    two.matrix().row(1) = prediction.matrix().row(2);
    CHECK(loss->forward(two, Tensor({2}, {2, 1})) == Catch::Approx(value));
    CHECK((loss->backward().matrix().row(1).array() == d.matrix().row(2).array()).all());
    CHECK_FAILS(loss->forward(prediction, Tensor({4}, {-100, -100, -100, -100})), label,
                "every label of the batch is -100, the one to ignore");
    CHECK_FAILS(loss->forward(prediction, Tensor({4, 3}, {1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0})), label,
                "the label of sample 0 has a number for each class");
    CHECK_FAILS(make<Loss>(Json{{"type", name}, {"label_smoothing", 1.5}}), option,
                "label_smoothing must be a number from 0 to 1");
  }
  const auto other = make<Loss>(Json{{"type", "CrossEntropy"}, {"ignore_index", 1}});
  CHECK(other->forward(p, labels) == Catch::Approx(-(log(p[2]) + log(p[3]) + log(p[11])) / 3));
}

TEST_CASE("metrics on classes leave out samples to ignore, and take uncertain labels by their likeliest class",
          "[metrics]") {
  const Tensor p({3, 2}, {1, 0, 0, 1, 0, 1});
  for (const std::string name : {"Accuracy", "TopK", "ConfusionMatrix"}) {
    INFO(name);
    Json config{{"type", name}};
    if (name == "TopK") config["k"] = 1;
    const auto metric = make<Metric>(config);
    metric->update(p, Tensor({3}, {0, 0, -100}));
    CHECK(metric->value() == 0.5);
    metric->reset();
    metric->update(p, Tensor({3, 2}, {0.75, 0.25, 0.75, 0.25, 0, 1}));
    CHECK(metric->value() == Catch::Approx(2. / 3));
  }
}

TEST_CASE("a prediction with NaN in it is never right", "[metrics]") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  const Tensor p({3, 2}, {nan, nan, 0, nan, nan, 1});
  for (const std::string name : {"Accuracy", "TopK", "ConfusionMatrix"}) {
    INFO(name);
    const auto metric = make<Metric>(name);
    metric->update(p, Tensor({3}, {0, 0, 1}));
    CHECK(metric->value() == 0);
  }
  BinaryAccuracy binary;
  binary.update(p, Tensor({3, 2}, {0, 1, 0, 0, 1, 1}));
  CHECK(binary.value() == Catch::Approx(1. / 6));  // the last number alone is right, for 0 says yes
}

TEST_CASE("BinaryAccuracy counts answers, or samples whose answers are all right", "[metrics]") {
  const Tensor logits({2, 2}, {3, -1, 0, -2}), target({2, 2}, {1, 0, 0, 0});
  BinaryAccuracy each, exact({.exact_match = true}), half({.threshold = 0.5});
  for (Metric* metric : {static_cast<Metric*>(&each), static_cast<Metric*>(&exact)}) metric->update(logits, target);
  CHECK(each.value() == 0.75);
  CHECK(exact.value() == 0.5);
  // One answer for a sample, [n] or [n, 1], of probabilities.
  half.update(Tensor({4}, {0.5, 0.25, 0.75, 1}), Tensor({4}, {1, 0, 0, 1}));
  half.update(Tensor({2, 1}, {0.5, 0.25}), Tensor({2}, {1, 1}));
  CHECK(half.value() == Catch::Approx(4. / 6));
  CHECK_FAILS(each.update(logits, Tensor({2, 2}, {1, 0, 0.5, 0})), label,
              "target 0.5 of sample 1 is neither 1, yes, nor 0, no");
}

TEST_CASE("ConfusionMatrix counts beyond what a float can", "[metrics]") {
  ConfusionMatrix matrix;
  const Index many = 1 << 20;
  const Tensor p({many, 1}), target({many});
  for (int i = 0; i < 17; ++i) matrix.update(p, target);
  CHECK(matrix.counts()[0] == 17. * many);
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
  // Probabilities stay such within 1e-3 of their sum.
  const Scalar h = strict ? Scalar(1e-6) : Scalar(5e-4);
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
  CHECK(fused->forward(x, p, labels) == Catch::Approx(separate.forward(p, labels)));
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
  CHECK_FAILS(
      loss.forward(p, Tensor({2, 3}, {1, 0, 0, 0, 1, 1})), label,
      "the label of sample 1 has a number for each class, so they must be probabilities: a single 1 among zeros, or "
      "numbers from 0 to 1; but their sum is 2");
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
