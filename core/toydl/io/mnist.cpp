#include <toydl/error.h>
#include <toydl/io/idx.h>
#include <toydl/io/mnist.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

namespace toydl {
namespace {

/// As in the manifest of the page's data, so that both train in the same order: see ByteDatasetOptions::block_size.
constexpr Index block_size = 1280;

std::vector<uint8_t> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  // A folder can be opened too, but not read.
  if (!file || !std::filesystem::is_regular_file(path)) {
    throw Error(ErrorCode::format,
                concat("cannot read ", path, ". `npm run setup` fetches MNIST; or name the folder that has it."));
  }
  std::vector<uint8_t> bytes(static_cast<size_t>(file.tellg()));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw Error(ErrorCode::format, concat("reading ", path, " failed half-way"));
  return bytes;
}

Dataset load(const std::string& folder, const std::string& part, Index blocks) {
  const std::string images = folder + "/" + part + "-images-idx3-ubyte";
  const std::string labels = folder + "/" + part + "-labels-idx1-ubyte";
  const auto image_bytes = read_file(images);
  const auto label_bytes = read_file(labels);
  return read_images(image_bytes, images, label_bytes, labels, 10, blocks);
}

std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace

std::string default_mnist_folder() {
  const std::string cache = environment("XDG_CACHE_HOME", environment("HOME", ".") + "/.cache");
  return environment("TOYDL_MNIST", cache + "/toydl/mnist");
}

Mnist load_mnist(const std::string& folder) {
  Mnist mnist{load(folder, "train", block_size), load(folder, "t10k", 0)};
  if (mnist.train.sample_shape() != mnist.test.sample_shape()) {
    throw Error(ErrorCode::format, concat(folder, ": the training images have ", mnist.train.sample_shape().size(),
                                          " pixels, the test images ", mnist.test.sample_shape().size()));
  }
  return mnist;
}

}  // namespace toydl
