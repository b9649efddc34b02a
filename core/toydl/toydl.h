#pragma once

/// Everything a user of the library needs.

#include <toydl/dataset.h>
#include <toydl/error.h>
#include <toydl/evaluation.h>
#include <toydl/gradient_check.h>
#include <toydl/initializers/he_normal.h>
#include <toydl/initializers/normal.h>
#include <toydl/initializers/zeros.h>
#include <toydl/io/idx.h>
#include <toydl/io/mnist.h>
#include <toydl/layers/leaky_relu.h>
#include <toydl/layers/linear.h>
#include <toydl/layers/relu.h>
#include <toydl/layers/softmax.h>
#include <toydl/losses/cross_entropy.h>
#include <toydl/losses/softmax_cross_entropy.h>
#include <toydl/metrics/accuracy.h>
#include <toydl/model.h>
#include <toydl/optimizers/sgd.h>
#include <toydl/trainer.h>
