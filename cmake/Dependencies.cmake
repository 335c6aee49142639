# Everything comes from Debian packages; script/bootstrap installs them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CURL REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(LibArchive REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_path(BROTLI_INCLUDE brotli/encode.h REQUIRED)
find_library(BROTLI_ENCODER brotlienc REQUIRED)
add_library(brotli INTERFACE)
target_include_directories(brotli SYSTEM INTERFACE ${BROTLI_INCLUDE})
target_link_libraries(brotli INTERFACE ${BROTLI_ENCODER})
find_path(GUMBO_INCLUDE gumbo.h REQUIRED)
find_library(GUMBO_LIBRARY gumbo REQUIRED)
add_library(gumbo INTERFACE)
target_include_directories(gumbo SYSTEM INTERFACE ${GUMBO_INCLUDE})
target_link_libraries(gumbo INTERFACE ${GUMBO_LIBRARY})

# Asio is compiled once (src/core/asio.cpp) and only declared elsewhere: a handler file then compiles in
# about a second and a half.
add_library(personalify_boost INTERFACE)
target_link_libraries(personalify_boost INTERFACE Boost::headers Boost::json Boost::url Threads::Threads)
target_compile_definitions(personalify_boost INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_ARRAY
    BOOST_ASIO_DISABLE_BOOST_BIND BOOST_ASIO_DISABLE_BOOST_REGEX BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_BEAST_USE_STD_STRING_VIEW)
