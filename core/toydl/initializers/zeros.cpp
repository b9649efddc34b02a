#include <toydl/descriptor.h>
#include <toydl/initializers/zeros.h>

namespace toydl {

void Zeros::fill(Tensor& tensor, Fans, Rng&) const { tensor.fill(0); }

Descriptor<Initializer> Zeros::descriptor() { return describe_as<Initializer, Zeros>("Zeros", "All zeros."); }

}  // namespace toydl
