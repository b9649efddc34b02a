#include "passes.h"
#include "throws.h"

#include <toydl/gradient_check.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <type_traits>

using namespace toydl;

// Whatever is registered is tested here.

namespace {

/// Runs `test(make_layer, example)` for every example of every layer; `make_layer` makes one that is not built yet.
template <class Test>
void for_each_example(const Test& test) {
  for (const auto& descriptor : registry<Layer>()) {
    REQUIRE(!descriptor.examples.empty());
    for (const auto& example : descriptor.examples) {
      INFO(descriptor.name << example.options << " on samples " << std::string(example.input));
      test([&] { return descriptor.create(example.json()); }, example);
    }
  }
}

/// Some samples of a batch, as a batch of their own.
Tensor rows_of(const Tensor& x, Index first, Index count) {
  const auto size = static_cast<size_t>(x.cols());
  return Tensor(x.shape().sample().batch(count),
                x.values().subspan(static_cast<size_t>(first) * size, static_cast<size_t>(count) * size));
}

/// Everything of a kind can be made with its defaults, says its name, and comes back from its own JSON.
template <class Base, class... Arguments>
void check_round_trip(Arguments... arguments) {
  for (const auto& descriptor : registry<Base>()) {
    INFO(descriptor.name);
    CHECK(!descriptor.doc.empty());
    for (const auto& option : descriptor.options) CHECK(!option.doc.empty());
    Json config{{"type", descriptor.name}};
    if (!descriptor.examples.empty()) config.update(descriptor.examples.front().json());
    const auto object = make<Base>(config, arguments...);
    CHECK(object->type() == descriptor.name);
    const Json written = config_of(*object);
    CHECK(config_of(*make<Base>(written, arguments...)) == written);
    for (const auto& option : descriptor.options) CHECK(written.contains(option.name));
  }
}

}  // namespace

TEST_CASE("everything registered makes a round trip through JSON", "[registry]") {
  check_round_trip<Layer>();
  check_round_trip<Loss>();
  check_round_trip<Metric>();
  check_round_trip<Initializer>();
  check_round_trip<Schedule>();
  check_round_trip<Optimizer>(Parameters{});
}

TEST_CASE("every layer's backward is the derivative of its forward", "[registry][gradient]") {
  // Central differences of floats are coarse; the build for double is the strict one.
  constexpr double tolerance = std::is_same_v<Scalar, double> ? 1e-6 : 5e-2;
  for_each_example([&](const auto& make_layer, const Example& example) {
    GradientCheckReport worst;
    for (uint64_t seed = 0; seed < 20; ++seed) {
      const GradientCheckReport report =
          gradient_check(*make_layer(), example.input, {.seed = seed, .indices = example.indices});
      if (!(report.relative_error <= worst.relative_error)) worst = report;
    }
    INFO("d" << worst.where << "[" << worst.index << "] is " << worst.analytic << ", differences say "
             << worst.numeric);
    CHECK(worst.relative_error < tolerance);
  });
}

TEST_CASE("in evaluation a batch of one gives the same bits as that row of a larger batch, every time", "[registry]") {
  for_each_example([](const auto& make_layer, const Example& example) {
    const auto layer = make_layer();
    Rng rng(1);
    const Shape out = layer->build(example.input, rng);
    const Tensor x = example_batch(example, 5, 2);
    Tensor y(out.batch(5)), again(out.batch(5)), y1(out.batch(1));
    // Running statistics as they are after some training.
    pass_forward(*layer, x, y, Mode::training);
    pass_forward(*layer, x, y);
    pass_forward(*layer, x, again, Mode::evaluation, 7);
    CHECK(same_bits(y, again));
    for (Index row = 0; row < 5; ++row) {
      pass_forward(*layer, rows_of(x, row, 1), y1);
      CHECK(same_bits(y1, rows_of(y, row, 1)));
    }
  });
}

TEST_CASE("gradients of parameters add up, that of x is overwritten, and is optional", "[registry]") {
  for_each_example([](const auto& make_layer, const Example& example) {
    const auto layer = make_layer();
    Rng rng(1);
    const Shape out = layer->build(example.input, rng);
    const Tensor x = example_batch(example, 3, 2), dy = random_tensor(out.batch(3), 3);
    Tensor y(dy.shape()), dx(x.shape()), dx_again(x.shape());
    pass_forward(*layer, x, y, Mode::training);
    layer->backward(x, y, dy, &dx);
    std::vector<Tensor> once;
    for (const auto& parameter : layer->parameters())
      once.emplace_back(parameter->grad.shape(), parameter->grad.values());
    layer->backward(x, y, dy, &dx_again);
    layer->backward(x, y, dy, nullptr);
    CHECK(same_bits(dx, dx_again));
    for (size_t i = 0; i < once.size(); ++i) {
      const auto& grad = layer->parameters()[i]->grad;
      CHECK((grad.array() - 3 * once[i].array()).abs().maxCoeff() < 1e-4);
    }
  });
}

