#pragma once

namespace CLI {
class App;
}

namespace toydl::cli {

/// Adds `toydl train` to the command line.
void add_train(CLI::App& app);

}  // namespace toydl::cli
