#pragma once

#include <toydl/clock.h>
#include <toydl/layer.h>

/// A layer with a stopwatch around it.
class Timed : public toydl::Layer {
 public:
  explicit Timed(toydl::Ref<toydl::Layer> layer) : layer_(std::move(layer)) {}

  std::string_view type() const override { return layer_->type(); }
  toydl::Shape build(const toydl::Shape& in, toydl::Rng& rng) override { return layer_->build(in, rng); }
  void forward(const toydl::Tensor& x, toydl::Tensor& y, const toydl::Pass& pass) override {
    const toydl::Stopwatch watch;
    layer_->forward(x, y, pass);
    forward_ms += watch.ms();
  }
  void backward(const toydl::Tensor& x, const toydl::Tensor& y, const toydl::Tensor& dy, toydl::Tensor* dx) override {
    const toydl::Stopwatch watch;
    layer_->backward(x, y, dy, dx);
    backward_ms += watch.ms();
  }
  toydl::Parameters parameters() const override { return layer_->parameters(); }

  double forward_ms = 0;
  double backward_ms = 0;

 private:
  toydl::Ref<toydl::Layer> layer_;
};
