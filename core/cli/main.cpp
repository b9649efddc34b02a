#include "train.h"

#include <toydl/error.h>

#include <CLI/CLI.hpp>
#include <iostream>

int main(int argc, char** argv) {
  CLI::App app("ToyDL: a small deep-learning framework. The same runs as in the browser, to the same bits.", "toydl");
  app.require_subcommand(1);
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
