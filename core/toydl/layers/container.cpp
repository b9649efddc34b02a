#include <toydl/error.h>
#include <toydl/layers/container.h>

namespace toydl {

Container::Container(std::string_view type, Options options) : options_(std::move(options)), chain_(options_.layers) {
  if (options_.layers.empty()) throw Error(ErrorCode::option, concat(type, " needs at least one layer"));
}

std::string Container::describe() const { return concat(type(), "(", chain_.describe(), ")"); }

}  // namespace toydl
