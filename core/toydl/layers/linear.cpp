#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/gemm.h>
#include <toydl/layers/linear.h>
#include <toydl/rows.h>

namespace toydl {

Linear::Linear(Options options) : options_(std::move(options)) { check_options(*this); }

Linear::Linear(Index in_features, Index out_features, Options options) : options_(std::move(options)) {
  options_.in_features = in_features;
  options_.out_features = out_features;
  check_options(*this);
}

Shape Linear::build(const Shape& in, Rng& rng) {
  if (in.rank() == 0 || in.back() != options_.in_features) {
    const std::string fix = in.rank() == 1
                                ? concat("Make it Linear(", in[0], ", ", options_.out_features, "), or add Linear(",
                                         in[0], ", ", options_.in_features, ") before it")
                                : concat("Flatten each sample to [", in.size(), "] before it");
    throw Error(ErrorCode::shape,
                concat("takes samples of shape [", options_.in_features, "], but gets ", in, ". ", fix, "."));
  }
  const Shape weight{options_.out_features, options_.in_features};
  weight_->build(weight, *options_.weight_initializer, Fans::of(weight), rng);
  if (options_.bias) bias_->build({options_.out_features}, *options_.bias_initializer, Fans::of(weight), rng);
  return in.with_last(options_.out_features);
}

void Linear::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = x Wᵀ + b
  multiply(MatrixView::rows_of(x), MatrixView(weight_->value).transposed(), MatrixTarget::rows_of(y));
  if (options_.bias) add_to_rows(bias_->value, y);
}

void Linear::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const MatrixView d = MatrixView::rows_of(dy);
  // dW += dyᵀ x
  multiply_add(d.transposed(), MatrixView::rows_of(x), weight_->grad);
  // db += Σ dy
  if (options_.bias) add_sum_of_rows(dy, bias_->grad);
  // dx = dy W
  if (dx != nullptr) multiply(d, weight_->value, MatrixTarget::rows_of(*dx));
}

Parameters Linear::parameters() const { return options_.bias ? Parameters{weight_, bias_} : Parameters{weight_}; }

Descriptor<Layer> Linear::descriptor() {
  return describe_as<Layer, Linear>(
      "Linear", "A fully connected layer: y = x Wᵀ + b.",
      {
          required("in_features", &Options::in_features, "Features of one sample of x.", {.min = 1, .max = 1 << 24}),
          required("out_features", &Options::out_features, "Features of one sample of y.", {.min = 1, .max = 1 << 24}),
          option("bias", &Options::bias, "Whether to add b."),
          option("weight_initializer", &Options::weight_initializer, "First values of the weight [out, in]."),
          option("bias_initializer", &Options::bias_initializer, "First values of the bias [out]."),
      },
      {{.options = R"({"in_features": 5, "out_features": 3})", .input = {5}},
       {.options = R"({"in_features": 4, "out_features": 7, "bias": false})", .input = {4}},
       {.options = R"({"in_features": 3, "out_features": 2})", .input = {4, 3}}});
}

}  // namespace toydl
