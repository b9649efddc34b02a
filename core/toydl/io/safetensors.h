#pragma once

#include <toydl/tensor.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace toydl {

/// A file of named tensors, as PyTorch and others read and write it: the length of the header, 8 bytes; the header, JSON
///
///     {"__metadata__": {"about": "…"}, "0.weight": {"dtype": "F32", "shape": [50, 784], "data_offsets": [0, 156800]}, …}
///
/// and the numbers of all tensors, without a gap. All that is binary is little-endian. Numbers are of the type of Scalar.
/// Source: Hugging Face, https://github.com/huggingface/safetensors, "Format".
struct Safetensors {
  struct Entry {
    Shape shape;
    std::span<const uint8_t> bytes;  ///< of its numbers: a view of the file's bytes
  };

  std::map<std::string, Entry> tensors;
  std::map<std::string, std::string> metadata;
};

/// Reads a file that is in memory; no numbers are copied, and nothing is allocated for what a header only promises.
/// @throws Error(format) that says what is wrong
Safetensors parse_safetensors(std::span<const uint8_t> file);

/// Copies the numbers of an entry into a tensor of its shape.
void copy_numbers(const Safetensors::Entry& entry, Tensor& tensor);

using NamedTensor = std::pair<std::string, const Tensor*>;

/// The bytes of a file. No two names may be equal.
/// @throws Error(format) for a name or text that is not UTF-8
std::vector<uint8_t> write_safetensors(const std::vector<NamedTensor>& tensors,
                                       const std::map<std::string, std::string>& metadata);

}  // namespace toydl
