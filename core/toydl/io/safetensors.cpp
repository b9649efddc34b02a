#include <toydl/error.h>
#include <toydl/io/safetensors.h>
#include <toydl/json.h>

#include <algorithm>
#include <bit>
#include <type_traits>

namespace toydl {
namespace {

constexpr size_t length_size = 8;
constexpr const char* number_type = sizeof(Scalar) == 4 ? "F32" : "F64";
using ScalarBits = std::conditional_t<sizeof(Scalar) == 4, uint32_t, uint64_t>;

/// Room for three thousand tensors. Json takes time in proportion to the square of their number.
constexpr size_t largest_header = 1 << 18;

[[noreturn]] void reject_safetensors(const std::string& problem) {
  throw Error(ErrorCode::format, concat("not a safetensors file: ", problem));
}

[[noreturn]] void reject_tensor(const std::string& name, const std::string& problem) {
  reject_safetensors(concat("the tensor '", name, "' ", problem));
}

template <class Bits>
Bits read_little_endian(const uint8_t* bytes) {
  Bits bits = 0;
  for (size_t i = 0; i < sizeof(Bits); ++i) bits |= Bits{bytes[i]} << (8 * i);
  return bits;
}

/// Returns where the next number goes.
template <class Bits>
uint8_t* write_little_endian(uint8_t* bytes, Bits bits) {
  for (size_t i = 0; i < sizeof(Bits); ++i) bytes[i] = static_cast<uint8_t>(bits >> (8 * i));
  return bytes + sizeof(Bits);
}

/// @throws Error(format) for brackets in brackets that are deeper than header, tensor, shape: they would take many times their own
/// memory
void require_shallow(std::span<const uint8_t> json) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < json.size(); ++i) {
    const auto c = static_cast<char>(json[i]);
    if (in_string && c == '\\') ++i;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > 3) reject_safetensors("its header is nested too deeply");
  }
}

Json parse_header(std::span<const uint8_t> bytes) {
  if (bytes.size() > largest_header) {
    reject_safetensors(concat("its header has ", bytes.size(), " bytes; at most ", largest_header, " are read"));
  }
  require_shallow(bytes);
  Json header;
  try {
    header = Json::parse(bytes.begin(), bytes.end());
  } catch (const Json::parse_error& error) {
    reject_safetensors(concat("its header is no JSON from byte ", error.byte, " on"));
  } catch (const Json::exception&) {
    reject_safetensors("its header has a number that is out of range");
  }
  if (!header.is_object()) reject_safetensors("its header is no JSON object");
  return header;
}

/// The member of an object that is a list of whole numbers from 0 on.
std::vector<uint64_t> read_numbers(const std::string& tensor, const Json& entry, const char* member) {
  const auto found = entry.find(member);
  const auto is_whole = [](const Json& number) { return number.is_number_unsigned(); };
  if (found == entry.end() || !found->is_array() || !std::ranges::all_of(*found, is_whole)) {
    reject_tensor(tensor, concat("needs \"", member, "\", a list of whole numbers from 0 on"));
  }
  return found->get<std::vector<uint64_t>>();
}

Shape read_shape(const std::string& tensor, const Json& entry) {
  std::vector<Index> sizes;
  for (const uint64_t size : read_numbers(tensor, entry, "shape")) {
    if (!std::in_range<Index>(size)) reject_tensor(tensor, "would not fit into memory");
    sizes.push_back(static_cast<Index>(size));
  }
  try {
    return Shape(sizes);
  } catch (const Error& error) {
    reject_tensor(tensor, concat("cannot be read: ", error.what()));
  }
}

Safetensors::Entry read_entry(const std::string& name, const Json& entry, std::span<const uint8_t> data) {
  if (!entry.is_object()) reject_tensor(name, "is not described by an object");
  const auto type = entry.find("dtype");
  if (type == entry.end() || *type != number_type) {
    reject_tensor(name, concat("must have the \"dtype\" \"", number_type, "\"; others are not read"));
  }
  const Shape shape = read_shape(name, entry);
  const auto offsets = read_numbers(name, entry, "data_offsets");
  if (offsets.size() != 2 || offsets[0] > offsets[1]) {
    reject_tensor(name, "needs \"data_offsets\", where its numbers begin and end");
  }
  if (offsets[1] > data.size()) {
    reject_tensor(name, "ends after the end of the file, which may be cut short");
  }
  const uint64_t size = offsets[1] - offsets[0], wanted = static_cast<uint64_t>(shape.size()) * sizeof(Scalar);
  if (size != wanted) reject_tensor(name, concat("has ", size, " bytes, but its shape ", shape, " takes ", wanted));
  return {shape, data.subspan(static_cast<size_t>(offsets[0]), static_cast<size_t>(size))};
}

