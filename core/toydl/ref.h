#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace toydl {

/// A shared reference to some kind of `Base`, made from an object of it or from a std::shared_ptr. It lets a list read
/// as mathematics does: `Model({Linear(784, 50), ReLU()})`, and keep what it was given.
template <class Base>
class Ref {
 public:
  template <std::derived_from<Base> Derived>
  requires(!std::is_abstract_v<Derived>) Ref(Derived object) : pointer_(std::make_shared<Derived>(std::move(object))) {}

  template <std::derived_from<Base> Derived>
  Ref(std::shared_ptr<Derived> pointer) : pointer_(std::move(pointer)) {}

  Base& operator*() const { return *pointer_; }
  Base* operator->() const { return pointer_.get(); }
  const std::shared_ptr<Base>& pointer() const { return pointer_; }

 private:
  std::shared_ptr<Base> pointer_;
};

}  // namespace toydl
