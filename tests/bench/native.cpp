#include "eigen.h"
#include "timed.h"

#include <toydl/clock.h>
#include <toydl/kernel.h>
#include <toydl/parallel.h>
#include <toydl/toydl.h>

#ifdef __FMA__
#include <immintrin.h>
#endif
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

// The benchmark's workloads natively, one in each run of the program, for it takes turns with those in browsers:
//
//     toydl_bench W1 strict 1 500         samples per second, for half a second, with one thread
//     toydl_bench profile-W3 fma 1 2000   where the time goes
//     toydl_bench peak - 1 50             GFLOP/s of 128-bit fused multiply-adds on registers

using namespace toydl;

namespace {

struct Workload {
  std::vector<Ref<Layer>> layers;
  Index batch_size;
  bool adam;
};

/// The layers but the last, Softmax.
Workload workload(const std::string& name) {
  if (name == "W1") return {{Linear(784, 50), ReLU(), Linear(50, 10)}, 64, false};
  if (name == "W2") return {{Linear(784, 512), ReLU(), Linear(512, 256), ReLU(), Linear(256, 10)}, 128, true};
  if (name == "W3") {
    return {{Reshape(Shape{1, 28, 28}), Conv2D(1, 8, 5, {.padding = Padding::same}), ReLU(), MaxPool2D(2),
             Conv2D(8, 16, 5, {.padding = Padding::same}), ReLU(), MaxPool2D(2), Flatten(), Linear(784, 10)},
            64,
            true};
  }
  if (name == "W4") return {{Reshape(Shape{28, 28}), SimpleRNN(28, 64), Linear(64, 10)}, 64, true};
  throw Error(ErrorCode::option, concat("there is no workload ", name));
}

std::unique_ptr<Optimizer> optimizer_of(const Workload& workload, const Model& model) {
  if (workload.adam) return std::make_unique<Adam>(model.parameters());
  return std::make_unique<SGD>(model.parameters(), SGD::Options{.learning_rate = 0.1});
}

/// Things done per second, after some time to get warm.
double rate(double ms, const std::function<Index()>& work) {
  const Stopwatch warming;
  while (warming.ms() < ms / 4) work();
  Index done = 0;
  const Stopwatch watch;
  while (watch.ms() < ms) done += work();
  return static_cast<double>(done) / watch.ms() * 1000;
}

double training(const std::string& name, double ms) {
  Workload w = workload(name);
  const Mnist mnist = load_mnist();
  w.layers.push_back(Softmax());
  Model model(w.layers, {.seed = 1, .input_shape = Shape{784}});
  const auto optimizer = optimizer_of(w, model);
  CrossEntropy loss;
  Trainer trainer(model, mnist.train, loss, *optimizer, {.epochs = 1'000'000, .batch_size = w.batch_size});
  return rate(ms, [&] {
    trainer.advance(5);
    return trainer.take_report().samples;
  });
}

double prediction(Index batch_size, double ms) {
  Workload w = workload("W1");
  w.layers.push_back(Softmax());
  Model model(w.layers, {.seed = 1});
  const Batch batch = load_mnist().test.slice(0, batch_size);
  return rate(ms, [&] { return model.predict(batch.x).rows(); });
}

/// Prints what share of a step each layer and phase takes.
void profile(const std::string& name, double ms) {
  const Workload w = workload(name);
  const Mnist mnist = load_mnist();
  std::vector<Ref<Layer>> layers;
  std::vector<std::shared_ptr<Timed>> timed;
  for (const auto& layer : w.layers) {
    timed.push_back(std::make_shared<Timed>(layer));
    layers.push_back(timed.back());
  }
  Model model(layers, {.seed = 1, .input_shape = Shape{784}});
  const auto optimizer = optimizer_of(w, model);
  SoftmaxCrossEntropy loss;
  double gather = 0, loss_ms = 0, step = 0;
  Index steps = 0;
  const Stopwatch all;
  while (all.ms() < ms) {
    Stopwatch watch;
    const Batch batch = mnist.train.slice(steps * w.batch_size % 50'000, w.batch_size);
    gather += watch.ms();
    const Tensor& prediction = model.forward(batch.x);
    watch = {};
    loss.forward(prediction, batch.y);
    const Tensor& d = loss.backward();
    loss_ms += watch.ms();
    model.backward(d);
    watch = {};
    optimizer->step();
    step += watch.ms();
    ++steps;
  }
  const double total = all.ms();
  const auto print = [&](const std::string& what, double part) {
    std::printf("  %-52s %8.1f µs  %5.1f %%\n", what.c_str(), 1000 * part / static_cast<double>(steps),
                100 * part / total);
  };
  double known = gather + loss_ms + step;
  print("gather the batch", gather);
  for (size_t i = 0; i < timed.size(); ++i) {
    print(w.layers[i]->describe() + " forward", timed[i]->forward_ms);
    print(w.layers[i]->describe() + " backward", timed[i]->backward_ms);
    known += timed[i]->forward_ms + timed[i]->backward_ms;
  }
  print("softmax and loss", loss_ms);
  print("optimizer", step);
  print("the rest", total - known);
}

#ifdef __FMA__

/// Nothing but fused multiply-adds on registers of 128 bits: what WebAssembly could do at most.
double peak(double ms) {
  constexpr int chains = 10, rounds = 10'000;
  __m128 sums[chains] = {};
  // Not known to the compiler, so that it cannot compute the sums beforehand.
  volatile float a = 0.999f, b = 0.001f;
  const __m128 factor = _mm_set1_ps(a), summand = _mm_set1_ps(b);
  const double done = rate(ms, [&]() -> Index {
    __m128 s[chains];
    std::copy_n(sums, chains, s);
    for (int n = 0; n < rounds; ++n) {
#pragma GCC unroll 10
      for (int i = 0; i < chains; ++i) s[i] = _mm_fmadd_ps(s[i], factor, summand);
    }
    std::copy_n(s, chains, sums);
    return rounds;
  });
  float total = 0;
  for (const __m128& sum : sums) total += _mm_cvtss_f32(sum);
  return total > 0 ? done * chains * 8 / 1e9 : 0;
}

#else

double peak(double) { throw Error(ErrorCode::unsupported, "the peak is known for processors with x86's FMA alone"); }

#endif

double measure(const std::string& name, double ms) {
  if (name == "peak") return peak(ms);
  if (name == "predict") return prediction(1000, ms);
  if (name == "one") return prediction(1, ms);
  if (name == "eigen-W1") return train_with_eigen({784, 50, 10}, 64, false, ms);
  if (name == "eigen-W2") return train_with_eigen({784, 512, 256, 10}, 128, true, ms);
  return training(name, ms);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 5) throw Error(ErrorCode::option, "wants a workload, strict or fma, threads and milliseconds");
    const std::string name = argv[1];
    if (std::string(argv[2]) == "fma") use_arithmetic(Arithmetic::fma);
    set_threads(std::stol(argv[3]));
    const double ms = std::stod(argv[4]);
    if (name.starts_with("profile-")) {
      profile(name.substr(8), ms);
    } else {
      std::printf("%.6g\n", measure(name, ms));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "toydl_bench: %s\n", error.what());
    return 1;
  }
}
