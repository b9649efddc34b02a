#pragma once

#include <toydl/tensor.h>

#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace toydl {

/// Samples taken together: x [batch, …], and their targets y [batch] or [batch, …].
struct Batch {
  Tensor x;
  Tensor y;
};

/// What a data set of bytes is like, before any of it has arrived.
struct ByteDatasetOptions {
  Shape sample;             ///< shape of one sample, [784] for a digit
  Index size = 0;           ///< how many samples there will be
  Index classes = 0;        ///< labels are 0 to classes - 1
  double scale = 1. / 255;  ///< a byte times this is its value
  /// In the first epoch, samples are shuffled within blocks of so many, and the blocks come in order, so that training can
  /// begin while the rest is still being downloaded, and yet takes the same samples in the same order. 0: no blocks.
  Index block_size = 0;
};

/// Samples with their targets. Either all there from the start, as tensors, or bytes that arrive piece by piece, each
/// labelled with a class, and become numbers only when a batch is gathered.
class Dataset {
 public:
  /// x [n, …] and y [n] (class indices or numbers) or [n, …] (one-hot or vectors).
  /// @throws Error(shape) if their counts differ or there are no samples, Error(not_finite) for NaN or infinity.
  Dataset(Tensor x, Tensor y);

  /// @throws Error(shape) or Error(option) for sizes that make no sense, Error(memory) if they are too much.
  explicit Dataset(const ByteDatasetOptions& options);

  /// More samples of a data set of bytes, and a label for each.
  /// @throws Error(shape) if the counts differ or go beyond the promised size, Error(label) for a label that is no
  /// class; the data set is then as it was.
  void append(std::span<const uint8_t> samples, std::span<const uint8_t> labels);

  /// How many samples there are in all, and how many of them, from the first on, have arrived.
  Index size() const { return size_; }
  Index available() const { return available_; }

  /// The shape of one sample.
  const Shape& sample_shape() const { return sample_shape_; }
  /// How many classes the labels have; 0 if that is not known.
  Index classes() const { return classes_; }
  Index block_size() const { return block_size_; }

  /// Copies samples into a batch, which keeps its memory from call to call.
  /// @throws Error(state) for a sample that has not arrived.
  void gather(std::span<const uint32_t> samples, Batch& batch) const;

  /// The samples [first, first + count).
  Batch slice(Index first, Index count) const;

  class Batches;
  /// All samples in order, for a loop written by hand: `for (const auto& [x, y] : train.batches(64))`.
  /// The last batch may be smaller. @throws Error(option) if the batch size is not positive.
  Batches batches(Index batch_size) const;

 private:
  Index size_ = 0;
  Index available_ = 0;
  Shape sample_shape_;
  Index classes_ = 0;
  Index block_size_ = 0;

  Tensor x_, y_;  // a data set of tensors

  std::vector<uint8_t> bytes_;  // a data set of bytes
  std::vector<uint8_t> labels_;
  Scalar scale_ = 0;
};

class Dataset::Batches {
 public:
  class iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using difference_type = Index;
    using value_type = Batch;

    iterator(const Dataset* dataset, Index batch_size);
    const Batch& operator*() const { return batch_; }
    iterator& operator++();
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return first_ >= dataset_->size(); }

   private:
    void gather();

    const Dataset* dataset_;
    Index batch_size_;
    Index first_ = 0;
    std::vector<uint32_t> samples_;
    Batch batch_;
  };

  Batches(const Dataset* dataset, Index batch_size) : dataset_(dataset), batch_size_(batch_size) {}
  iterator begin() const { return {dataset_, batch_size_}; }
  std::default_sentinel_t end() const { return {}; }

 private:
  const Dataset* dataset_;
  Index batch_size_;
};

}  // namespace toydl
