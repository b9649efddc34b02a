#pragma once

#include <toydl/scalar.h>

#include <vector>

/// Samples per second that a multilayer perceptron with ReLU, softmax and cross-entropy is trained with, by Eigen alone: its products,
/// and its arrays for everything else.
double train_with_eigen(const std::vector<toydl::Index>& widths, toydl::Index batch_size, bool adam, double ms);
