#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/conv2d.h>

namespace toydl {

Conv2D::Conv2D(Options options) : Convolution(std::move(options)) { check_options(*this); }

Conv2D::Conv2D(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : Convolution(in_channels, out_channels, kernel_size, std::move(options)) {
  check_options(*this);
}

Shape Conv2D::build(const Shape& in, Rng& rng) {
  if (in.rank() != 3 || in[0] != options_.in_channels) {
    const std::string fix =
        in.rank() == 3 ? concat("Make it Conv2D(", in[0], ", ", out_channels(), ", ", options_.kernel_size, ").")
                       : concat("Reshape each sample to an image before it.");
    throw Error(ErrorCode::shape,
                concat("takes images of shape [", options_.in_channels, ", height, width], but gets ", in, ". ", fix));
  }
  const Windows rows = windows(in[1], "height"), cols = windows(in[2], "width");
  build_filters({out_channels(), in[0], options_.kernel_size, options_.kernel_size}, rows, cols,
                {.channel = in[1] * in[2], .row = in[2], .col = 1},
                {.channel = rows.count * cols.count, .row = cols.count, .col = 1}, rng);
  return {out_channels(), rows.count, cols.count};
}

Descriptor<Layer> Conv2D::descriptor() {
  return describe_convolution<Conv2D>(
      "Conv2D", "Slides filters over an image.",
      {{.options = R"({"in_channels": 2, "out_channels": 3, "kernel_size": 3})", .input = {2, 5, 4}},
       {.options = R"({"in_channels": 1, "out_channels": 2, "kernel_size": 4, "padding": "same"})", .input = {1, 5, 6}},
       {.options =
            R"({"in_channels": 3, "out_channels": 2, "kernel_size": 3, "stride": 2, "padding": "same", "bias": false})",
        .input = {3, 6, 7}},
       {.options = R"({"in_channels": 1, "out_channels": 2, "kernel_size": 2, "stride": 3})", .input = {1, 7, 6}}});
}

}  // namespace toydl
