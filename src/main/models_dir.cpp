#include "main/models_dir.hpp"

#include <system_error>

namespace personalify {

namespace fs = std::filesystem;

fs::path default_models_dir() {
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    if (!problem) {
        const fs::path installed = program.parent_path().parent_path() / "share/personalify/models";
        if (fs::is_directory(installed, problem)) {
            return installed;
        }
    }
    return (program.parent_path() / PERSONALIFY_MODELS_DIR).lexically_normal();
}

} // namespace personalify
