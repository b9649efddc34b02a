#pragma once

namespace toydl {

/// Refuses a program that computes otherwise than IEEE 754 says, for it would give other bits than all other machines: a linker
/// that is given -Ofast or -ffast-math makes the processor take subnormal numbers for 0, and any code may change how it rounds.
/// @throws Error(unsupported) that says what is wrong and what to do
void require_exact_arithmetic();

}  // namespace toydl
