#include <toydl/error.h>
#include <toydl/io/idx.h>

namespace toydl {
namespace {

[[noreturn]] void reject(const std::string& name, const std::string& problem) {
  throw Error(ErrorCode::format, concat(name, ": ", problem));
}

}  // namespace

Idx parse_idx(std::span<const uint8_t> file, const std::string& name) {
  if (file.size() < 4)
    reject(name, concat("an IDX file starts with 4 bytes of magic number; this file has ", file.size(), " bytes"));
  if (file[0] != 0 || file[1] != 0) {
    const bool gzip = file[0] == 0x1f && file[1] == 0x8b;
    reject(name, concat("not an IDX file: it starts with bytes ", int{file[0]}, " ", int{file[1]}, " instead of 0 0",
                        gzip ? ". It is compressed with gzip: unpack it first" : ""));
  }
  if (file[2] != 8)
    reject(name, concat("its values are of type ", int{file[2]}, "; only type 8, unsigned bytes, is read"));
  const size_t rank = file[3];
  const size_t header = 4 + 4 * rank;
  if (rank == 0) reject(name, "the header promises no dimensions");
  if (file.size() < header) {
    reject(name, concat("cut short: the header of ", rank, " dimensions takes ", header, " bytes, the file has ",
                        file.size()));
  }
  Idx idx;
  const uint64_t present = file.size() - header;
  uint64_t promised = 1;
  for (size_t i = 0; i < rank; ++i) {
    const auto at = [&](size_t byte) { return uint64_t{file[4 + 4 * i + byte]}; };
    const uint64_t size = at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
    // More than fits into 64 bits is more than any file has.
    promised = size != 0 && promised > UINT64_MAX / size ? UINT64_MAX : promised * size;
    idx.sizes.push_back(static_cast<Index>(size));
  }
  if (present < promised) {
    reject(name, concat("cut short: the header promises ", promised, " values, the file has ", present));
  }
  if (present > promised) {
    reject(name, concat(present - promised, " bytes too many: the header promises ", promised, " values, the file has ",
                        present));
  }
  idx.values = file.subspan(header);
  return idx;
}

Dataset read_images(std::span<const uint8_t> images, const std::string& images_name, std::span<const uint8_t> labels,
                    const std::string& labels_name, Index classes, Index block_size) {
  const Idx x = parse_idx(images, images_name);
  const Idx y = parse_idx(labels, labels_name);
  if (x.sizes.size() != 3) reject(images_name, concat("images have 3 dimensions, these have ", x.sizes.size()));
  if (y.sizes.size() != 1) reject(labels_name, concat("labels have 1 dimension, these have ", y.sizes.size()));
  if (x.sizes[0] != y.sizes[0]) {
    throw Error(ErrorCode::format, concat(images_name, " has ", x.sizes[0], " images, but ", labels_name, " has ",
                                          y.sizes[0], " labels; they do not belong together"));
  }
  if (x.values.empty()) reject(images_name, "there are no images in it");
  Dataset dataset(
      {.sample = {x.sizes[1] * x.sizes[2]}, .size = x.sizes[0], .classes = classes, .block_size = block_size});
  try {
    dataset.append(x.values, y.values);
  } catch (const Error& error) {
    throw Error(error.code(), concat(labels_name, ": ", error.what()));
  }
  return dataset;
}

}  // namespace toydl
