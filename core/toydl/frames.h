#pragma once

#include <toydl/matrix.h>
#include <toydl/windows.h>

#include <vector>

namespace toydl {

/// One dimension of a sample that lies in a frame of zeros, and the windows along the frame.
struct FramedDimension {
  Index length;        ///< of the sample
  Index first, step;   ///< where in the frame its first number lies, and how far it is to the next
  Index frame_length;  ///< of the frame
  Index windows, stride;
  Index window_size;
  bool backwards;  ///< whether a window's numbers count from its end

  /// The x of a convolution, with its windows.
  static FramedDimension input(const Windows& windows);

  /// Its dy, framed and spread so far that windows of the same size, one for each number of x, hold what dx is made of: number y
  /// of x had a part, through number i of a window, in the output at (y + before - i) / stride, if that is a whole number.
  static FramedDimension output(const Windows& windows);
};

/// How far it is in memory from one channel, row and column of a sample to the next: images and sequences are laid out
/// differently.
struct SampleLayout {
  Index channel, row, col;
};

/// A batch of samples, each in a frame of zeros, so that windows lie wholly inside. All windows of a sample, its patches, are
/// then a matrix that need not be written down, for P(w, t) is frame[positions[w] + taps[t]]:
///
///     P [windows, channels · height · width of a window]
class Frames {
 public:
  void build(Index channels, const FramedDimension& rows, const FramedDimension& cols);

  /// Room for so many samples. It grows and never shrinks.
  void resize(Index batch) { numbers_.resize({batch, size_}); }

  /// Puts a sample into frame n.
  void load(Index n, const Scalar* sample, const SampleLayout& layout);

  /// The patches in frame n.
  ScatteredView patches(Index n) const { return {numbers_.data() + n * size_, positions_, taps_}; }

  Index windows() const { return static_cast<Index>(positions_.size()); }
  Index taps() const { return static_cast<Index>(taps_.size()); }

 private:
  Index channels_ = 0;
  FramedDimension rows_{}, cols_{};
  Index size_ = 0;  // of a frame
  std::vector<Index> positions_, taps_;
  Tensor numbers_;  // [batch, size of a frame]: zero from the beginning, and between samples never written
};

}  // namespace toydl
