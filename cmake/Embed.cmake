# personalify_embed(<target> FILES a.html b.css ...)
# Turns files into read-only bytes of the target (assembler .incbin: no compile cost, and the pages of the
# binary are read from disk only when they are served). The target's sources then include "embedded.hpp",
# which declares a function per file, named after it: `personalify::embedded::app_css()` for app.css.
enable_language(ASM)

function(personalify_embed target)
    cmake_parse_arguments(embed "" "" "FILES" ${ARGN})
    set(dir ${PROJECT_BINARY_DIR}/embedded/${target})
    set(asm "    .section .rodata\n")
    set(hpp "#pragma once\n\n#include <string_view>\n\nnamespace personalify::embedded {\n\n")
    set(cpp "#include \"embedded.hpp\"\n\n#include <cstddef>\n\n")
    set(ids "")
    set(paths "")
    foreach(file IN LISTS embed_FILES)
        get_filename_component(path ${file} ABSOLUTE)
        get_filename_component(base ${file} NAME)
        string(MAKE_C_IDENTIFIER ${base} id)
        if(NOT EXISTS ${path})
            message(FATAL_ERROR "${target} embeds ${path}, which does not exist. Files under build/web are "
                                "made by script/bootstrap.")
        endif()
        if(id IN_LIST ids)
            message(FATAL_ERROR "${target} embeds two files that would be called ${id}()")
        endif()
        string(APPEND asm "    .balign 16\nembedded_${id}_begin:\n    .incbin \"${path}\"\nembedded_${id}_end:\n"
                          "    .byte 0\n    .global embedded_${id}_begin\n    .global embedded_${id}_end\n"
                          "    .hidden embedded_${id}_begin\n    .hidden embedded_${id}_end\n")
        string(APPEND hpp "/// The bytes of ${base}.\nstd::string_view ${id}();\n\n")
        string(APPEND cpp "extern \"C\" const char embedded_${id}_begin[], embedded_${id}_end[];\n"
                          "std::string_view personalify::embedded::${id}() {\n    return {embedded_${id}_begin, "
                          "static_cast<std::size_t>(embedded_${id}_end - embedded_${id}_begin)};\n}\n\n")
        list(APPEND ids ${id})
        list(APPEND paths ${path})
    endforeach()
    string(APPEND asm "    .section .note.GNU-stack,\"\",%progbits\n")
    string(APPEND hpp "} // namespace personalify::embedded\n")
    # Written only when they differ, so that a configuration compiles nothing anew.
    file(CONFIGURE OUTPUT ${dir}/embedded.s CONTENT "${asm}" @ONLY)
    file(CONFIGURE OUTPUT ${dir}/embedded.hpp CONTENT "${hpp}" @ONLY)
    file(CONFIGURE OUTPUT ${dir}/embedded.cpp CONTENT "${cpp}" @ONLY)
    # The assembler's object is made anew when an embedded file changes.
    set_source_files_properties(${dir}/embedded.s PROPERTIES OBJECT_DEPENDS "${paths}"
                                COMPILE_OPTIONS "-Wno-unused-command-line-argument")
    target_sources(${target} PRIVATE ${dir}/embedded.s ${dir}/embedded.cpp)
    target_include_directories(${target} PRIVATE ${dir})
endfunction()
