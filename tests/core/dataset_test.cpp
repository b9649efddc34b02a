#include "random_tensor.h"
#include "throws.h"

#include <toydl/dataset.h>

#include <limits>

using namespace toydl;

TEST_CASE("a data set wants a target for each sample, and finite numbers", "[dataset]") {
  CHECK_FAILS(Dataset(Tensor({3, 2}), Tensor({2})), shape, "there are 3 samples, but 2 targets");
  CHECK_FAILS(Dataset(Tensor({0, 2}), Tensor({0})), shape, "needs samples");
  Tensor x({3, 2});
  x[3] = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK_FAILS(Dataset(x, Tensor({3})), not_finite, "x holds nan in sample 1, value 1");
  Tensor y({3});
  y[2] = std::numeric_limits<Scalar>::infinity();
  CHECK_FAILS(Dataset(Tensor({3, 2}), y), not_finite, "y holds inf in sample 2");
}

TEST_CASE("batches go through all samples in order, and the last may be smaller", "[dataset]") {
  const Dataset dataset(random_tensor({10, 2, 3}, 1), Tensor({10}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  std::vector<Index> sizes;
  Scalar next = 0;
  for (const auto& [x, y] : dataset.batches(4)) {
    CHECK(x.shape() == Shape{y.size(), 2, 3});
    sizes.push_back(y.size());
    for (const Scalar label : y.values()) CHECK(label == next++);
  }
  CHECK(sizes == std::vector<Index>{4, 4, 2});
  CHECK_FAILS(dataset.batches(0), option, "batch_size must be at least 1, it is 0");
}

TEST_CASE("bytes arrive piece by piece, and wrong pieces change nothing", "[dataset]") {
  Dataset dataset({.sample = {2}, .size = 3, .classes = 4});
  const std::vector<uint8_t> samples{0, 255, 51, 102}, labels{1, 3};
  dataset.append(samples, labels);
  CHECK(dataset.available() == 2);
  const Batch batch = dataset.slice(0, 2);
  CHECK(batch.x[1] == 1);
  CHECK(batch.x[2] == Catch::Approx(0.2));
  CHECK(batch.y[1] == 3);

  CHECK_FAILS(dataset.slice(1, 2), state, "sample 2 is not there: 2 of 3 samples are");
  CHECK_FAILS(dataset.slice(2, 2), shape, "there are no 2 samples from 2 on");
  CHECK_FAILS(dataset.append(samples, labels), shape, "was to have 3 samples and has 2; 2 more are too many");
  CHECK_FAILS(dataset.append(std::vector<uint8_t>{1, 2, 3}, std::vector<uint8_t>{0}), shape,
              "1 labels want 1 samples of 2 bytes");
  CHECK_FAILS(dataset.append(std::vector<uint8_t>{1, 2}, std::vector<uint8_t>{4}), label,
              "label 4 of sample 2 is no class");
  CHECK(dataset.available() == 2);
}

TEST_CASE("a data set that makes no sense, or is more than memory, is refused", "[dataset]") {
  CHECK_FAILS(Dataset({.sample = {2}, .size = 0, .classes = 2}), shape, "needs samples");
  CHECK_FAILS(Dataset({.sample = {2}, .size = 5, .classes = 300}), option, "1 to 256 classes, not 300");
  CHECK_FAILS(Dataset({.sample = {2}, .size = 5, .classes = 2, .block_size = -1}), option,
              "block_size cannot be negative");
  CHECK_FAILS(Dataset(Tensor({2, 2}), Tensor({2})).append(std::vector<uint8_t>{}, std::vector<uint8_t>{}), state,
              "complete");
}
