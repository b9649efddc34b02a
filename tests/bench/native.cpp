#include "eigen.h"
#include "timed.h"

#include <cli/config.h>
#include <toydl/clock.h>
#include <toydl/kernel.h>
#include <toydl/parallel.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#ifdef __FMA__
#include <immintrin.h>
#endif
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

// One workload of the benchmark in each run of the program, for it takes turns with those in browsers. Workloads are the JSON of
// workloads.json:
//
//     toydl_bench speed '{"layers": [{"type": …' strict 1 500      samples per second, for half a second, with one thread
//     toydl_bench profile '{"layers": [{"type": …' fma 1 2000      where the time goes
//     toydl_bench eigen '{"layers": [{"type": …' strict 1 500      samples per second of the same layers, if linear, by Eigen
//     toydl_bench peak - strict 1 50                               GFLOP/s of 128-bit fused multiply-adds on registers

using namespace toydl;

namespace {

std::vector<Ref<Layer>> layers_of(const Json& workload) {
  std::vector<Ref<Layer>> layers;
  for (const Json& layer : workload.at("layers")) layers.push_back(make<Layer>(layer));
  return layers;
}

std::shared_ptr<Optimizer> optimizer_of(const Json& workload, const Model& model) {
  return make<Optimizer>(workload.at("optimizer"), model.parameters());
}

Index batch_size_of(const Json& workload) { return workload.at("batch_size").get<Index>(); }

/// Things done per second, after some time to get warm.
double rate(double ms, const std::function<Index()>& work) {
  const Stopwatch warming;
  while (warming.ms() < ms / 4) work();
  Index done = 0;
  const Stopwatch watch;
  while (watch.ms() < ms) done += work();
  return static_cast<double>(done) / watch.ms() * 1000;
}

double training(const Json& workload, double ms) {
  const Mnist mnist = load_mnist();
  Model model(layers_of(workload), {.seed = 1, .input_shape = Shape{784}});
  const auto optimizer = optimizer_of(workload, model);
  CrossEntropy loss;
  Trainer trainer(model, mnist.train, loss, *optimizer,
                  {.epochs = 1'000'000, .batch_size = batch_size_of(workload)});
  return rate(ms, [&] {
    trainer.advance(5);
    return trainer.take_report().samples;
  });
}

double prediction(const Json& workload, double ms) {
  Model model(layers_of(workload), {.seed = 1, .input_shape = Shape{784}});
  const Batch batch = load_mnist().test.slice(0, batch_size_of(workload));
  return rate(ms, [&] { return model.predict(batch.x).rows(); });
}

double speed(const Json& workload, double ms) {
  return workload.contains("optimizer") ? training(workload, ms) : prediction(workload, ms);
}

double speed_of_eigen(const Json& workload, double ms) {
  std::vector<Index> widths{784};
  for (const Json& layer : workload.at("layers")) {
    if (layer.at("type") == "Linear") widths.push_back(layer.at("out_features").get<Index>());
  }
  return train_with_eigen(widths, batch_size_of(workload), workload.at("optimizer").at("type") == "Adam", ms);
}

/// Prints what share of a step each layer and phase takes.
void profile(const Json& workload, double ms) {
  std::vector<Ref<Layer>> untimed = layers_of(workload);
  // The last one, Softmax, is computed with the loss.
  untimed.pop_back();
  const Index batch_size = batch_size_of(workload);
  const Mnist mnist = load_mnist();
  std::vector<Ref<Layer>> layers;
  std::vector<std::shared_ptr<Timed>> timed;
  for (const auto& layer : untimed) {
    timed.push_back(std::make_shared<Timed>(layer));
    layers.push_back(timed.back());
  }
  Model model(layers, {.seed = 1, .input_shape = Shape{784}});
  const auto optimizer = optimizer_of(workload, model);
  SoftmaxCrossEntropy loss;
  double gather = 0, loss_ms = 0, step = 0;
  Index steps = 0;
  const Stopwatch all;
  while (all.ms() < ms) {
    Stopwatch watch;
    const Batch batch = mnist.train.slice(steps * batch_size % 50'000, batch_size);
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
    print(untimed[i]->describe() + " forward", timed[i]->forward_ms);
    print(untimed[i]->describe() + " backward", timed[i]->backward_ms);
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

void run(const std::string& what, const std::string& workload, double ms) {
  if (what == "profile") return profile(cli::config_from(workload), ms);
  double result = 0;
  if (what == "peak") {
    result = peak(ms);
  } else if (what == "eigen") {
    result = speed_of_eigen(cli::config_from(workload), ms);
  } else if (what == "speed") {
    result = speed(cli::config_from(workload), ms);
  } else {
    throw Error(ErrorCode::option, concat("measures speed, eigen or peak, or shows a profile, not ", what));
  }
  std::printf("%.6g\n", result);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 6) throw Error(ErrorCode::option, "wants what to do, a workload, strict or fma, threads and milliseconds");
    if (std::string(argv[3]) == "fma") use_arithmetic(Arithmetic::fma);
    set_threads(std::stol(argv[4]));
    run(argv[1], argv[2], std::stod(argv[5]));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "toydl_bench: %s\n", error.what());
    return 1;
  }
}
