#include <toydl/error.h>
#include <toydl/layer.h>
#include <toydl/registry.h>
#include <toydl/state.h>

namespace toydl {

void Layer::visit_state(StateVisitor& state) {
  for (const auto& parameter : parameters()) state.parameter(*parameter);
  for (const auto& buffer : buffers()) state.parameter(*buffer);
}

std::string Layer::describe() const {
  std::string arguments;
  // As a shape is written everywhere: [1, 28, 28].
  const auto written = [](const Json& value) {
    std::string text;
    for (const char c : value.dump()) text += value.is_array() && c == ',' ? ", " : std::string(1, c);
    return text;
  };
  const auto add = [&](const std::string& text) { arguments += (arguments.empty() ? "" : ", ") + text; };
  if (const auto* descriptor = descriptor_of(*this)) {
    const Json options = descriptor->write_options(*this);
    for (const auto& option : descriptor->options) {
      const Json& value = options[option.name];
      if (option.required)
        add(written(value));
      else if (value != option.default_value && option.type->kind != "initializer")
        add(option.name + " " + written(value));
    }
  }
  return concat(type(), "(", arguments, ")");
}

}  // namespace toydl
