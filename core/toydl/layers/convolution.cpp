#include <toydl/layers/convolution.h>

namespace toydl {

Convolution::Convolution(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : options_(std::move(options)) {
  options_.in_channels = in_channels;
  options_.out_channels = out_channels;
  options_.kernel_size = kernel_size;
}

Windows Convolution::windows(Index length, const char* dimension) const {
  return Windows::along(length, options_.kernel_size, options_.stride, options_.padding, dimension);
}

void Convolution::build_filters(const Shape& weight, const Patches& geometry, Rng& rng) {
  weight_->build(weight, *options_.weight_initializer, Fans::of(weight), rng);
  if (options_.bias) bias_->build({out_channels()}, *options_.bias_initializer, Fans::of(weight), rng);
  geometry_ = geometry;
  patches_.resize({geometry.depth(), geometry.count()});
  d_patches_.resize(patches_.shape());
}

Parameters Convolution::parameters() const { return options_.bias ? Parameters{weight_, bias_} : Parameters{weight_}; }

}  // namespace toydl
