# muster_layer(NAME SOURCES ... USES our layers ... LIBRARIES third parties ...)
# Third-party libraries stay PRIVATE, so that their headers cannot leak into other folders.
add_library(muster_pch INTERFACE)
target_precompile_headers(muster_pch INTERFACE <algorithm> <array> <cstdint> <functional> <map> <memory> <optional>
                          <string> <string_view> <utility> <variant> <vector>)

function(muster_layer name)
  cmake_parse_arguments(layer "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(muster_${name} STATIC ${layer_SOURCES})
  target_include_directories(muster_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  list(TRANSFORM layer_USES PREPEND muster_)
  target_link_libraries(muster_${name} PUBLIC ${layer_USES} PRIVATE ${layer_LIBRARIES} muster_pch)
endfunction()

# muster_test(NAME SOURCES ... USES ... [LABEL unit|drill|long] [LIBRARIES ...]): one GoogleTest program.
function(muster_test name)
  cmake_parse_arguments(test "" "LABEL" "SOURCES;USES;LIBRARIES" ${ARGN})
  if(NOT test_LABEL)
    set(test_LABEL unit)
  endif()
  add_executable(${name} ${test_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  list(TRANSFORM test_USES PREPEND muster_)
  target_compile_definitions(${name} PRIVATE MUSTER_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${test_USES} ${test_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main
                        muster_pch)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${test_LABEL} TIMEOUT 600)
endfunction()
