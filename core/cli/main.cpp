#include "train.h"

#include <toydl/arithmetic_version.h>
#include <toydl/error.h>

#include <CLI/CLI.hpp>
#include <iostream>

int main(int argc, char** argv) {
  CLI::App app("ToyDL: a small deep-learning framework. The same runs as in the browser, to the same bits.", "toydl");
  app.require_subcommand(1);
  app.set_version_flag(
      "--version", toydl::concat("toydl ", TOYDL_VERSION, ", arithmetic ", toydl::arithmetic_version),
      "Print the version, and that of the arithmetic: equal settings give equal weights where it is the same");
  app.get_formatter()->column_width(34);
  toydl::cli::add_train(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const toydl::Error& error) {
    std::cerr << "toydl: " << error.what() << "\n";
    return 1;
  } catch (const std::bad_alloc&) {
    std::cerr << "toydl: there is not enough memory for this\n";
    return 1;
  }
}
