# muster_layer(NAME SOURCES ... USES our layers ... LIBRARIES third parties ...)
# Third-party libraries stay PRIVATE, so that their headers cannot leak into other folders.

# One precompiled header for all layers: what nearly every file includes.
file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "// Carries the precompiled header.\n")
add_library(muster_precompiled STATIC ${PROJECT_BINARY_DIR}/precompiled.cpp)
target_precompile_headers(muster_precompiled PRIVATE <algorithm> <array> <cstdint> <functional> <map> <memory>
                          <optional> <string> <string_view> <utility> <variant> <vector> <fmt/format.h>)
target_link_libraries(muster_precompiled PRIVATE fmt::fmt)

function(muster_layer name)
  cmake_parse_arguments(layer "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(muster_${name} STATIC ${layer_SOURCES})
  target_include_directories(muster_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  list(TRANSFORM layer_USES PREPEND muster_)
  target_link_libraries(muster_${name} PUBLIC ${layer_USES} PRIVATE ${layer_LIBRARIES} fmt::fmt)
  target_precompile_headers(muster_${name} REUSE_FROM muster_precompiled)
endfunction()

# muster_test(NAME SOURCES ... USES ... [LABEL unit|sample|long] [LIBRARIES ...]): one GoogleTest program.
# MUSTER_SOURCE_DIR is the project's root, for test data.
function(muster_test name)
  cmake_parse_arguments(test "" "LABEL" "SOURCES;USES;LIBRARIES" ${ARGN})
  if(NOT test_LABEL)
    set(test_LABEL unit)
  endif()
  add_executable(${name} ${test_SOURCES})
  list(TRANSFORM test_USES PREPEND muster_)
  target_link_libraries(${name} PRIVATE ${test_USES} ${test_LIBRARIES} muster_test_support)
  target_precompile_headers(${name} REUSE_FROM muster_test_support)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${test_LABEL} TIMEOUT 600)
endfunction()
