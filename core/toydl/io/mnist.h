#pragma once

#include <toydl/dataset.h>

#include <string>

namespace toydl {

/// The two data sets of MNIST: 60,000 handwritten digits to train with, 10,000 to test with, samples [784] from 0 to 1.
struct Mnist {
  Dataset train;
  Dataset test;
};

/// Where `npm run setup` puts MNIST, or $TOYDL_MNIST.
std::string default_mnist_folder();

/// Reads the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte.
/// @throws Error(format) that names the file that is missing or wrong.
Mnist load_mnist(const std::string& folder = default_mnist_folder());

}  // namespace toydl
