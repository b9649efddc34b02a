#include <toydl/error.h>
#include <toydl/summary.h>

#include <algorithm>
#include <array>

namespace toydl {

ModelSummary::operator std::string() const {
  using Line = std::array<std::string, 3>;
  std::vector<Line> lines{{"layer", "output", "parameters"}, {"input", std::string(input), ""}};
  for (const auto& layer : layers) lines.push_back({layer.layer, std::string(layer.output), concat(layer.parameters)});
  lines.push_back({"all", "", concat(parameters)});
  Line widest;
  for (const Line& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widest[i].resize(std::max(widest[i].size(), line[i].size()));
  }
  std::string text;
  for (const Line& line : lines) {
    const auto fill = [&](size_t i) { return std::string(widest[i].size() - line[i].size(), ' '); };
    text += line[0] + fill(0) + "  " + line[1] + fill(1) + "  " + fill(2) + line[2];
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

}  // namespace toydl
