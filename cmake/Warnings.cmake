# Warnings for our own code only; third-party headers come in as system headers.
add_library(personalify_warnings INTERFACE)
target_compile_options(personalify_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wextra-semi -Wnull-dereference
    -Wunused -Werror
    -Wno-deprecated-declarations) # libstdc++ 12's own stable_sort uses a function that C++17 deprecated
