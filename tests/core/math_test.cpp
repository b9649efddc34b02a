#include <toydl/math.h>

#include <algorithm>
#include <bit>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>

namespace {

/// How many floats lie between two of the same sign.
int64_t distance(float a, float b) {
  return std::abs(int64_t{std::bit_cast<int32_t>(a)} - int64_t{std::bit_cast<int32_t>(b)});
}

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("exp is within 2 units in the last place of the true value", "[math]") {
  int64_t worst = 0;
  for (double x = -87.3; x < 88.7; x += 0.00037) {
    const auto argument = static_cast<float>(x);
    worst = std::max(worst, distance(toydl::exp(argument), static_cast<float>(std::exp(double{argument}))));
  }
  CHECK(worst <= 2);
}

TEST_CASE("exp at its ends", "[math]") {
  CHECK(toydl::exp(0.0f) == 1.0f);
  CHECK(toydl::exp(-0.0f) == 1.0f);
  CHECK(toydl::exp(-100.0f) == 0.0f);
  CHECK(toydl::exp(-infinity) == 0.0f);
  CHECK(toydl::exp(88.8f) == infinity);
  CHECK(toydl::exp(infinity) == infinity);
  CHECK(std::isnan(toydl::exp(not_a_number)));
}

TEST_CASE("log is within 2 units in the last place of the true value", "[math]") {
  int64_t worst = 0;
  for (double x = 1e-44; x < 3e38; x *= 1.00031) {
    const auto argument = static_cast<float>(x);
    worst = std::max(worst, distance(toydl::log(argument), static_cast<float>(std::log(double{argument}))));
  }
  for (float x = 0.9f; x < 1.1f; x += 0.00001f) {
    worst = std::max(worst, distance(toydl::log(x), static_cast<float>(std::log(double{x}))));
  }
  CHECK(worst <= 2);
}

TEST_CASE("log at its ends", "[math]") {
  CHECK(toydl::log(1.0f) == 0.0f);
  CHECK(toydl::log(0.0f) == -infinity);
  CHECK(toydl::log(infinity) == infinity);
  CHECK(std::isnan(toydl::log(-1.0f)));
  CHECK(std::isnan(toydl::log(not_a_number)));
}

TEST_CASE("tanh and sigmoid are within 3 units in the last place of the true value", "[math]") {
  int64_t worst_tanh = 0, worst_sigmoid = 0;
  for (double x = -87; x < 87; x += 0.00037) {
    const auto argument = static_cast<float>(x);
    worst_tanh = std::max(worst_tanh, distance(toydl::tanh(argument), static_cast<float>(std::tanh(double{argument}))));
    const auto sigmoid = static_cast<float>(1 / (1 + std::exp(-double{argument})));
    worst_sigmoid = std::max(worst_sigmoid, distance(toydl::sigmoid(argument), sigmoid));
  }
  CHECK(worst_tanh <= 3);
  CHECK(worst_sigmoid <= 3);
  CHECK(toydl::tanh(infinity) == 1.0f);
  CHECK(toydl::tanh(-infinity) == -1.0f);
  CHECK(std::isnan(toydl::tanh(not_a_number)));
  CHECK(toydl::sigmoid(infinity) == 1.0f);
  CHECK(toydl::sigmoid(-infinity) == 0.0f);
  CHECK(std::isnan(toydl::sigmoid(not_a_number)));
}

TEST_CASE("erfc has a relative error under 1e-5, also where it is tiny", "[math]") {
  double worst = 0;
  for (double x = -6; x < 9; x += 0.00037) {
    const auto argument = static_cast<float>(x);
    const double expected = std::erfc(double{argument});
    worst = std::max(worst, std::abs(toydl::erfc(argument) - expected) / expected);
  }
  CHECK(worst < 1e-5);
  CHECK(toydl::erfc(0.0f) == 1.0f);
  CHECK(toydl::erfc(infinity) == 0.0f);
  CHECK(toydl::erfc(-infinity) == 2.0f);
  CHECK(std::isnan(toydl::erfc(not_a_number)));
}

TEST_CASE("cos_pi is the cosine of a part of half a turn", "[math]") {
  for (double x = 0; x <= 1; x += 1. / 64) CHECK(std::abs(toydl::cos_pi(x) - std::cos(x * std::acos(-1.))) < 1e-15);
}
