# Opens maps in Chromium. Needs Node, npm's packages of package.json (in BUILD/browser, never in the source tree) and Chromium; where one is not there a test
# says so and is skipped. scripts/test --no-browser leaves them out: -DCORDON_BROWSER_TESTS=OFF.
option(CORDON_BROWSER_TESTS "Test the interactive map in Chromium" ON)
if(NOT CORDON_BROWSER_TESTS OR NOT CORDON_HAS_WEBMAP)
    message(STATUS "The browser tests are left out")
    return()
endif()

set(browser_source ${PROJECT_SOURCE_DIR}/tests/browser)
set(browser_build ${PROJECT_BINARY_DIR}/browser)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${browser_source}/package-lock.json)
file(SHA256 ${browser_source}/package-lock.json browser_lock)
set(browser_stamp "")
if(EXISTS ${browser_build}/packages.stamp)
    file(READ ${browser_build}/packages.stamp browser_stamp)
endif()
if(NOT browser_stamp STREQUAL browser_lock)
    file(MAKE_DIRECTORY ${browser_build})
    foreach(name package.json package-lock.json)
        file(COPY_FILE ${browser_source}/${name} ${browser_build}/${name} ONLY_IF_DIFFERENT)
    endforeach()
    execute_process(COMMAND ${CORDON_NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
            --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=4000
        WORKING_DIRECTORY ${browser_build} RESULT_VARIABLE npm_failed
        OUTPUT_FILE ${browser_build}/npm.log ERROR_FILE ${browser_build}/npm.log TIMEOUT 300)
    if(npm_failed)
        message(STATUS "The browser tests will be skipped: npm could not get their packages (${browser_build}/npm.log)")
    else()
        file(WRITE ${browser_build}/packages.stamp ${browser_lock})
    endif()
endif()

foreach(name opens-from-disk slider-moves-through-the-years a-click-shows-the-finding a-walk-is-drawn-along-the-streets areas-are-shaded-with-a-legend filter-and-layers
        search-finds a-link-opens-at-one-application tables-by-keyboard accessible reports-are-accessible works-at-phone-width prints looks-as-stored
        ten-thousand-features-in-time more-is-counted-by-squares hostile-names-are-text only-the-named-tiles-are-asked)
    string(REPLACE "-" " " words ${name})
    add_test(NAME "browser: ${words}" COMMAND ${CORDON_NODE} ${browser_source}/run.mjs ${name})
    # One Chromium at a time: what is measured in seconds is not measured beside another.
    set_tests_properties("browser: ${words}" PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 RESOURCE_LOCK chromium
        ENVIRONMENT "CORDON_PROGRAM=$<TARGET_FILE:cordon>;CORDON_GRIDS=${PROJECT_SOURCE_DIR}/build/grids;CORDON_BROWSER_PACKAGES=${browser_build}")
endforeach()
# Alone on the machine: it holds the map to 3 seconds.
set_tests_properties("browser: ten thousand features in time" PROPERTIES RUN_SERIAL TRUE)
