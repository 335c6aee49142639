# What is installed where, and the Debian package made of it (script/package).
include(GNUInstallDirs)

install(TARGETS personalify RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# Of the emotion model's runtime only what reads our networks on a CPU; each file finds the others beside it.
get_target_property(openvino openvino::runtime IMPORTED_LOCATION_RELEASE)
cmake_path(GET openvino PARENT_PATH openvino)
file(GLOB openvino_libraries ${openvino}/libopenvino.so.* ${openvino}/libopenvino_intel_cpu_plugin.so
     ${openvino}/libopenvino_ir_frontend.so.* ${openvino}/libtbb.so.12)
list(LENGTH openvino_libraries count)
if(NOT count EQUAL 4)
    message(FATAL_ERROR "Expected four of OpenVINO's libraries in ${openvino}, found: ${openvino_libraries}")
endif()
install(FILES ${openvino_libraries} DESTINATION lib/personalify)
file(GLOB openvino_notices ${openvino}/../../openvino-*.dist-info/licenses/licensing/*.txt)
if(NOT openvino_notices)
    message(FATAL_ERROR "OpenVINO's notices of third parties are not beside ${openvino}")
endif()

install(DIRECTORY models DESTINATION ${CMAKE_INSTALL_DATADIR}/personalify)

set(deploy ${CMAKE_CURRENT_SOURCE_DIR}/deploy)
install(FILES ${deploy}/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${openvino_notices} DESTINATION ${CMAKE_INSTALL_DOCDIR}/openvino)
install(FILES ${deploy}/nginx/personalify.conf DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples/nginx)
install(FILES ${deploy}/caddy/Caddyfile DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples/caddy)
install(FILES ${deploy}/systemd/personalify.service DESTINATION /lib/systemd/system)
install(FILES ${deploy}/debian/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
        RENAME personalify)
# A setting may be a secret: its file is for root and, once the package gave it to that group, the service.
install(FILES ${deploy}/personalify.env DESTINATION /etc/personalify
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)

# Debian wants these compressed; -n keeps the moment of the build out of them.
function(install_compressed source destination name)
    set(made ${PROJECT_BINARY_DIR}/package/${name})
    add_custom_command(OUTPUT ${made} DEPENDS ${source} VERBATIM
                       COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/package
                       COMMAND sh -c "gzip -9 -n < '${source}' > '${made}'")
    set_property(GLOBAL APPEND PROPERTY personalify_compressed ${made})
    install(FILES ${made} DESTINATION ${destination})
endfunction()
install_compressed(${deploy}/personalify.1 ${CMAKE_INSTALL_MANDIR}/man1 personalify.1.gz)
install_compressed(${deploy}/debian/changelog ${CMAKE_INSTALL_DOCDIR} changelog.Debian.gz)
install_compressed(${CMAKE_CURRENT_SOURCE_DIR}/CHANGELOG.md ${CMAKE_INSTALL_DOCDIR} changelog.gz)
get_property(compressed GLOBAL PROPERTY personalify_compressed)
add_custom_target(package-files ALL DEPENDS ${compressed})

set(PERSONALIFY_CONTACT "The Personalify authors <personalify@users.noreply.invalid>" CACHE STRING
    "Maintainer named by the package, as \"Name <address>\"")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME personalify)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "backend between Spotify and its listeners' own clients")
set(CPACK_PACKAGE_DESCRIPTION "Logs listeners in with Spotify, keeps their favourites, and answers a
dashboard, a live player, a profile and a history over a documented HTTP API.
.
One process with an SQLite database and an emotion model that reads titles
and lyrics on this machine.")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_SOURCE_DIR}/build/package)
set(CPACK_SET_DESTDIR ON) # for the files in /etc and /lib
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${PERSONALIFY_CONTACT}")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${openvino})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${deploy}/debian/conffiles ${deploy}/debian/postinst
    ${deploy}/debian/prerm ${deploy}/debian/postrm)
include(CPack)
