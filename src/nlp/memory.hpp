#pragma once

#include <filesystem>
#include <string_view>

/// Memory that the model's libraries hold without need. All of it comes back by itself when it is used again.
namespace personalify::nlp {

/// Returns what is free in the heap to the system.
void trim_heap();

/// Lets go of the pages of a file that is mapped for reading: a network's weights are copied when it is made
/// ready, and of its tables of embeddings few rows are ever asked for.
void forget_pages(const std::filesystem::path& file);

/// Lets go of the code of loaded libraries whose names begin like this, e.g. "libopenvino".
void forget_code(std::string_view library);

} // namespace personalify::nlp
