#include "clusters.h"
#include "throws.h"

#include <toydl/io/safetensors.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <limits>

using namespace toydl;

namespace {

using Bytes = std::vector<uint8_t>;

/// In training adds the same normal number everywhere. It draws one number at a time, and these are made in pairs.
class Noise : public Layer {
 public:
  std::string_view type() const override { return "Noise"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override {
    y.array() = x.array() + (pass.training() ? Scalar(0.1) * pass.rng.normal() : 0);
  }
  void backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) override { dx->array() = dy.array(); }
};

std::vector<Ref<Layer>> layers(Index width = 8) {
  return {Linear(4, width), BatchNorm(),      Dropout(0.2), Residual({Linear(width, width), Tanh()}),
          Noise(),          Linear(width, 3), Softmax()};
}

/// A run of 3 epochs of 8 steps, in the course of which the learning rate is changed.
struct Run {
  struct Options {
    Index width = 8;
    uint64_t seed = 5;
    Index batch_size = 7;
  };

  Run(const Dataset& data, const std::string& type, Options options)
      : model(layers(options.width), {.seed = options.seed}),
        optimizer(make<Optimizer>({{"type", type},
                                   {"clip_norm", 1},
                                   {"weight_decay", 0.01},
                                   {"schedule", {{"type", "CosineSchedule"}, {"steps", 24}, {"warm_up", 3}}}},
                                  model.parameters())),
        trainer(model, data, loss, *optimizer,
                {.epochs = 3, .batch_size = options.batch_size, .metric = std::make_shared<Accuracy>()}) {}
  explicit Run(const Dataset& data, const std::string& type = "Adam") : Run(data, type, Options{}) {}

  /// Trains up to this step.
  void train_to(Index step) {
    while (trainer.steps_done() < step && trainer.step()) {
      if (trainer.steps_done() == 4) optimizer->set_learning_rate(0.03);
      const TrainerReport now = trainer.take_report();
      const TrainerReport& epoch = trainer.epoch_report();
      reports.push_back({static_cast<double>(now.step), now.loss(), now.metric(), static_cast<double>(epoch.samples),
                         epoch.loss(), epoch.metric()});
    }
  }

  Model model;
  CrossEntropy loss;
  std::shared_ptr<Optimizer> optimizer;
  Trainer trainer;
  std::vector<std::vector<double>> reports;  // of each step
};

constexpr Index total = 24;

/// Remembers things of every kind.
class Stubborn : public Optimizer {
 public:
  explicit Stubborn(Parameters parameters) : Optimizer(std::move(parameters), 0.1), last_(zeros()) {}

  std::string_view type() const override { return "Stubborn"; }
  void visit_state(StateVisitor& state) override {
    Optimizer::visit_state(state);
    state.for_each_parameter("last", parameters(), last_);
    state.number("best", best_);
    state.number("sum", sum_);
    state.integer("even", even_);
  }

 protected:
  void update() override {
    if (steps_done() > 2) best_ = std::min(best_, double{parameters()[0]->grad[0]});
    sum_ += double{parameters()[0]->grad[0]} / 3;
    even_ = !even_;
    const auto formula = [rate = rate() / (even_ ? 1 : 2)](Scalar& w, Scalar g, Scalar& last) {
      w -= rate * (g + last);
      last = g;
    };
    for_each_weight(formula, last_);
  }

 private:
  std::vector<Tensor> last_;
  double best_ = std::numeric_limits<double>::infinity(), sum_ = 0;
  bool even_ = false;
};

}  // namespace

TEST_CASE("with every optimizer, a run that is restored goes on to the same bits and reports", "[checkpoint]") {
  const Dataset data = clusters(52);
  for (const auto& descriptor : registry<Optimizer>()) {
    INFO(descriptor.name);
    Run whole(data, descriptor.name);
    whole.train_to(total);
    REQUIRE(whole.trainer.done());
    for (const Index stop : {0, 1, 3, 8, 11, 16, 24}) {
      INFO("saved after step " << stop);
      Run saved(data, descriptor.name);
      saved.train_to(stop);
      const Bytes checkpoint = save_checkpoint(saved.trainer);
      saved.train_to(total);
      CHECK(saved.model.hash() == whole.model.hash());

      Run restored(data, descriptor.name);
      restore_checkpoint(restored.trainer, checkpoint);
      CHECK(restored.trainer.steps_done() == stop);
      CHECK(restored.optimizer->steps_done() == stop);
      CHECK(save_checkpoint(restored.trainer) == checkpoint);
      restored.train_to(total);
      CHECK(restored.model.hash() == whole.model.hash());
      CHECK(restored.reports == decltype(restored.reports)(whole.reports.begin() + stop, whole.reports.end()));
    }
  }
}