TEST_CASE("batches may shrink and grow from pass to pass", "[registry]") {
  for_each_example([](const auto& make_layer, const Example& example) {
    const auto layer = make_layer(), fresh = make_layer();
    Rng rng(1), same(1);
    const Shape out = layer->build(example.input, rng);
    fresh->build(example.input, same);
    const Tensor x = example_batch(example, 4, 2), dy = random_tensor(out.batch(4), 3);
    const auto gradient_of_x = [&](Layer& used, Index count) {
      const Tensor rows = rows_of(x, 0, count);
      Tensor y(out.batch(count)), dx(rows.shape());
      pass_forward(used, rows, y, Mode::training);
      used.backward(rows, y, rows_of(dy, 0, count), &dx);
      return dx;
    };
    for (const Index count : {Index(4), layer->least_batch(), Index(3)}) gradient_of_x(*layer, count);
    CHECK(same_bits(gradient_of_x(*layer, 2), gradient_of_x(*fresh, 2)));
    CHECK_NOTHROW(gradient_of_x(*layer, 0));
  });
}

TEST_CASE("whatever shape a layer is offered, it is built for it and works, or says by name why not", "[registry]") {
  const std::vector<Shape> shapes{Shape(), {0},    {1},    {4},       {12},      {0, 3},    {3, 0},
                                  {1, 1},  {5, 3}, {3, 6}, {0, 2, 2}, {1, 1, 1}, {2, 1, 5}, {2, 5, 4}};
  for (const auto& descriptor : registry<Layer>()) {
    for (const auto& example : descriptor.examples) {
      std::vector<Shape> offered = shapes;
      offered.push_back(example.input);
      for (const Shape& shape : offered) {
        INFO(descriptor.name << example.options << " on samples " << std::string(shape));
        try {
          Model model({descriptor.create(example.json())}, {.input_shape = shape});
          const Tensor x(shape.batch(2));
          model.backward(Tensor(model.forward(x)));
          model.predict(x);
        } catch (const Error& error) {
          CHECK(shape != example.input);
          CHECK(error.code() == ErrorCode::shape);
          CHECK(std::string(error.what()).starts_with("layer 1 of 1, " + descriptor.name + "("));
        }
      }
    }
  }
}

TEST_CASE("a wrong backward is caught, and its worst entry named", "[gradient]") {
  class Doubled : public Layer {
   public:
    std::string_view type() const override { return "Doubled"; }
    Shape build(const Shape& in, Rng&) override { return in; }
    void forward(const Tensor& x, Tensor& y, const Pass&) override { y.array() = 2 * x.array(); }
    void backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) override {
      dx->array() = 2 * dy.array();
      (*dx)[4] = dy[4];
    }
  };
  Doubled layer;
  const auto report = gradient_check(layer, {3});
  CHECK(report.where == "x");
  CHECK(report.index == 4);
  CHECK(report.relative_error == Catch::Approx(0.5).epsilon(0.01));
}

TEST_CASE("unknown names and wrong options are refused, and the known ones listed", "[registry]") {
  CHECK_FAILS(make<Layer>("Linaer"), option, "there is no layer 'Linaer'; there are ");
  CHECK_FAILS(make<Layer>(Json{{"size", 3}}), option, "\"type\"");
  CHECK_FAILS(make<Layer>(Json{{"type", "Linear"}, {"in_features", 3}}), option,
              "Linear needs the option 'out_features'");
  CHECK_FAILS(make<Layer>(Json{{"type", "ReLU"}, {"slope", 3}}), option, "ReLU has no option 'slope'; it has none");
  const auto linear = [](Json in) {
    return make<Layer>(Json{{"type", "Linear"}, {"in_features", in}, {"out_features", 2}});
  };
  CHECK_FAILS(linear(0), option, "Linear: in_features must be a whole number from 1 to 16777216, it is 0");
  CHECK_FAILS(linear(2.5), option, "it is 2.5");
  CHECK_FAILS(linear("three"), option, "it is \"three\"");
  CHECK_FAILS(linear(nullptr), option, "it is null");
  CHECK_FAILS(Linear(0, 5), option, "Linear: in_features must be");
  CHECK_FAILS(Normal({.std = -1}), option, "Normal: std must be a number from 0 to 1000000, it is -1");
  CHECK_FAILS(
      make<Layer>(Json{{"type", "Linear"}, {"in_features", 1}, {"out_features", 1}, {"weight_initializer", "Hee"}}),
      option, "Linear: there is no initializer 'Hee'");
}

TEST_CASE("the catalogue describes every option", "[registry]") {
  const Json layers = catalogue()["layers"];
  const Json linear = *std::ranges::find_if(layers, [](const Json& layer) { return layer["name"] == "Linear"; });
  CHECK(linear["options"][0]["name"] == "in_features");
  CHECK(linear["options"][0]["required"] == true);
  CHECK(linear["options"][0]["min"] == 1);
  CHECK(linear["options"][2]["default"] == true);
  CHECK(linear["options"][3]["default"]["type"] == "HeNormal");
}
