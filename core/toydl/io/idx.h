#pragma once

#include <toydl/dataset.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace toydl {

/// An IDX file of bytes, the format in which MNIST comes: two zero bytes, the type (8, unsigned bytes), the number of
/// dimensions, each dimension as a big-endian 32-bit number, then the values.
/// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
struct Idx {
  std::vector<Index> sizes;
  std::span<const uint8_t> values;  ///< a view of the file's bytes
};

/// Reads an IDX file that is in memory; nothing is copied, and nothing is allocated for what a header only promises.
/// @param name of the file, for messages
/// @throws Error(format) for a wrong magic number, a file that is cut short, or bytes after its end.
Idx parse_idx(std::span<const uint8_t> file, const std::string& name);

/// Images [n, height, width] and their labels [n] as a data set of samples [height * width], pixels from 0 to 1.
/// @throws Error(format) for files that are no such thing or do not belong together, Error(label) for a label that is not
/// below `classes`.
Dataset read_images(std::span<const uint8_t> images, const std::string& images_name, std::span<const uint8_t> labels,
                    const std::string& labels_name, Index classes = 10, Index block_size = 0);

}  // namespace toydl
