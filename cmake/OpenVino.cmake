# The runtime of the emotion model, from the wheel that script/bootstrap puts into build/venv (or from where
# -DOpenVINO_DIR says). Shared libraries: the CPU plugin is loaded from where libopenvino lies.
if(NOT OpenVINO_DIR)
    file(GLOB openvino_cmake ${PROJECT_SOURCE_DIR}/build/venv/lib/python3*/site-packages/openvino/cmake)
    set(OpenVINO_DIR ${openvino_cmake} CACHE PATH "Folder of OpenVINOConfig.cmake")
endif()
if(NOT OpenVINO_DIR)
    message(FATAL_ERROR "OpenVINO is not here; script/bootstrap installs it into build/venv.")
endif()
find_package(OpenVINO REQUIRED COMPONENTS Runtime)

# personalify_find_openvino(<executable>): where a program looks for OpenVINO: in the build tree, besides that
# tree's own place, beside itself and where a package puts it; installed, only there.
function(personalify_find_openvino target)
    set_property(TARGET ${target} APPEND PROPERTY BUILD_RPATH "$ORIGIN;$ORIGIN/../lib/personalify")
    set_property(TARGET ${target} APPEND PROPERTY INSTALL_RPATH "$ORIGIN/../lib/personalify")
endfunction()
