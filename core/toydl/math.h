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
  // Adding 1.5 * 2^23 rounds to a whole number, for there is no room left for a fraction; it stands in the lowest bits.
  const float shifted = clamped * 1.44269504088896341f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  // 2^n in two halves, because 2^128 is no float although e^x may still be one.
  const int whole = std::bit_cast<int>(shifted) - 0x4b400000;
  const int half = whole >> 1;
  const float low = std::bit_cast<float>(static_cast<uint32_t>(half + 127) << 23);
  const float high = std::bit_cast<float>(static_cast<uint32_t>(whole - half + 127) << 23);
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

/// 1 / (1 + e^-x), the logistic function.
inline float sigmoid(float x) { return 1.0f / (1.0f + exp(-x)); }

/// The hyperbolic tangent with the same bits on every machine, within 3 units in the last place.
///
/// Near 0 a polynomial, because 1 - 2 / (e^2|x| + 1) would cancel there (coefficients: Cephes, tanhf).
inline float tanh(float x) {
  const float size = x < 0.0f ? -x : x;
  const float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  const float near = p * z * x + x;
  const float far = 1.0f - 2.0f / (exp(2.0f * size) + 1.0f);
  return size < 0.625f ? near : (x < 0.0f ? -far : far);
}

/// erfc(x) = 1 - erf(x), where erf is the error function, with the same bits on every machine. Relative error under 1e-5, also
/// where it is tiny; half of it at -x / √2 is the normal distribution's share below x.
///
/// For |x| < 1 from a polynomial in x² for erf, beyond that e^(-x²) / |x| times a polynomial in 1 / x²
/// (coefficients: Cephes, erff and erfcf).
inline float erfc(float x) {
  const float size = x < 0.0f ? -x : x;
  const float z = x * x;
  float near = 7.853861353153693e-5f;
  near = near * z - 8.010193625184903e-4f;
  near = near * z + 5.188327685732524e-3f;
  near = near * z - 2.685381193529856e-2f;
  near = near * z + 1.128358514861418e-1f;
  near = near * z - 3.761262582423300e-1f;
  near = near * z + 1.128379165726710f;
  const float q = 1.0f / (size < 1.0f ? 1.0f : size);
  const float y = q * q;
  float middle = 2.326819970068386e-2f;
  middle = middle * y - 1.387039388740657e-1f;
  middle = middle * y + 3.687424674597105e-1f;
  middle = middle * y - 5.824733027278666e-1f;
  middle = middle * y + 6.210004621745983e-1f;
  middle = middle * y - 4.944515323274145e-1f;
  middle = middle * y + 3.404879937665872e-1f;
  middle = middle * y - 2.741127028184656e-1f;
  middle = middle * y + 5.638259427386472e-1f;
  float outer = -1.047766399936249e+1f;
  outer = outer * y + 1.297719955372516e+1f;
  outer = outer * y - 7.495518717768503e+0f;
  outer = outer * y + 2.921019019210786e+0f;
  outer = outer * y - 1.015265279202700e+0f;
  outer = outer * y + 4.218463358204948e-1f;
  outer = outer * y - 2.820767439740514e-1f;
  outer = outer * y + 5.641895067754075e-1f;
  const float tail = exp(-z) * q * (size < 2.0f ? middle : outer);
  return size < 1.0f ? 1.0f - x * near : (x < 0.0f ? 2.0f - tail : tail);
}

/// cos(π x) for x from 0 to 1, with the same bits on every machine, within 1e-15: the sine of π (1/2 - x) as its power series.
inline double cos_pi(double x) {
  const double angle = 3.14159265358979323846 * (0.5 - x);
  double term = angle, sum = angle;
  for (int n = 2; n < 24; n += 2) {
    term *= -angle * angle / (n * (n + 1));
    sum += term;
  }
  return sum;
}

/// The double build serves gradient checks alone, on one machine, so the standard library's functions will do.
inline double exp(double x) { return std::exp(x); }
inline double log(double x) { return std::log(x); }
inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
inline double tanh(double x) { return std::tanh(x); }
inline double erfc(double x) { return std::erfc(x); }

}  // namespace toydl
