# C++23 on libstdc++, sanitizers and hardening. g++ 12 is refused: it miscompiles coroutines
# (tests/toolchain shows the patterns).
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "Personalify needs clang 19 or newer (found ${CMAKE_CXX_COMPILER_ID} "
                        "${CMAKE_CXX_COMPILER_VERSION}); run script/bootstrap and use a preset.")
endif()
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
    # What one checkout has compiled, another one finds: paths below the checkout are told from there.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
add_link_options(-fuse-ld=lld)

set(PERSONALIFY_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined or thread")
if(PERSONALIFY_SANITIZE)
    add_compile_options(-fsanitize=${PERSONALIFY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${PERSONALIFY_SANITIZE})
    if(PERSONALIFY_FUZZ)
        add_compile_options(-fsanitize=fuzzer-no-link) # what the fuzzer learns from: coverage, comparisons
    endif()
else()
    add_compile_options(-fstack-protector-strong)
    add_compile_definitions($<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
    add_link_options(-Wl,-z,relro,-z,now)
endif()
add_compile_definitions($<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