TEST_CASE("a trainer goes back to where it was, and forgets what came after", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run run(data);
  run.train_to(5);
  const Bytes checkpoint = save_checkpoint(run.trainer);
  run.train_to(total);
  const std::string end = run.model.hash();
  const Batch first = data.slice(0, 2);
  run.model.forward(first.x);
  run.model.backward(Tensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  run.model.forward(first.x);
  restore_checkpoint(run.trainer, checkpoint);
  CHECK(!run.trainer.has_batch());
  CHECK_FAILS(run.model.output(0), state, "took no part in a pass yet");
  CHECK_FAILS(run.model.backward(Tensor({2, 3})), state, "backward needs a forward pass just before it");
  run.train_to(total);
  CHECK(run.model.hash() == end);
}

TEST_CASE("tensors of a checkpoint are named as in PyTorch, in containers too", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run run(data);
  const Bytes checkpoint = save_checkpoint(run.trainer);
  std::vector<std::string> names;
  for (const auto& [name, entry] : parse_safetensors(checkpoint).tensors) {
    if (!name.starts_with("optimizer.")) names.push_back(name);
  }
  CHECK(names == std::vector<std::string>{"0.bias", "0.weight", "1.bias", "1.running_mean", "1.running_var", "1.weight",
                                          "3.0.bias", "3.0.weight", "5.bias", "5.weight"});
  CHECK(parse_safetensors(checkpoint).tensors.at("optimizer.mean.3.0.weight").shape == Shape{8, 8});
}

TEST_CASE("equal names in one layer stay apart", "[checkpoint]") {
  class Twins : public Noise {
   public:
    Shape build(const Shape& in, Rng& rng) override {
      first->build({2}, Zeros(), Fans::of({2}), rng);
      second->build({3}, Ones(), Fans::of({3}), rng);
      return in;
    }
    Parameters parameters() const override { return {first, second}; }
    std::shared_ptr<Parameter> first = std::make_shared<Parameter>("weight");
    std::shared_ptr<Parameter> second = std::make_shared<Parameter>("weight");
  };
  const Dataset data = clusters(52);
  Model model({Linear(4, 3), Twins()});
  Momentum optimizer(model.parameters());
  SoftmaxCrossEntropy loss;
  Trainer trainer(model, data, loss, optimizer);
  const Bytes checkpoint = save_checkpoint(trainer);
  const Safetensors file = parse_safetensors(checkpoint);
  CHECK(file.tensors.at("1.weight").shape == Shape{2});
  CHECK(file.tensors.at("1.weight#2").shape == Shape{3});
  CHECK(file.tensors.at("optimizer.velocity.1.weight#2").shape == Shape{3});
  CHECK_NOTHROW(restore_checkpoint(trainer, checkpoint));
}

TEST_CASE("a user's own optimizer is saved with what it shows", "[checkpoint][user]") {
  const Dataset data = clusters(52);
  struct OwnRun {
    explicit OwnRun(const Dataset& data) : trainer(model, data, loss, optimizer, {.epochs = 2, .batch_size = 7}) {}
    Model model{{Linear(4, 3), Softmax()}};
    CrossEntropy loss;
    Stubborn optimizer{model.parameters()};
    Trainer trainer;
  };
  for (const int stop : {0, 1, 6}) {
    OwnRun saved(data), restored(data);
    for (int step = 0; step < stop; ++step) saved.trainer.step();
    restore_checkpoint(restored.trainer, save_checkpoint(saved.trainer));
    while (saved.trainer.step()) restored.trainer.step();
    CHECK(save_checkpoint(saved.trainer) == save_checkpoint(restored.trainer));
  }
}

TEST_CASE("the caller's text comes back", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run run(data);
  const std::string about = std::string("{\"layers\": [784, 10], \"ü\": \"\n") + '\0' + "\"}";
  CHECK(checkpoint_about(save_checkpoint(run.trainer, about)) == about);
  CHECK(checkpoint_about(save_checkpoint(run.trainer)).empty());
}

TEST_CASE("a checkpoint of another run says of which, and changes nothing", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run adam(data);
  adam.train_to(9);
  const Bytes checkpoint = save_checkpoint(adam.trainer);
  const auto refused = [&](Run& run, ErrorCode code, const std::string& message) {
    const Bytes before = save_checkpoint(run.trainer);
    CHECK_THROWS_MATCHES(restore_checkpoint(run.trainer, checkpoint), Error, FailsWith(code, message));
    CHECK(save_checkpoint(run.trainer) == before);
  };
  Run sgd(data, "SGD"), adamw(data, "AdamW");
  refused(sgd, ErrorCode::format, "whose optimizer is Adam; here it is SGD");
  refused(adamw, ErrorCode::format, "whose optimizer is Adam; here it is AdamW");
  Run wide(data, "Adam", {.width = 9});
  refused(wide, ErrorCode::shape, "the tensor '0.weight' is [8, 4] in the checkpoint, and [9, 4] here");
  Run seeded(data, "Adam", {.seed = 6});
  refused(seeded, ErrorCode::format, "whose seed is 5; here it is 6");
  Run batches(data, "Adam", {.batch_size = 8});
  refused(batches, ErrorCode::format, "whose batch size is 7; here it is 8");
  const Dataset more = clusters(51);
  Run other_data(more);
  refused(other_data, ErrorCode::format, "whose data set size is 52; here it is 51");

  const auto refused_by = [&](std::vector<Ref<Layer>> layers, const std::string& message) {
    Model model(std::move(layers), {.seed = 5});
    Adam optimizer(model.parameters());
    SoftmaxCrossEntropy loss;
    Trainer trainer(model, data, loss, optimizer, {.epochs = 3, .batch_size = 7});
    const Bytes before = save_checkpoint(trainer);
    CHECK_FAILS(restore_checkpoint(trainer, checkpoint), format, message);
    CHECK(save_checkpoint(trainer) == before);
  };
  refused_by({Linear(4, 8), BatchNorm()}, "has a tensor '3.0.bias', which there is not here: it is of another model");
  refused_by({Linear(4, 8), BatchNorm(), Linear(8, 3)}, "has no tensor '2.weight': it is of another model");

  const Tensor tensor({1}, {1});
  CHECK_FAILS(restore_checkpoint(adam.trainer, write_safetensors({{"w", &tensor}}, {})), format,
              "a safetensors file, but not a checkpoint");
  CHECK_FAILS(checkpoint_about(write_safetensors({}, {{"toydl_checkpoint", "2"}})), format, "another version");
}

TEST_CASE("damaged checkpoints are refused, or make sense, and change nothing where they are refused", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run run(data);
  run.train_to(11);
  const Bytes good = save_checkpoint(run.trainer, "about");
  const Bytes state = save_checkpoint(run.trainer);
  const auto is_refused = [&](std::span<const uint8_t> damaged) {
    try {
      restore_checkpoint(run.trainer, damaged);
    } catch (const Error& error) {
      INFO(error.what());
      CHECK((error.code() == ErrorCode::format || error.code() == ErrorCode::shape));
      CHECK(save_checkpoint(run.trainer) == state);
      return true;
    }
    run.trainer.step();
    restore_checkpoint(run.trainer, good);
    return false;
  };
  for (size_t length = 0; length < good.size(); length += length < 64 ? 1 : 13) {
    INFO("cut to " << length << " bytes");
    CHECK(is_refused(std::span(good).first(length)));
  }
  Bytes longer = good;
  longer.push_back(0);
  CHECK(is_refused(longer));

  const size_t header = 8 + static_cast<size_t>(good[0] | good[1] << 8);
  REQUIRE(good[2] == 0);
  Rng rng(1, Rng::Stream::data);
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {
    Bytes damaged = good;
    for (uint32_t flips = 1 + rng.below(3); flips > 0; --flips) {
      // Some bits, or another character of those that there are.
      uint8_t& byte = damaged[rng.below(static_cast<uint32_t>(header))];
      byte = rng.below(2) == 0 ? static_cast<uint8_t>(byte ^ (1 + rng.below(255)))
                               : good[8 + rng.below(static_cast<uint32_t>(header - 8))];
    }
    refused += is_refused(damaged);
  }
  CHECK(refused > 3000);
  CHECK(refused < 5000);
}

TEST_CASE("numbers that make no sense in a checkpoint are named", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run run(data);
  const Bytes good = save_checkpoint(run.trainer);
  const auto with = [&](const std::string& name, const std::string& text) {
    auto metadata = parse_safetensors(good).metadata;
    REQUIRE(metadata.contains(name));
    metadata[name] = text;
    std::vector<Tensor> tensors;
    std::vector<std::string> names;
    for (const auto& [tensor_name, entry] : parse_safetensors(good).tensors) {
      copy_numbers(entry, tensors.emplace_back(entry.shape));
      names.push_back(tensor_name);
    }
    std::vector<NamedTensor> named;
    for (size_t i = 0; i < tensors.size(); ++i) named.emplace_back(names[i], &tensors[i]);
    return write_safetensors(named, metadata);
  };
  CHECK_NOTHROW(restore_checkpoint(run.trainer, with("step", "24")));
  CHECK(run.trainer.done());
  const auto refused = [&](const std::string& name, const std::string& text) {
    CHECK_FAILS(restore_checkpoint(run.trainer, with(name, text)), format,
                concat("'", name, "' cannot be '", text, "'"));
  };
  for (const char* step : {"", "-1", "3.5", "12x", " 12", "9223372036854775807", "18446744073709551615", "1e3"})
    refused("step", step);
  refused("random.has_spare", "2");
  refused("random.spare", "nan");
  for (const char* rate : {"0", "-0.1", "nan", "inf", "-1e300", "1e999", "", "true", "[0.1]"})
    refused("optimizer.learning_rate", rate);
  refused("optimizer.learning_rate", std::string(100, '['));
  refused("optimizer.beta1_power", "1.5");
  refused("arithmetic", "one");
  CHECK_FAILS(restore_checkpoint(run.trainer, with("arithmetic", "2")), format,
              "was made with arithmetic 2, and this version of ToyDL has arithmetic 1: it needs a newer one");
}

TEST_CASE("a run that an older version began says so for ever", "[checkpoint]") {
  const Dataset data = clusters(52);
  Run run(data);
  const Bytes now = save_checkpoint(run.trainer);
  CHECK(parse_safetensors(now).metadata.at("arithmetic") == std::to_string(arithmetic_version));
  // As 0.1.0 saved it: it did not say which.
  auto metadata = parse_safetensors(now).metadata;
  metadata.erase("arithmetic");
  std::vector<Tensor> tensors;
  std::vector<NamedTensor> named;
  const Safetensors file = parse_safetensors(now);
  tensors.reserve(file.tensors.size());
  for (const auto& [name, entry] : file.tensors) {
    copy_numbers(entry, tensors.emplace_back(entry.shape));
    named.emplace_back(name, &tensors.back());
  }
  const Bytes old = write_safetensors(named, metadata);
  restore_checkpoint(run.trainer, old);
  CHECK(run.trainer.arithmetic() == 0);
  CHECK(run.trainer.step());
  CHECK(parse_safetensors(save_checkpoint(run.trainer)).metadata.at("arithmetic") == "0");
  restore_checkpoint(run.trainer, now);
  CHECK(run.trainer.arithmetic() == arithmetic_version);
}

TEST_CASE("nothing is saved or restored in the middle of a step", "[checkpoint]") {
  class Nosy : public Noise {
   public:
    void forward(const Tensor& x, Tensor& y, const Pass& pass) override {
      if (trainer != nullptr) save_checkpoint(*trainer);
      Noise::forward(x, y, pass);
    }
    Trainer* trainer = nullptr;
  };
  const Dataset data = clusters(52);
  const auto nosy = std::make_shared<Nosy>();
  Model model({Linear(4, 3), nosy});
  SGD sgd(model.parameters());
  SoftmaxCrossEntropy loss;
  Trainer trainer(model, data, loss, sgd);
  nosy->trainer = &trainer;
  CHECK_FAILS(trainer.step(), state, "the model is in a pass already");
  nosy->trainer = nullptr;
  CHECK(trainer.step());
}
