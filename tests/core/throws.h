#pragma once

#include <toydl/error.h>

#include <catch_amalgamated.hpp>
#include <string>

/// Matches a toydl::Error of this code whose message holds this text.
class FailsWith : public Catch::Matchers::MatcherBase<toydl::Error> {
 public:
  FailsWith(toydl::ErrorCode code, std::string text) : code_(code), text_(std::move(text)) {}

  bool match(const toydl::Error& error) const override {
    return error.code() == code_ && std::string(error.what()).find(text_) != std::string::npos;
  }
  std::string describe() const override { return "is a " + std::string(name_of(code_)) + " error that says: " + text_; }

 private:
  toydl::ErrorCode code_;
  std::string text_;
};

template <>
struct Catch::StringMaker<toydl::Error> {
  static std::string convert(const toydl::Error& error) {
    return std::string(name_of(error.code())) + " error: " + error.what();
  }
};

/// Checks that `expression` throws such an error.
#define CHECK_FAILS(expression, code, text) \
  CHECK_THROWS_MATCHES(expression, toydl::Error, FailsWith(toydl::ErrorCode::code, text))
