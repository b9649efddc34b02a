#include "clusters.h"
#include "throws.h"

#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace toydl;

// A user's own layer, loss, optimizer and metric in C++; none is registered.

namespace {

/// y = c x, where c is learnt.
class Scale : public Layer {
 public:
  std::string_view type() const override { return "Scale"; }
  Shape build(const Shape& in, Rng& rng) override {
    factor_->build({1}, Ones(), Fans::of({1}), rng);
    return in;
  }
  void forward(const Tensor& x, Tensor& y, const Pass&) override { y.array() = factor_->value[0] * x.array(); }
  void backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) override {
    for (Index i = 0; i < x.size(); ++i) factor_->grad[0] += dy[i] * x[i];
    if (dx != nullptr) dx->array() = factor_->value[0] * dy.array();
  }
  Parameters parameters() const override { return {factor_}; }

 private:
  std::shared_ptr<Parameter> factor_ = std::make_shared<Parameter>("factor");
};

/// Σ (p - one_hot)² / batch
class Brier : public Loss {
 public:
  std::string_view type() const override { return "Brier"; }
  Scalar forward(const Tensor& prediction, const Tensor& target) override {
    d_ = Tensor(prediction.shape(), prediction.values());
    for (Index i = 0; i < prediction.rows(); ++i) d_.matrix()(i, static_cast<Index>(target[i])) -= 1;
    const auto batch = static_cast<Scalar>(prediction.rows());
    const Scalar loss = d_.array().square().sum() / batch;
    d_.array() *= 2 / batch;
    return loss;
  }
  const Tensor& backward() override { return d_; }

 private:
  Tensor d_;
};

class SignSGD : public Optimizer {
 public:
  using Optimizer::Optimizer;
  std::string_view type() const override { return "SignSGD"; }

 protected:
  void update() override {
    for_each_weight([rate = rate()](Scalar& w, Scalar g) { w -= rate * static_cast<Scalar>((g > 0) - (g < 0)); });
  }
};

/// How many samples there were.
class Count : public Metric {
 public:
  std::string_view type() const override { return "Count"; }
  void reset() override { count_ = 0; }
  void update(const Tensor& prediction, const Tensor&) override { count_ += prediction.rows(); }
  double value() const override { return static_cast<double>(count_); }

 private:
  Index count_ = 0;
};

/// Throws what it is told to.
class Fragile : public Layer {
 public:
  std::string_view type() const override { return "Fragile"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass&) override {
    if (broken) throw std::out_of_range("no luck");
    y.array() = x.array();
  }
  void backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) override {
    if (dx != nullptr) dx->array() = dy.array();
  }

  bool broken = false;
};

}  // namespace

TEST_CASE("a user's own layer passes the gradient check", "[user]") {
  Scale scale;
  CHECK(gradient_check(scale, {2, 3}).relative_error < (std::is_same_v<Scalar, double> ? 1e-6 : 1e-2));
  CHECK(scale.parameters()[0]->value.size() == 0);
  const Model model({std::make_shared<Scale>(std::move(scale))}, {.input_shape = Shape{3}});
  CHECK(model.parameters().size() == 1);
  Linear built(3, 2);
  Rng rng(0);
  built.build({3}, rng);
  CHECK_FAILS(gradient_check(built, {3}), state, "Linear(3, 2) already belongs to a model");
  CHECK_FAILS(gradient_check(*std::make_shared<Scale>(), {0}), shape, "needs numbers");
}

TEST_CASE("a user's own layer, loss, optimizer and metric take part in fit, evaluate and the loop by hand", "[user]") {
  const Dataset data = clusters(300);
  const auto layers = [] {
    return std::vector<Ref<Layer>>{Linear(4, 8), Scale(), Residual({Scale(), Tanh()}), Linear(8, 3), Softmax()};
  };
  Model model(layers(), {.seed = 1});
  CHECK(model.parameters().size() == 6);
  SignSGD optimizer(model.parameters(), 0.01);
  const auto metric = std::make_shared<Count>();
  const auto history = model.fit(data, Brier(), optimizer, {.epochs = 5, .batch_size = 16, .metric = metric});
  CHECK(model.evaluate(data, Accuracy()) > 0.98);
  CHECK(model.evaluate(data, *metric) == 300);
  CHECK(history.back().loss < 0.1 * history.front().loss);

  Model other(layers(), {.seed = 1});
  SignSGD other_optimizer(other.parameters(), 0.01);
  Brier loss;
  for (int epoch = 0; epoch < 5; ++epoch) {
    for (const auto& [x, y] : data.batches(16)) {
      loss.forward(other.forward(x), y);
      other.backward(loss.backward());
      other_optimizer.step();
    }
  }
  CHECK(other.evaluate(data, Accuracy()) > 0.98);
}

