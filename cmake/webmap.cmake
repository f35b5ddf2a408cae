# The page of `cordon map`: webmap/ is bundled by esbuild (from npm, its versions locked) and embedded in the program.
# Without Node, npm or the packages, or with -DCORDON_WEBMAP=OFF, the program is built without the map, and says so here and when asked for one.
# Nothing is written into the source tree: packages go to BUILD/webmap.
option(CORDON_WEBMAP "Build the interactive map (needs Node 18 or newer, npm, and its packages)" ON)

set(webmap_source ${PROJECT_SOURCE_DIR}/webmap)
set(webmap_build ${PROJECT_BINARY_DIR}/webmap)
set(webmap_why "")
set(webmap_log "")

if(NOT CORDON_WEBMAP)
    set(webmap_why "CORDON_WEBMAP is off")
else()
    find_program(CORDON_NODE NAMES node nodejs)
    find_program(CORDON_NPM NAMES npm)
    mark_as_advanced(CORDON_NODE CORDON_NPM)
    if(NOT CORDON_NODE OR NOT CORDON_NPM)
        set(webmap_why "no Node with npm was found")
    else()
        execute_process(COMMAND ${CORDON_NODE} -p "process.versions.node.split('.')[0]"
            OUTPUT_VARIABLE node_major OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
        if(NOT node_major MATCHES "^[0-9]+$" OR node_major LESS 18)
            set(webmap_why "Node ${node_major} is older than 18")
        endif()
    endif()
endif()

# The packages of the lock file, once for each of its versions.
if(webmap_why STREQUAL "")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${webmap_source}/package-lock.json)
    file(SHA256 ${webmap_source}/package-lock.json webmap_lock)
    set(webmap_stamp "")
    if(EXISTS ${webmap_build}/packages.stamp)
        file(READ ${webmap_build}/packages.stamp webmap_stamp)
    endif()
    if(NOT webmap_stamp STREQUAL webmap_lock OR NOT EXISTS ${webmap_build}/node_modules/esbuild)
        file(MAKE_DIRECTORY ${webmap_build})
        foreach(name package.json package-lock.json)
            file(COPY_FILE ${webmap_source}/${name} ${webmap_build}/${name} ONLY_IF_DIFFERENT)
        endforeach()
        execute_process(COMMAND ${CORDON_NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
                --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=4000
            WORKING_DIRECTORY ${webmap_build} RESULT_VARIABLE npm_failed
            OUTPUT_FILE ${webmap_build}/npm.log ERROR_FILE ${webmap_build}/npm.log TIMEOUT 300)
        if(npm_failed)
            set(webmap_why "npm could not get its packages")
            set(webmap_log " (${webmap_build}/npm.log)")
        else()
            file(WRITE ${webmap_build}/packages.stamp ${webmap_lock})
        endif()
    endif()
endif()

set(webmap_cpp ${PROJECT_BINARY_DIR}/generated/map_bundle.cpp)
# What stands in for the page where it is left out; a test links it too.
set(webmap_none_cpp ${PROJECT_BINARY_DIR}/generated/map_bundle_none.cpp)
set(webmap_none_why "${webmap_why}")
if(webmap_why STREQUAL "")
    set(webmap_none_why "a test leaves it out")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/map_bundle_none.cpp.in ${webmap_none_cpp} @ONLY)

if(webmap_why STREQUAL "")
    set(CORDON_HAS_WEBMAP ON)
    file(GLOB webmap_files CONFIGURE_DEPENDS ${webmap_source}/src/*.js ${webmap_source}/*.css ${webmap_source}/build.mjs)
    add_custom_command(OUTPUT ${webmap_build}/map.js ${webmap_build}/map.css
        COMMAND ${CORDON_NODE} ${webmap_source}/build.mjs ${webmap_source} ${webmap_build}
        DEPENDS ${webmap_files} ${webmap_build}/packages.stamp VERBATIM COMMENT "Bundling the page of cordon map")
    set(webmap_script ${webmap_build}/map.js)
    set(webmap_style ${webmap_build}/map.css)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/map_bundle.cpp.in ${webmap_cpp} @ONLY)
    set_source_files_properties(${webmap_cpp} PROPERTIES OBJECT_DEPENDS "${webmap_build}/map.js;${webmap_build}/map.css")
    add_library(geo_webmap STATIC ${webmap_cpp} ${webmap_build}/map.js ${webmap_build}/map.css)
    message(STATUS "The interactive map is built in (Node ${node_major})")
else()
    set(CORDON_HAS_WEBMAP OFF)
    add_library(geo_webmap STATIC ${webmap_none_cpp})
    message(STATUS "The interactive map is left out: ${webmap_why}${webmap_log}")
endif()
target_link_libraries(geo_webmap PUBLIC geo_flags)
