#include <toydl/arithmetic_version.h>
#include <toydl/error.h>
#include <toydl/io/checkpoint.h>
#include <toydl/io/safetensors.h>
#include <toydl/json.h>
#include <toydl/state.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace toydl {
namespace {

/// The version of the layout, under this name in the metadata.
constexpr const char* checkpoint_version_key = "toydl_checkpoint";
constexpr const char* checkpoint_version = "1";
/// The version of the arithmetic; ToyDL 0.1.0 did not say it.
constexpr const char* arithmetic_key = "arithmetic";

[[noreturn]] void reject_checkpoint(const std::string& problem) {
  throw Error(ErrorCode::format, concat("the checkpoint ", problem));
}

/// The shortest text that gives the number again.
std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return Json(value).dump();
}

std::optional<double> read_number(const std::string& text) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "inf") return infinity;
  if (text == "-inf") return -infinity;
  // No number is longer, and what else there may be in JSON shall not be read.
  if (text.size() > 32) return std::nullopt;
  const Json json = Json::parse(text, nullptr, false);
  return json.is_number() ? std::optional(json.get<double>()) : std::nullopt;
}

std::optional<uint64_t> read_integer(const std::string& text) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && rest == end ? std::optional(value) : std::nullopt;
}

class Saver : public StateVisitor {
 public:
  void after_restoring(std::function<void()>) override {}

  std::vector<uint8_t> file(const std::string& about, int arithmetic) {
    metadata_.emplace(checkpoint_version_key, checkpoint_version);
    metadata_.emplace(arithmetic_key, std::to_string(arithmetic));
    metadata_.emplace("about", about);
    return write_safetensors(tensors_, metadata_);
  }

 private:
  void visit_tensor(const std::string& name, Tensor& value) override { tensors_.emplace_back(name, &value); }
  void visit_number(const std::string& name, double value, bool (*)(double), std::function<void(double)>) override {
    metadata_[name] = number_text(value);
  }
  void visit_integer(const std::string& name, uint64_t value, uint64_t, std::function<void(uint64_t)>) override {
    metadata_[name] = std::to_string(value);
  }
  void visit_same(const std::string& name, const std::string& value) override { metadata_[name] = value; }

  std::vector<NamedTensor> tensors_;
  std::map<std::string, std::string> metadata_;
};

class Restorer : public StateVisitor {
 public:
  explicit Restorer(const Safetensors& file) : file_(file) {}

  void after_restoring(std::function<void()> action) override { actions_.push_back(std::move(action)); }

  /// Gives everything that was visited its value. @throws Error(format) if there is more in the file
  void restore() {
    for (const auto& [name, entry] : file_.tensors) {
      if (!visited_.contains(name)) {
        reject_checkpoint(concat("has a tensor '", name, "', which there is not here: it is of another model"));
      }
    }
    for (const auto& action : actions_) action();
  }

 private:
  void visit_tensor(const std::string& name, Tensor& value) override {
    const auto found = file_.tensors.find(name);
    if (found == file_.tensors.end()) reject_checkpoint(concat("has no tensor '", name, "': it is of another model"));
    const Safetensors::Entry& entry = found->second;
    if (entry.shape != value.shape()) {
      throw Error(ErrorCode::shape, concat("the tensor '", name, "' is ", entry.shape, " in the checkpoint, and ",
                                           value.shape(), " here: it is of another model"));
    }
    visited_.insert(name);
    actions_.push_back([&entry, &value] { copy_numbers(entry, value); });
  }

  void visit_number(const std::string& name, double, bool (*valid)(double),
                    std::function<void(double)> restore) override {
    const auto value = read_number(text_of(name));
    if (!value || !valid(*value)) reject_value(name);
    actions_.push_back([=] { restore(*value); });
  }

  void visit_integer(const std::string& name, uint64_t, uint64_t max, std::function<void(uint64_t)> restore) override {
    const auto value = read_integer(text_of(name));
    if (!value || *value > max) reject_value(name);
    actions_.push_back([=] { restore(*value); });
  }

  void visit_same(const std::string& name, const std::string& value) override {
    const std::string& saved = text_of(name);
    if (saved == value) return;
    std::string words = name;
    std::ranges::replace(words, '_', ' ');
    reject_checkpoint(concat("is of a run whose ", words, " is ", saved, "; here it is ", value));
  }

  const std::string& text_of(const std::string& name) const {
    const auto found = file_.metadata.find(name);
    if (found == file_.metadata.end()) reject_checkpoint(concat("does not say '", name, "'"));
    return found->second;
  }

  [[noreturn]] void reject_value(const std::string& name) const {
    reject_checkpoint(concat("is damaged: '", name, "' cannot be '", text_of(name), "'"));
  }

  const Safetensors& file_;
  std::set<std::string> visited_;
  std::vector<std::function<void()>> actions_;
};

/// @throws Error(format) for one that is not known here
int arithmetic_of(const Safetensors& file) {
  const auto found = file.metadata.find(arithmetic_key);
  if (found == file.metadata.end()) return 0;
  const auto version = read_integer(found->second);
  if (!version) reject_checkpoint(concat("is damaged: 'arithmetic' cannot be '", found->second, "'"));
  if (*version > arithmetic_version) {
    reject_checkpoint(concat("was made with arithmetic ", *version, ", and this version of ToyDL has arithmetic ",
                             arithmetic_version, ": it needs a newer one"));
  }
  return static_cast<int>(*version);
}

Safetensors parse_checkpoint(std::span<const uint8_t> bytes) {
  Safetensors file = parse_safetensors(bytes);
  const auto found = file.metadata.find(checkpoint_version_key);
  if (found == file.metadata.end()) {
    throw Error(ErrorCode::format, "a safetensors file, but not a checkpoint of a training run of ToyDL's");
  }
  if (found->second != checkpoint_version) reject_checkpoint("was saved by another version of ToyDL");
  return file;
}

}  // namespace

std::vector<uint8_t> save_checkpoint(Trainer& trainer, const std::string& about) {
  Saver saver;
  trainer.visit_state(saver);
  return saver.file(about, trainer.arithmetic());
}

void restore_checkpoint(Trainer& trainer, std::span<const uint8_t> checkpoint) {
  const Safetensors file = parse_checkpoint(checkpoint);
  const int arithmetic = arithmetic_of(file);
  Restorer restorer(file);
  trainer.visit_state(restorer);
  restorer.restore();
  trainer.set_arithmetic(arithmetic);
}

std::string checkpoint_about(std::span<const uint8_t> checkpoint) {
  const Safetensors file = parse_checkpoint(checkpoint);
  const auto found = file.metadata.find("about");
  return found == file.metadata.end() ? "" : found->second;
}

}  // namespace toydl
