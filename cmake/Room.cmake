# A room is a static library with a name, its sources and the rooms it may use. The link interface enforces
# the arrows of src/rooms.toml: include paths reach every room, but symbols only those named here, and
# tests/structure checks the includes.
function(personalify_room name)
    cmake_parse_arguments(room "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
    add_library(${name} STATIC ${room_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${name} PRIVATE personalify_warnings)
    target_link_libraries(${name} PUBLIC personalify_boost ${room_ROOMS} ${room_LIBRARIES})
endfunction()

# A test executable from its sources, registered test by test. The folder under tests/ is the suite: a label
# (ctest -L unit) and a target that builds all of its executables (ninja unit-tests).
function(personalify_test name)
    cmake_parse_arguments(test "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
    add_executable(${name} ${test_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${name} PRIVATE personalify_warnings ${test_ROOMS} ${test_LIBRARIES} GTest::gmock_main)

    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/tests
               OUTPUT_VARIABLE suite)
    string(REGEX REPLACE "/.*" "" suite ${suite})
    # Sanitizers make optimizing the tests' own code three times as slow as compiling it; what it calls stays as it is.
    if(PERSONALIFY_SANITIZE AND NOT suite STREQUAL "toolchain")
        target_compile_options(${name} PRIVATE -O0)
    endif()
    if(NOT TARGET ${suite}-tests)
        add_custom_target(${suite}-tests)
    endif()
    add_dependencies(${suite}-tests ${name})
    # Listed when ctest starts, not when it is linked; a sanitized program may take its time.
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT 120 LABELS ${suite})
endfunction()
