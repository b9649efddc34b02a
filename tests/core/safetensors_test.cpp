#include "random_tensor.h"
#include "throws.h"

#include <toydl/io/safetensors.h>

#include <limits>
#include <vector>

using namespace toydl;

namespace {

using Bytes = std::vector<uint8_t>;

/// A file with this header and so many bytes of numbers. In the header, TYPE is the one that this build reads.
Bytes file_of(std::string header, size_t numbers) {
  for (size_t at; (at = header.find("TYPE")) != std::string::npos;) {
    header.replace(at, 4, sizeof(Scalar) == 4 ? "\"F32\"" : "\"F64\"");
  }
  Bytes file(8);
  for (size_t i = 0; i < 8; ++i) file[i] = static_cast<uint8_t>(uint64_t{header.size()} >> (8 * i));
  file.insert(file.end(), header.begin(), header.end());
  file.resize(file.size() + numbers);
  return file;
}

/// A file with one tensor described so.
Bytes tensor_of(const std::string& description, size_t numbers = 8) {
  return file_of(R"({"w": {"dtype": TYPE, )" + description + "}}", numbers);
}

}  // namespace

TEST_CASE("what is written to a safetensors file is read again, to the bit", "[safetensors]") {
  Tensor weight = random_tensor({3, 2}, 1);
  weight[0] = -0.f;
  weight[1] = std::numeric_limits<Scalar>::quiet_NaN();
  weight[2] = std::numeric_limits<Scalar>::denorm_min();
  const Tensor scale({}, {7}), nothing({0, 5});
  const std::map<std::string, std::string> metadata{{"about", "\"ü\" \n"}, {"empty", ""}};
  const Bytes bytes = write_safetensors({{"1.weight", &weight}, {"scale", &scale}, {"nothing", &nothing}}, metadata);
  const Safetensors file = parse_safetensors(bytes);
  CHECK(file.metadata == metadata);
  CHECK(file.tensors.size() == 3);
  const auto read = [&](const std::string& name) {
    Tensor tensor(file.tensors.at(name).shape);
    copy_numbers(file.tensors.at(name), tensor);
    return tensor;
  };
  CHECK(same_bits(read("1.weight"), weight));
  CHECK(same_bits(read("scale"), scale));
  CHECK(read("nothing").shape() == Shape{0, 5});
}

TEST_CASE("the bytes of a safetensors file are those of its specification", "[safetensors]") {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("double has another type name");
  const Tensor tensor({1, 2}, {1, -2});
  const std::string header = R"({"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})";
  Bytes expected = file_of(header + std::string(8 - header.size() % 8, ' '), 0);
  expected.insert(expected.end(), {0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0});
  CHECK(write_safetensors({{"w", &tensor}}, {{"a", "b"}}) == expected);
}

TEST_CASE("text that is not UTF-8 is not written", "[safetensors]") {
  CHECK_FAILS(write_safetensors({}, {{"about", "\xff"}}), format, "not UTF-8");
}

TEST_CASE("files that are no safetensors files are refused, and say why", "[safetensors]") {
  const auto fails = [](const Bytes& file, const std::string& message) {
    INFO(std::string(file.begin(), file.end()));
    CHECK_FAILS(parse_safetensors(file), format, message);
  };
  fails({}, "starts with the length of its header, 8 bytes, but has only 0");
  fails(Bytes(8, 255), "its header shall have 18446744073709551615 bytes, but the file has only 0 more");
  fails(file_of("", 0), "its header is no JSON");
  fails(file_of("{\"w\": ", 0), "its header is no JSON from byte");
  fails(file_of("{\"\xff\": 1}", 0), "its header is no JSON from byte");
  fails(file_of("{\"w\": 1e999}", 0), "out of range");
  fails(file_of("[]", 0), "its header is no JSON object");
  fails(file_of(R"({"w": 3})", 0), "the tensor 'w' is not described by an object");
  fails(file_of(R"({"__metadata__": []})", 0), "its \"__metadata__\" is no object");
  fails(file_of(R"({"__metadata__": {"a": 1}})", 0), "the metadata 'a' is no text");
  fails(file_of("{}", 3), "3 bytes at its end belong to no tensor");

  fails(file_of(R"({"w": {"shape": [1], "data_offsets": [0, 4]}})", 4), "must have the \"dtype\"");
  fails(file_of(R"({"w": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}})", 4), "must have the \"dtype\"");
  fails(file_of(R"({"w": {"dtype": 3, "shape": [1], "data_offsets": [0, 4]}})", 4), "must have the \"dtype\"");
  for (const char* shape : {"2", "[2.0]", "[-1]", "[\"2\"]", "[null]", "[true]", "[1e300]", "{}"}) {
    fails(tensor_of(std::string(R"("shape": )") + shape + R"(, "data_offsets": [0, 8])"), "needs \"shape\"");
  }
  fails(tensor_of(R"("shape": [1, 1, 1, 1, 2], "data_offsets": [0, 8])"), "at most 4 dimensions");
  fails(tensor_of(R"("shape": [4294967296, 4294967296, 4294967296], "data_offsets": [0, 8])"), "fit into memory");
  fails(tensor_of(R"("shape": [18446744073709551615], "data_offsets": [0, 8])"), "would not fit into memory");
  fails(tensor_of(R"("shape": [9], "data_offsets": [0, 8])"), "has 8 bytes, but its shape [9] takes");
  for (const char* offsets : {"[0]", "[0, 4, 8]", "[8, 0]"}) {
    fails(tensor_of(std::string(R"("shape": [2], "data_offsets": )") + offsets), "needs \"data_offsets\"");
  }
  fails(tensor_of(R"("shape": [2], "data_offsets": [0, 18446744073709551615])"), "ends after the end of the file");
  fails(tensor_of(R"("shape": [2], "data_offsets": [8, 16])"), "ends after the end of the file");
  fails(tensor_of(R"("shape": [0], "data_offsets": [9, 9])"), "ends after the end of the file");
}

TEST_CASE("tensors fill a safetensors file without gaps and overlaps", "[safetensors]") {
  const auto file = [](const char* a, const char* b) {
    return file_of(std::string(R"({"a": {"dtype": TYPE, "shape": [1], "data_offsets": )") + a +
                       R"(}, "b": {"dtype": TYPE, "shape": [1], "data_offsets": )" + b + "}}",
                   2 * sizeof(Scalar));
  };
  const std::string n = std::to_string(sizeof(Scalar)), twice = std::to_string(2 * sizeof(Scalar));
  const std::string first = "[0, " + n + "]", second = "[" + n + ", " + twice + "]";
  CHECK_NOTHROW(parse_safetensors(file(second.c_str(), first.c_str())));
  CHECK_FAILS(parse_safetensors(file(first.c_str(), first.c_str())), format, "overlap, or leave a gap");
  CHECK_FAILS(parse_safetensors(file(second.c_str(), second.c_str())), format, "overlap, or leave a gap");
}

TEST_CASE("a header of brackets, or of many names, is refused quickly", "[safetensors]") {
  CHECK_FAILS(parse_safetensors(file_of("{\"w\": " + std::string(200'000, '['), 0)), format, "nested too deeply");
  std::string names = "{";
  for (int i = 0; i < 20'000; ++i) names += concat("\"", i, "\": 0, ");
  CHECK_FAILS(parse_safetensors(file_of(names + "\"w\": 0}", 0)), format, "is not described by an object");
}