/// @throws Error(format) if the tensors do not fill the data, one after the other
void require_filled(const Safetensors& file, std::span<const uint8_t> data) {
  std::vector<std::span<const uint8_t>> parts;
  for (const auto& [name, entry] : file.tensors) {
    if (!entry.bytes.empty()) parts.push_back(entry.bytes);
  }
  std::ranges::sort(parts, {}, [](const auto& part) { return part.data(); });
  const uint8_t* end = data.data();
  for (const auto& part : parts) {
    if (part.data() != end) reject_safetensors("its tensors overlap, or leave a gap");
    end = part.data() + part.size();
  }
  if (end != data.data() + data.size()) {
    reject_safetensors(concat(data.data() + data.size() - end, " bytes at its end belong to no tensor"));
  }
}

}  // namespace

Safetensors parse_safetensors(std::span<const uint8_t> file) {
  if (file.size() < length_size) {
    reject_safetensors(concat("it starts with the length of its header, 8 bytes, but has only ", file.size()));
  }
  const auto length = read_little_endian<uint64_t>(file.data());
  const auto rest = file.subspan(length_size);
  if (length > rest.size()) {
    reject_safetensors(concat("its header shall have ", std::to_string(length), " bytes, but the file has only ",
                              rest.size(), " more"));
  }
  const auto data = rest.subspan(static_cast<size_t>(length));
  const Json header = parse_header(rest.first(static_cast<size_t>(length)));
  Safetensors result;
  for (const auto& [name, entry] : header.items()) {
    if (name != "__metadata__") {
      result.tensors.emplace(name, read_entry(name, entry, data));
      continue;
    }
    if (!entry.is_object()) reject_safetensors("its \"__metadata__\" is no object");
    for (const auto& [key, text] : entry.items()) {
      if (!text.is_string()) reject_safetensors(concat("the metadata '", key, "' is no text"));
      result.metadata.emplace(key, text.get<std::string>());
    }
  }
  require_filled(result, data);
  return result;
}

void copy_numbers(const Safetensors::Entry& entry, Tensor& tensor) {
  const uint8_t* bytes = entry.bytes.data();
  for (Scalar& value : tensor.values()) {
    value = std::bit_cast<Scalar>(read_little_endian<ScalarBits>(bytes));
    bytes += sizeof(Scalar);
  }
}

std::vector<uint8_t> write_safetensors(const std::vector<NamedTensor>& tensors,
                                       const std::map<std::string, std::string>& metadata) {
  Json header{{"__metadata__", metadata}};
  size_t end = 0;
  for (const auto& [name, tensor] : tensors) {
    const size_t begin = end;
    end += static_cast<size_t>(tensor->size()) * sizeof(Scalar);
    Json shape = Json::array();
    for (int i = 0; i < tensor->shape().rank(); ++i) shape.push_back(tensor->shape()[i]);
    header[name] = {{"dtype", number_type}, {"shape", shape}, {"data_offsets", {begin, end}}};
  }
  std::string text;
  try {
    text = header.dump();
  } catch (const Json::type_error&) {
    throw Error(ErrorCode::format, "a name, or a text to be saved, is not UTF-8");
  }
  // Numbers begin at a multiple of 8, so that a reader may map the file into its memory.
  text.resize((text.size() + 7) / 8 * 8, ' ');

  std::vector<uint8_t> bytes(length_size + text.size() + end);
  uint8_t* next = write_little_endian(bytes.data(), uint64_t{text.size()});
  next = std::ranges::copy(text, next).out;
  for (const auto& [name, tensor] : tensors) {
    for (const Scalar value : tensor->values()) next = write_little_endian(next, std::bit_cast<ScalarBits>(value));
  }
  return bytes;
}

}  // namespace toydl
