#pragma once

// a · b + c with one rounding, lane by lane, in vectors as wide as the processor's that this is compiled for. TOYDL_HAS_FUSED says
// whether it has any. By name, for compilers that may fuse do so here and not there.

#if defined(__wasm_relaxed_simd__)

#include <wasm_simd128.h>
#define TOYDL_HAS_FUSED
namespace toydl {
inline v128_t fused(v128_t a, v128_t b, v128_t c) { return wasm_f32x4_relaxed_madd(a, b, c); }
}  // namespace toydl

#elif defined(__AVX512F__)

#include <immintrin.h>
#define TOYDL_HAS_FUSED
namespace toydl {
inline __m512 fused(__m512 a, __m512 b, __m512 c) { return _mm512_fmadd_ps(a, b, c); }
inline __m512d fused(__m512d a, __m512d b, __m512d c) { return _mm512_fmadd_pd(a, b, c); }
}  // namespace toydl

#elif defined(__AVX__) && defined(__FMA__)

#include <immintrin.h>
#define TOYDL_HAS_FUSED
namespace toydl {
inline __m256 fused(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
inline __m256d fused(__m256d a, __m256d b, __m256d c) { return _mm256_fmadd_pd(a, b, c); }
}  // namespace toydl

#elif defined(__aarch64__)

#include <arm_neon.h>
#define TOYDL_HAS_FUSED
namespace toydl {
inline float32x4_t fused(float32x4_t a, float32x4_t b, float32x4_t c) { return vfmaq_f32(c, a, b); }
inline float64x2_t fused(float64x2_t a, float64x2_t b, float64x2_t c) { return vfmaq_f64(c, a, b); }
}  // namespace toydl

#endif
