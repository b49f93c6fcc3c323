# Warnings, determinism flags, linker, compiler cache.

# -ffp-contract=off: a fused multiply-add rounds once instead of twice, so a run would differ between machines.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                    -ffp-contract=off -fno-fast-math)
# Off where the point is another one: -O3 and the sanitizers make GCC guess wrongly about inlined library code.
if(MUSTER_WERROR)
  add_compile_options(-Werror)
endif()
# GoogleTest and RE2 ask for -pthread; a precompiled header must have been made with the same flag.
add_compile_options(-pthread)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 warns of std::string internals it has inlined itself (GCC bugs 105329, 105651, 108000).
  add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized
                      -Wno-array-bounds)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # In a unity build every file is an included one, and the names local to it are seen by the next.
  add_compile_options(-Wno-subobject-linkage -Wno-shadow -Wshadow=local)
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)

if(MUSTER_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(MUSTER_CCACHE ccache)
if(MUSTER_CCACHE)
  # ccache takes files with a precompiled header only when told that these differences do not matter.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${MUSTER_CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
                      "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
find_program(MUSTER_MOLD mold)
if(MUSTER_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
