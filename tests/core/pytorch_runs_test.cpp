#include <toydl/model_config.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <catch_amalgamated.hpp>
#include <cmath>
#include <fstream>
#include <span>
#include <type_traits>

using namespace toydl;

// Whole trainings beside PyTorch's. Floats go astray a little more with every step. Ours may go three times as far from
// PyTorch's double as its own float does. tests/golden/pytorch_runs.py writes PyTorch's losses to pytorch_runs.json.

namespace {

/// Weight i of a parameter, bit for bit as first_weight in pytorch_runs.py, which says what it is.
Scalar first_weight(uint32_t parameter, uint32_t i, Index fan_in) {
  uint32_t h = i + (parameter << 24);
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  h ^= h >> 16;
  const auto whole = static_cast<float>(static_cast<int32_t>(h >> 8) - (1 << 23));
  return whole * static_cast<float>(std::sqrt(3. / static_cast<double>(fan_in)) / (1 << 23));
}

/// Biases, and the weights of normalizations, are as layers begin: 0, and 1.
void set_first_weights(const Parameters& parameters) {
  for (size_t p = 0; p < parameters.size(); ++p) {
    Tensor& weight = parameters[p]->value;
    if (weight.shape().rank() == 1) continue;
    for (Index i = 0; i < weight.size(); ++i) {
      weight[i] = first_weight(static_cast<uint32_t>(p), static_cast<uint32_t>(i), weight.cols());
    }
  }
}

/// The loss of every step. A batch is the next samples of the training set, in order.
std::vector<double> losses_of(const Json& run, const Dataset& train) {
  Model model = model_from({{"layers", run["layers"]}, {"input_shape", {784}}});
  set_first_weights(model.parameters());
  const auto optimizer = make<Optimizer>(run["optimizer"], model.parameters());
  SoftmaxCrossEntropy loss;
  std::vector<double> losses;
  const Index batch = run["batch_size"], steps = run["steps"];
  for (Index step = 0; step < steps; ++step) {
    const auto [x, y] = train.slice(step * batch, batch);
    losses.push_back(loss.forward(model.forward(x), y));
    model.backward(loss.backward());
    optimizer->step();
  }
  return losses;
}

double root_mean_square(std::span<const double> numbers) {
  double sum = 0;
  for (const double number : numbers) sum += number * number;
  return std::sqrt(sum / static_cast<double>(numbers.size()));
}

}  // namespace

TEST_CASE("losses of 300 steps are as near to PyTorch's double as its float's", "[pytorch][models][mnist]") {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("what is measured is what floats cost");
  const auto [train, test] = load_mnist();
  for (const Json& run : Json::parse(std::ifstream(TOYDL_GOLDEN "/pytorch_runs.json"))) {
    const std::vector<double> theirs = run["float_differences"];
    std::vector<double> ours = losses_of(run, train);
    REQUIRE(ours.size() == theirs.size());
    for (size_t i = 0; i < ours.size(); ++i) ours[i] -= run["losses"][i].get<double>();
    const double error = root_mean_square(ours), allowed = 3 * root_mean_square(theirs);
    INFO(run["name"].get<std::string>() << ": " << 3 * error / allowed << " times as far as PyTorch's float");
    CHECK(error <= allowed);
  }
}
