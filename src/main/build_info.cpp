#include "main/build_info.hpp"

#include "version.hpp"

namespace personalify {

std::string version_number() {
    return std::string{version};
}

std::string commit() {
    return std::string{revision};
}

std::string version_text() {
    return std::string{version} + " (" + std::string{revision} + ')';
}

} // namespace personalify