TEST_CASE("what a user's layer throws comes with its place, and is kept inside; the model goes on", "[user]") {
  const auto fragile = std::make_shared<Fragile>();
  Model model({Linear(4, 3), Sequential({ReLU(), fragile})});
  const Tensor x = random_tensor({2, 4}, 1);
  fragile->broken = true;
  try {
    model.forward(x);
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::user);
    CHECK(std::string(error.what()) ==
          "layer 2 of 2, Sequential(ReLU(), Fragile()), after Linear(4, 3), "
          "layer 2 of 2, Fragile(), after ReLU(), failed: no luck");
    // One nested error for each container.
    const auto unwrap = [](const auto& self, const std::exception& outer) -> bool {
      try {
        std::rethrow_if_nested(outer);
        return dynamic_cast<const std::out_of_range*>(&outer) != nullptr;
      } catch (const std::exception& inner) {
        return self(self, inner);
      }
    };
    CHECK(unwrap(unwrap, error));
  }
  fragile->broken = false;
  CHECK_NOTHROW(model.backward(Tensor(model.forward(x))));
}

TEST_CASE("what is not registered has no JSON, and may have the name of what is", "[user]") {
  class Linear : public Fragile {
    std::string_view type() const override { return "Linear"; }
  };
  CHECK(Linear().describe() == "Linear()");
  CHECK_FAILS(config_of<Layer>(Linear()), option, "the layer Linear is not in the registry");
  CHECK_FAILS(config_of(Model({Scale()})), option, "the layer Scale is not in the registry");
}

TEST_CASE("a model's pass cannot begin another one of the same model", "[user]") {
  class Nosy : public Fragile {
   public:
    void forward(const Tensor& x, Tensor& y, const Pass& pass) override {
      if (model != nullptr) model->predict(Tensor({1, 3}));
      Fragile::forward(x, y, pass);
    }
    Model* model = nullptr;
  };
  const auto nosy = std::make_shared<Nosy>();
  Model model({Linear(3, 3), nosy});
  nosy->model = &model;
  CHECK_FAILS(model.predict(Tensor({2, 3})), state, "cannot begin another one inside it");
  SGD sgd(model.parameters());
  CHECK_FAILS(model.fit(clusters(6), Brier(), sgd), shape, "takes samples of shape [3]");
  nosy->model = nullptr;
  CHECK(model.predict(Tensor({2, 3})).rows() == 2);
}

TEST_CASE("gradients of a backward pass that failed are forgotten", "[user]") {
  class FailsOnce : public Fragile {
   public:
    void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override {
      if (std::exchange(fails, false)) throw std::out_of_range("no luck");
      Fragile::backward(x, y, dy, dx);
    }
    bool fails = true;
  };
  Model model({Linear(2, 2), FailsOnce(), Linear(2, 1)});
  const Tensor x({1, 2}, {1, 1}), dy({1, 1}, {1});
  for (int time = 0; time < 2; ++time) {
    model.forward(x);
    if (time == 0)
      CHECK_FAILS(model.backward(dy), user, "layer 2 of 3, Fragile(), after Linear(2, 2), failed: no luck");
    if (time == 1) model.backward(dy);
  }
  CHECK(model.parameters()[3]->grad[0] == 1);
}

TEST_CASE("NaN is the worst gradient of all", "[user][gradient]") {
  class NotANumber : public Fragile {
    void backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) override {
      dx->array() = dy.array();
      (*dx)[1] = std::nan("");
    }
  };
  NotANumber layer;
  const auto report = gradient_check(layer, {3});
  CHECK(report.index == 1);
  CHECK(std::isnan(report.relative_error));
}
