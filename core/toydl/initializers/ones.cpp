#include <toydl/descriptor.h>
#include <toydl/initializers/ones.h>

namespace toydl {

void Ones::fill(Tensor& tensor, Fans, Rng&) const { tensor.fill(1); }

Descriptor<Initializer> Ones::descriptor() { return describe_as<Initializer, Ones>("Ones", "All ones."); }

}  // namespace toydl
