#include <toydl/state.h>

namespace toydl {

void StateVisitor::parameter(Parameter& parameter) {
  const std::string name = full_name(parameter.name);
  parameter_names_[&parameter] = name;
  visit_tensor(name, parameter.value);
  after_restoring([&parameter] { parameter.grad_used = true; });
}

void StateVisitor::for_each_parameter(const std::string& name, const Parameters& parameters,
                                      std::vector<Tensor>& values) {
  within(name, [&] {
    for (size_t i = 0; i < parameters.size(); ++i) {
      const auto found = parameter_names_.find(parameters[i].get());
      // A parameter of another model has no name here.
      tensor(found != parameter_names_.end() ? found->second : std::to_string(i), values[i]);
    }
  });
}

std::string StateVisitor::full_name(const std::string& name) {
  const std::string full = scope_ + name;
  std::string unique = full;
  for (int count = 2; !names_.insert(unique).second; ++count) unique = full + "#" + std::to_string(count);
  return unique;
}

}  // namespace toydl
