# personalify_version: link it to include "version.hpp", which names the version and the commit. Only one
# source file may include it (tests/structure checks that), since it changes with every commit.
add_library(personalify_version INTERFACE)
target_include_directories(personalify_version INTERFACE ${PROJECT_BINARY_DIR}/version)

# A checkout without git, or an archive of the sources, knows only the version, unless it is told more.
set(PERSONALIFY_REVISION "unknown" CACHE STRING "The commit, where git can't be asked")
set(revision ${PERSONALIFY_REVISION})
find_package(Git QUIET)
if(Git_FOUND)
    execute_process(COMMAND ${GIT_EXECUTABLE} describe --tags --always --abbrev=12
                    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE code)
    if(code EQUAL 0)
        set(revision ${described})
    endif()
    # This log gets a line with every commit and checkout: then configure again.
    execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --path-format=absolute --git-path logs/HEAD
                    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                    OUTPUT_VARIABLE log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE code)
    if(code EQUAL 0 AND EXISTS "${log}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${log})
    endif()
endif()

file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/version/version.hpp @ONLY CONTENT [[
#pragma once

#include <string_view>

namespace personalify {

/// The released version, e.g. "1.2.0".
inline constexpr std::string_view version = "@PROJECT_VERSION@";

/// The commit it was built from, as git describes it; "unknown" where nobody says it.
inline constexpr std::string_view revision = "@revision@";

} // namespace personalify
]])
