#pragma once

#include <toydl/descriptor.h>
#include <toydl/optimizer.h>

// What the options of all optimizers have in common.

namespace toydl {

/// An optimizer's own options, between the learning rate and those that every optimizer has.
template <class Options>
std::vector<Option> with_rules(std::vector<Option> own) {
  own.insert(own.begin(), option("learning_rate", &Options::learning_rate, "η, the size of a step.",
                                 {.min = 0, .max = largest_learning_rate}));
  own.push_back(option("weight_decay", &Options::weight_decay, "λ, how strongly weights are drawn to 0.",
                       {.min = 0, .max = 1e6}));
  own.push_back(
      option("clip_norm", &Options::clip_norm, "Largest norm of all gradients together; 0: any.", {.min = 0}));
  own.push_back(option("schedule", &Options::schedule, "How the learning rate changes with the steps."));
  return own;
}

}  // namespace toydl
