#include <toydl/dataset.h>
#include <toydl/error.h>
#include <toydl/parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>

namespace toydl {

Dataset::Dataset(Tensor x, Tensor y) : x_(std::move(x)), y_(std::move(y)) {
  if (x_.shape().rank() == 0 || y_.shape().rank() == 0 || x_.rows() == 0) {
    throw Error(ErrorCode::shape, concat("a data set needs samples: x is ", x_.shape(), " and y is ", y_.shape()));
  }
  if (x_.rows() != y_.rows()) {
    throw Error(ErrorCode::shape, concat("there are ", x_.rows(), " samples, but ", y_.rows(), " targets"));
  }
  require_finite(x_, "x");
  require_finite(y_, "y");
  size_ = available_ = x_.rows();
  sample_shape_ = x_.shape().sample();
}

Dataset::Dataset(const ByteDatasetOptions& options)
    : size_(options.size),
      sample_shape_(options.sample),
      classes_(options.classes),
      block_size_(std::min(options.block_size, options.size)),
      scale_(static_cast<Scalar>(options.scale)) {
  if (size_ < 1 || size_ > std::numeric_limits<uint32_t>::max() || sample_shape_.size() < 1) {
    throw Error(ErrorCode::shape, concat("a data set needs samples: these are ", size_, " of shape ", sample_shape_));
  }
  if (classes_ < 1 || classes_ > 256) {
    throw Error(ErrorCode::option, concat("labels are bytes, so there are 1 to 256 classes, not ", classes_));
  }
  if (!(options.scale >= std::numeric_limits<float>::min() && options.scale <= 1e6)) {
    throw Error(ErrorCode::option,
                concat("scale must be a positive number that a float can hold, up to 1e6: a byte times this "
                       "is its value; it is ",
                       options.scale));
  }
  if (block_size_ < 0) throw Error(ErrorCode::option, concat("block_size cannot be negative, it is ", block_size_));
  const Shape all = sample_shape_.batch(size_);
  try {
    bytes_.reserve(static_cast<size_t>(all.size()));
    labels_.reserve(static_cast<size_t>(size_));
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::memory, concat("there is no memory for ", size_, " samples of shape ", sample_shape_));
  }
}

void Dataset::append(std::span<const uint8_t> samples, std::span<const uint8_t> labels) {
  const Index count = static_cast<Index>(labels.size());
  if (scale_ == 0) throw Error(ErrorCode::state, "this data set is complete; only one made for bytes can be added to");
  if (static_cast<Index>(samples.size()) != count * sample_shape_.size()) {
    throw Error(ErrorCode::shape, concat(count, " labels want ", count, " samples of ", sample_shape_.size(),
                                         " bytes, together ", count * sample_shape_.size(), ", not ", samples.size()));
  }
  if (count > size_ - available_) {
    throw Error(ErrorCode::shape, concat("the data set was to have ", size_, " samples and has ", available_, "; ",
                                         count, " more are too many"));
  }
  for (Index i = 0; i < count; ++i) {
    const int label = labels[static_cast<size_t>(i)];
    if (label >= classes_) {
      throw Error(ErrorCode::label, concat("label ", label, " of sample ", available_ + i, " is no class: there are ",
                                           classes_, " classes, so labels go from 0 to ", classes_ - 1));
    }
  }
  bytes_.insert(bytes_.end(), samples.begin(), samples.end());
  labels_.insert(labels_.end(), labels.begin(), labels.end());
  available_ += count;
}

void Dataset::gather(std::span<const uint32_t> samples, Batch& batch) const {
  const Index count = static_cast<Index>(samples.size());
  const Index length = sample_shape_.size();
  for (const uint32_t sample : samples) {
    if (static_cast<Index>(sample) >= available_) {
      throw Error(ErrorCode::state,
                  concat("sample ", sample, " is not there: ", available_, " of ", size_, " samples are"));
    }
  }
  batch.x.resize(sample_shape_.batch(count));
  if (scale_ == 0) {
    batch.y.resize(y_.shape().sample().batch(count));
    for (Index i = 0; i < count; ++i) {
      const Index sample = samples[static_cast<size_t>(i)];
      batch.x.matrix().row(i) = x_.matrix().row(sample);
      batch.y.matrix().row(i) = y_.matrix().row(sample);
    }
  } else {
    batch.y.resize({count});
    const Scalar scale = scale_;
    parallel_for(count, 1 + (1 << 15) / length, [&](Index begin, Index end) {
      for (Index i = begin; i < end; ++i) {
        const size_t sample = samples[static_cast<size_t>(i)];
        const uint8_t* bytes = bytes_.data() + sample * static_cast<size_t>(length);
        Scalar* x = batch.x.data() + i * length;
        for (Index j = 0; j < length; ++j) x[j] = static_cast<Scalar>(bytes[j]) * scale;
        batch.y[i] = static_cast<Scalar>(labels_[sample]);
      }
    });
  }
}

Batch Dataset::slice(Index first, Index count) const {
  if (first < 0 || count < 0 || first > size_ - count) {
    throw Error(ErrorCode::shape, concat("there are no ", count, " samples from ", first, " on: there are ", size_));
  }
  std::vector<uint32_t> samples(static_cast<size_t>(count));
  std::iota(samples.begin(), samples.end(), static_cast<uint32_t>(first));
  Batch batch;
  gather(samples, batch);
  return batch;
}

Dataset::Batches Dataset::batches(Index batch_size) const {
  if (batch_size < 1) throw Error(ErrorCode::option, concat("batch_size must be at least 1, it is ", batch_size));
  return {this, batch_size};
}

Dataset::Batches::iterator::iterator(const Dataset* dataset, Index batch_size)
    : dataset_(dataset), batch_size_(batch_size) {
  gather();
}

Dataset::Batches::iterator& Dataset::Batches::iterator::operator++() {
  first_ += batch_size_;
  gather();
  return *this;
}

void Dataset::Batches::iterator::gather() {
  const Index count = std::min(batch_size_, dataset_->size() - first_);
  if (count <= 0) return;
  samples_.resize(static_cast<size_t>(count));
  std::iota(samples_.begin(), samples_.end(), static_cast<uint32_t>(first_));
  dataset_->gather(samples_, batch_);
}

}  // namespace toydl
