#pragma once

#include <toydl/trainer.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace toydl {

/// Everything that a training run needs to go on, later or elsewhere, to the bits that it would have had: what the model learnt
/// and gathered, the state of its random numbers and of the optimizer, and how far the trainer is. A safetensors file, in which
/// parameters are called as PyTorch would: "0.weight". What its makers were given is not in it (layers, options, data).
/// An optimizer or a layer of your own, if it remembers more than its parameters, overrides `visit_state`.
/// @param about a text of the caller's, in UTF-8, for instance what the run can be made from
/// @throws Error(state) in the middle of a step
std::vector<uint8_t> save_checkpoint(Trainer& trainer, const std::string& about = "");

/// Makes a trainer, its model and its optimizer what they were when the checkpoint was saved; it may have more epochs now.
/// @throws Error(format) for bytes that are no checkpoint, or of a run with another kind of optimizer, seed, data set or batch
/// size, Error(shape) if a tensor has another shape, each by its name; nothing is changed then. Error(state) in the middle of a step
void restore_checkpoint(Trainer& trainer, std::span<const uint8_t> checkpoint);

/// The text that was saved with a checkpoint. @throws Error(format)
std::string checkpoint_about(std::span<const uint8_t> checkpoint);

}  // namespace toydl
