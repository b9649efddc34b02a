#pragma once

#include <toydl/parameter.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace toydl {

/// Visits everything that training changes, to save it, or to restore what was saved. Whoever holds such state shows it in a
/// `visit_state(StateVisitor&)`, always the same things in the same order:
///
///     void visit_state(StateVisitor& state) override {
///       Optimizer::visit_state(state);
///       state.for_each_parameter("mean", parameters(), mean_);
///       state.number("beta1_power", beta1_power_);
///     }
///
/// What is restored gets its values only after everything was visited and found to fit.
class StateVisitor {
 public:
  StateVisitor() = default;
  StateVisitor(const StateVisitor&) = delete;
  virtual ~StateVisitor() = default;

  /// Whatever `visit` shows has this before its name: in "optimizer", "mean" is "optimizer.mean".
  template <class Visit>
  void within(const std::string& scope, const Visit& visit) {
    const std::string outer = scope_;
    scope_ += scope + ".";
    visit();
    scope_ = outer;
  }

  /// Numbers that keep their shape.
  void tensor(const std::string& name, Tensor& value) { visit_tensor(full_name(name), value); }

  /// What a layer learns or gathers, by the name that it has. Its gradient counts as used once it is restored.
  void parameter(Parameter& parameter);

  /// What somebody else remembers of each parameter, such as the moments of Adam: "mean.0.weight".
  void for_each_parameter(const std::string& name, const Parameters& parameters, std::vector<Tensor>& values);

  /// A number, to its last bit. @param valid which numbers can be restored
  template <std::floating_point T>
  void number(
      const std::string& name, T& value, bool (*valid)(double) = [](double) { return true; }) {
    visit_number(full_name(name), value, valid, [&value](double restored) { value = static_cast<T>(restored); });
  }

  /// A whole number from 0 on, or a truth value. A signed one is a count: restored, it has room to go on.
  template <std::integral T>
  void integer(const std::string& name, T& value) {
    constexpr T max = std::numeric_limits<T>::max() / (std::is_signed_v<T> ? 2 : 1);
    visit_integer(full_name(name), static_cast<uint64_t>(value), static_cast<uint64_t>(max),
                  [&value](uint64_t restored) { value = static_cast<T>(restored); });
  }

  /// Something that is not restored, but has to be as it was.
  void same(const std::string& name, const std::string& value) { visit_same(full_name(name), value); }

  /// For what followed from the former state: `action` forgets it once everything is restored. It must not throw.
  virtual void after_restoring(std::function<void()> action) = 0;

 private:
  virtual void visit_tensor(const std::string& name, Tensor& value) = 0;
  virtual void visit_number(const std::string& name, double value, bool (*valid)(double),
                            std::function<void(double)> restore) = 0;
  virtual void visit_integer(const std::string& name, uint64_t value, uint64_t max,
                             std::function<void(uint64_t)> restore) = 0;
  virtual void visit_same(const std::string& name, const std::string& value) = 0;

  /// The name within its scope; the second of two equal ones ends in "#2".
  std::string full_name(const std::string& name);

  std::string scope_;
  std::set<std::string> names_;
  std::map<const Parameter*, std::string> parameter_names_;
};

}  // namespace toydl
