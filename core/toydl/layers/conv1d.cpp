#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/conv1d.h>

namespace toydl {

Conv1D::Conv1D(Options options) : Convolution(std::move(options)) { check_options(*this); }

Conv1D::Conv1D(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : Convolution(in_channels, out_channels, kernel_size, std::move(options)) {
  check_options(*this);
}

Shape Conv1D::build(const Shape& in, Rng& rng) {
  if (in.rank() != 2 || in[1] != options_.in_channels) {
    const std::string fix =
        in.rank() == 2 ? concat(" Make it Conv1D(", in[1], ", ", out_channels(), ", ", options_.kernel_size, ").") : "";
    throw Error(ErrorCode::shape,
                concat("takes sequences of shape [time, ", options_.in_channels, "], but gets ", in, ".", fix));
  }
  const Windows times = windows(in[0], "time");
  const Windows one{.length = 1, .size = 1, .stride = 1, .before = 0, .count = 1};
  build_filters({out_channels(), in[1], options_.kernel_size}, one, times, {.channel = 1, .row = 0, .col = in[1]},
                {.channel = 1, .row = 0, .col = out_channels()}, rng);
  return {times.count, out_channels()};
}

Descriptor<Layer> Conv1D::descriptor() {
  return describe_convolution<Conv1D>(
      "Conv1D", "Slides filters along a sequence.",
      {{.options = R"({"in_channels": 2, "out_channels": 3, "kernel_size": 3})", .input = {6, 2}},
       {.options = R"({"in_channels": 3, "out_channels": 2, "kernel_size": 4, "stride": 2, "padding": "same"})",
        .input = {7, 3}},
       {.options = R"({"in_channels": 2, "out_channels": 4, "kernel_size": 2, "stride": 3, "bias": false})",
        .input = {7, 2}}});
}

}  // namespace toydl
