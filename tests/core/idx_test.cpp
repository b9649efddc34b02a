#include "throws.h"

#include <toydl/io/idx.h>
#include <toydl/io/mnist.h>

#include <vector>

using namespace toydl;

namespace {

using Bytes = std::vector<uint8_t>;

/// A header and so many values, 0, 1, 2, …
Bytes idx_file(const std::vector<uint32_t>& sizes, size_t values) {
  Bytes file{0, 0, 8, static_cast<uint8_t>(sizes.size())};
  for (const uint32_t size : sizes) {
    for (int shift = 24; shift >= 0; shift -= 8) file.push_back(static_cast<uint8_t>(size >> shift));
  }
  for (size_t i = 0; i < values; ++i) file.push_back(static_cast<uint8_t>(i));
  return file;
}

Dataset read(const Bytes& images, const Bytes& labels) { return read_images(images, "images", labels, "labels"); }

const Bytes good_images = idx_file({3, 2, 2}, 12);
const Bytes good_labels = idx_file({3}, 3);

}  // namespace

TEST_CASE("images and labels are read", "[idx]") {
  const Dataset dataset = read(good_images, good_labels);
  CHECK(dataset.size() == 3);
  CHECK(dataset.sample_shape() == Shape{4});
  const Batch batch = dataset.slice(1, 2);
  CHECK(batch.x.shape() == Shape{2, 4});
  CHECK(batch.x[0] == Catch::Approx(4 / 255.));
  CHECK(batch.y[1] == 2);
}

TEST_CASE("files that are no IDX files are refused", "[idx]") {
  CHECK_FAILS(parse_idx(Bytes{}, "f"), format,
              "f: an IDX file starts with 4 bytes of magic number; this file has 0 bytes");
  CHECK_FAILS(parse_idx(Bytes{1, 2, 8, 1}, "f"), format, "starts with bytes 1 2 instead of 0 0");
  CHECK_FAILS(parse_idx(Bytes{0x1f, 0x8b, 8, 0}, "f"), format, "compressed with gzip: unpack it first");
  CHECK_FAILS(parse_idx(Bytes{0, 0, 13, 1, 0, 0, 0, 0}, "f"), format, "type 13; only type 8");
  CHECK_FAILS(parse_idx(Bytes{0, 0, 8, 0}, "f"), format, "no dimensions");
  CHECK_FAILS(parse_idx(Bytes{0, 0, 8, 3, 0, 0}, "f"), format, "cut short: the header of 3 dimensions takes 16 bytes");
}

TEST_CASE("files that are cut short or too long are refused", "[idx]") {
  CHECK_FAILS(parse_idx(idx_file({3, 2, 2}, 11), "f"), format,
              "cut short: the header promises 12 values, the file has 11");
  CHECK_FAILS(parse_idx(idx_file({3, 2, 2}, 14), "f"), format, "2 bytes too many");
}

TEST_CASE("a header that promises more than memory is refused without asking for it", "[idx]") {
  CHECK_FAILS(parse_idx(idx_file({0xffffffff, 0xffffffff, 0xffffffff}, 5), "f"), format,
              "cut short: the header promises");
  const Bytes many = idx_file(std::vector<uint32_t>(255, 2), 5);
  CHECK_FAILS(parse_idx(many, "f"), format, "cut short");
}

TEST_CASE("images and labels that do not belong together are refused", "[idx]") {
  CHECK_FAILS(read(good_images, idx_file({4}, 4)), format, "images has 3 images, but labels has 4 labels");
  CHECK_FAILS(read(good_labels, good_images), format, "images: images have 3 dimensions, these have 1");
  CHECK_FAILS(read(good_images, idx_file({3, 1}, 3)), format, "labels: labels have 1 dimension, these have 2");
  CHECK_FAILS(read(idx_file({0, 2, 2}, 0), idx_file({0}, 0)), format, "there are no images in it");
  Bytes wrong = good_labels;
  wrong.back() = 10;
  CHECK_FAILS(read(good_images, wrong), label, "labels: label 10 of sample 2 is no class");
}

TEST_CASE("the real MNIST is read", "[idx][mnist]") {
  const Mnist mnist = load_mnist(default_mnist_folder());
  CHECK(mnist.train.size() == 60000);
  CHECK(mnist.test.size() == 10000);
  CHECK(mnist.train.sample_shape() == Shape{784});
  const Batch first = mnist.train.slice(0, 3);
  CHECK(first.y[0] == 5);
  CHECK(first.y[1] == 0);
  CHECK(first.y[2] == 4);
  CHECK(first.x.array().maxCoeff() == 1);
  CHECK_FAILS(load_mnist("/no/such/folder"), format,
              "cannot read /no/such/folder/train-images-idx3-ubyte. `npm run setup`");
}
