#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace toydl {

/// e^x with the same bits on every machine, within 2 units in the last place; without branches, so that compilers
/// can vectorise a loop over it. Results below the smallest normal float (x < -87.33) are 0.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2, so e^x = 2^n e^r, and e^r is a polynomial
/// (coefficients: S. L. Moshier, Cephes Mathematical Library, expf).
inline float exp(float x) {
  const float clamped = x < -88.0f ? -88.0f : (x > 89.0f ? 89.0f : x);
  // Adding 1.5 * 2^23 rounds to a whole number, for there is no room left for a fraction.
  const float n = (clamped * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
  const float r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  // 2^n in two halves, because 2^128 is no float although e^x may still be one.
  const int whole = x == x ? static_cast<int>(n) : 0;
  const int half = whole / 2;
  const float low = std::bit_cast<float>((half + 127) << 23);
  const float high = std::bit_cast<float>((whole - half + 127) << 23);
  const float result = p * low * high;
  return x < -87.33654f ? 0.0f : result;
}

/// The natural logarithm with the same bits on every machine, within 2 units in the last place.
/// log(0) is minus infinity, of a negative number NaN.
///
/// x = 2^n m with m in [sqrt(1/2), sqrt(2)), so log x = n ln 2 + log m, and log m is a polynomial in m - 1
/// (coefficients: Cephes, logf).
inline float log(float x) {
  const bool tiny = x < std::numeric_limits<float>::min();
  const auto bits = std::bit_cast<int32_t>(tiny ? x * 0x1p23f : x);
  int n = ((bits >> 23) & 255) - 126 - (tiny ? 23 : 0);
  float m = std::bit_cast<float>((bits & 0x007fffff) | 0x3f000000);  // in [1/2, 1)
  const bool small = m < 0.707106781186547524f;
  n = small ? n - 1 : n;
  m = (small ? m + m : m) - 1.0f;
  float p = 7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  const float square = m * m;
  const float whole = static_cast<float>(n);
  float result = p * m * square + whole * -2.12194440e-4f - 0.5f * square + m + whole * 0.693359375f;
  result = x == std::numeric_limits<float>::infinity() ? x : result;
  result = x == 0.0f ? -std::numeric_limits<float>::infinity() : result;
  return x < 0.0f || x != x ? std::numeric_limits<float>::quiet_NaN() : result;
}

/// The double build serves gradient checks alone, on one machine, so the standard library's functions will do.
inline double exp(double x) { return std::exp(x); }
inline double log(double x) { return std::log(x); }

}  // namespace toydl
