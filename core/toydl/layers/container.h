#pragma once

#include <toydl/chain.h>
#include <toydl/descriptor.h>

namespace toydl {

struct ContainerOptions {
  std::vector<Ref<Layer>> layers;
};

/// What Sequential and Residual have in common: layers, one after the other.
class Container : public Layer {
 public:
  using Options = ContainerOptions;

  std::string describe() const override;
  std::optional<Shape> input_shape() const override { return options_.layers.front()->input_shape(); }
  Parameters parameters() const override { return chain_.parameters(); }
  Parameters buffers() const override { return chain_.buffers(); }
  Index least_batch() const override { return chain_.least_batch(); }
  void visit_state(StateVisitor& state) override { chain_.visit_state(state); }

  const Options& options() const { return options_; }

 protected:
  /// `type` is the name of the container, for the message.
  Container(std::string_view type, Options options);

  Options options_;
  Chain chain_;
};

/// The description of a container.
template <class Derived>
Descriptor<Layer> describe_container(const char* name, const char* doc, std::vector<Example> examples) {
  return describe_as<Layer, Derived>(
      name, doc, {required("layers", &ContainerOptions::layers, "The layers, in their order.")}, std::move(examples));
}

}  // namespace toydl
