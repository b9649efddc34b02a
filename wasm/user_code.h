#pragma once

#include <toydl/error.h>
#include <toydl/initializer.h>
#include <toydl/layer.h>
#include <toydl/loss.h>
#include <toydl/metric.h>
#include <toydl/optimizer.h>

#include <emscripten/val.h>
#include <memory>
#include <string>
#include <utility>

// Layers, losses, optimizers, initializers and metrics that a user writes in JavaScript, as the library sees them. Behind each
// stands an object of src/user-code.ts, whose methods never throw, for an exception would skip the library's destructors:
// in place of a result they return the message of an error as a string.

namespace toydl::wasm {

/// An object of JavaScript's with the name of its class.
class UserObject {
 public:
  UserObject(emscripten::val object, std::string type) : object_(std::move(object)), type_(std::move(type)) {}

  const std::string& type() const { return type_; }

  /// @throws Error(user) if the method failed; src/ then throws what the user's code threw
  template <class... Arguments>
  emscripten::val call(const char* method, Arguments&&... arguments) const {
    const emscripten::val result = object_.call<emscripten::val>(method, std::forward<Arguments>(arguments)...);
    if (result.isString())
      throw Error(ErrorCode::user, concat(type_, ".", method, " failed: ", result.as<std::string>()));
    return result;
  }

 private:
  emscripten::val object_;
  std::string type_;
};

class UserLayer : public Layer {
 public:
  explicit UserLayer(UserObject object) : object_(std::move(object)) {}

  std::string_view type() const override { return object_.type(); }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return parameters_; }

 private:
  UserObject object_;
  Parameters parameters_;
};

class UserLoss : public Loss {
 public:
  explicit UserLoss(UserObject object) : object_(std::move(object)) {}

  std::string_view type() const override { return object_.type(); }
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;

 private:
  UserObject object_;
  Tensor d_prediction_;
};

class UserOptimizer : public Optimizer {
 public:
  UserOptimizer(UserObject object, Parameters parameters, double learning_rate)
      : Optimizer(std::move(parameters), learning_rate), object_(std::move(object)) {}

  std::string_view type() const override { return object_.type(); }

 protected:
  void update() override { object_.call("update"); }

 private:
  UserObject object_;
};

class UserInitializer : public Initializer {
 public:
  explicit UserInitializer(UserObject object) : object_(std::move(object)) {}

  std::string_view type() const override { return object_.type(); }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

 private:
  UserObject object_;
};

class UserMetric : public Metric {
 public:
  explicit UserMetric(UserObject object) : object_(std::move(object)) {}

  std::string_view type() const override { return object_.type(); }
  void reset() override { object_.call("reset"); }
  void update(const Tensor& prediction, const Tensor& target) override;
  double value() const override { return object_.call("value").as<double>(); }

 private:
  UserObject object_;
};

}  // namespace toydl::wasm
