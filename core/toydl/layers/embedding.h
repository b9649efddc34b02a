#pragma once

#include <toydl/initializers/normal.h>
#include <toydl/layer.h>

namespace toydl {

struct EmbeddingOptions {
  Index count = 1;
  Index features = 1;
  Ref<const Initializer> weight_initializer = Normal({.std = 1});
};

/// A table that has a vector for every index, for words or letters: the vectors are learnt.
///
///     y  = W[x]                 x [batch, time], whole numbers from 0; W [count, features]; y [batch, time, features]
///     dW[i] = Σ dy              over the places where x is i
///     dx = 0                    indices have no derivative
///
/// Samples may also be single indices: x [batch], y [batch, features]. Y. Bengio et al., "A Neural Probabilistic Language
/// Model", 2003.
class Embedding : public Layer {
 public:
  using Options = EmbeddingOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Embedding(Options options);
  Embedding(Index count, Index features, Options options = {});

  std::string_view type() const override { return "Embedding"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return {weight_}; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  /// The index at a position of x. @throws Error(label) if it is none
  Index index_at(const Tensor& x, Index position) const;

  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::vector<std::pair<Index, Index>> places_;  // the indices of a batch, in order, each with its position in x
};

}  // namespace toydl
