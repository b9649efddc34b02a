#include <toydl/error.h>
#include <toydl/layer.h>
#include <toydl/registry.h>

namespace toydl {

std::string Layer::describe() const {
  std::string arguments;
  const auto add = [&](const std::string& text) { arguments += (arguments.empty() ? "" : ", ") + text; };
  if (const auto* descriptor = descriptor_of(*this)) {
    const Json options = descriptor->write_options(*this);
    for (const auto& option : descriptor->options) {
      const Json& value = options[option.name];
      if (option.required) add(value.dump());
      else if (value != option.default_value && option.type->kind != "initializer") add(option.name + " " + value.dump());
    }
  }
  return concat(type(), "(", arguments, ")");
}

}  // namespace toydl
