#include <toydl/rng.h>

#include <algorithm>
#include <array>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <numeric>
#include <vector>

using namespace toydl;

TEST_CASE("the generator is PCG32: the reference implementation's own first numbers", "[rng]") {
  // pcg32-demo, seeded with 42 and stream 54
  Rng rng(42, static_cast<Rng::Stream>(54));
  for (const uint32_t expected : {0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu, 0xcbed606eu}) {
    CHECK(rng.next() == expected);
  }
}

TEST_CASE("seeds and streams give sequences of their own", "[rng]") {
  CHECK(Rng(1).next() != Rng(2).next());
  CHECK(Rng(1, Rng::Stream::weights).next() != Rng(1, Rng::Stream::shuffling).next());
  CHECK(Rng(1).next() == Rng(1).next());
}

TEST_CASE("uniform numbers fill their range evenly", "[rng]") {
  Rng rng(7);
  constexpr int count = 100000;
  double sum = 0, squares = 0;
  Scalar low = 10, high = -10;
  for (int i = 0; i < count; ++i) {
    const Scalar value = rng.uniform(-2, 3);
    low = std::min(low, value);
    high = std::max(high, value);
    sum += value;
    squares += value * value;
  }
  CHECK(low >= -2);
  CHECK(high < 3);
  const double mean = sum / count;
  CHECK(std::abs(mean - 0.5) < 0.02);
  CHECK(std::abs(squares / count - mean * mean - 25. / 12) < 0.03);
}

TEST_CASE("normal numbers have the moments of the normal distribution", "[rng]") {
  Rng rng(11);
  constexpr int count = 200000;
  std::array<double, 5> moments{};
  for (int i = 0; i < count; ++i) {
    const double value = rng.normal();
    for (int power = 1; power <= 4; ++power) moments[power] += std::pow(value, power) / count;
  }
  CHECK(std::abs(moments[1]) < 0.01);
  CHECK(std::abs(moments[2] - 1) < 0.02);
  CHECK(std::abs(moments[3]) < 0.05);
  CHECK(std::abs(moments[4] - 3) < 0.1);
}

TEST_CASE("whole numbers below an end are all as likely", "[rng]") {
  Rng rng(3);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70000; ++i) ++counts[rng.below(7)];
  for (const int count : counts) CHECK(std::abs(count - 10000) < 400);
  CHECK(rng.below(1) == 0);
}

TEST_CASE("a shuffle keeps every item and changes the order", "[rng]") {
  std::vector<int> items(1000);
  std::iota(items.begin(), items.end(), 0);
  const auto sorted = items;
  Rng rng(5);
  rng.shuffle(std::span(items));
  CHECK(items != sorted);
  std::sort(items.begin(), items.end());
  CHECK(items == sorted);
}
