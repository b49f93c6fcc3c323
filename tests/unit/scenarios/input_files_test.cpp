#include "scenarios/input_files.hpp"

#include <gtest/gtest.h>

#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

TEST(InputFiles, SaysWhatIsWrongWithAPath) {
  ScratchFolder folder;
  folder.write("drill.yaml", "x");
  folder.write("large", std::string(input_file_max_bytes + 1, 'x'));
  const auto error = [&](const std::string& name) {
    return read_input_file(folder.path(name)).error().text();
  };
  EXPECT_EQ(error("dril.yaml"), folder.path("dril.yaml") + ": no such file; did you mean \"drill.yaml\"?");
  EXPECT_EQ(error("zzzzzzzzzz"), folder.path("zzzzzzzzzz") + ": no such file");
  EXPECT_EQ(error("no/file"), folder.path("no/file") + ": no such file; its folder " + folder.path("no") +
                                  " does not exist either");
  EXPECT_EQ(read_input_file(folder.root()).error().text(), folder.root() + ": is a directory; expected a file");
  EXPECT_EQ(read_input_file("/dev/null").error().text(),
            "/dev/null: is not a plain file; expected a text file");
  EXPECT_EQ(error("large"), folder.path("large") + ": larger than 1048576 bytes; expected a text file");
  EXPECT_EQ(*read_input_file(folder.path("drill.yaml")), "x");
}

TEST(InputFiles, KeepsCopiesSortedByName) {
  ScratchFolder folder;
  folder.write("b", "2");
  folder.write("a", "1");
  InputFiles files;
  ASSERT_TRUE(files.take(folder.path("b"), "system/b"));
  ASSERT_TRUE(files.take(folder.path("a"), "scenario.yaml"));
  const auto kept = files.release();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].name, "scenario.yaml");
  EXPECT_EQ(kept[0].content, "1");
  EXPECT_EQ(kept[1].name, "system/b");
}

TEST(InputFiles, ListsFilesInOrder) {
  ScratchFolder folder;
  for (const char* name : {"b.yaml", "a.yml", "c.txt", "sub/d.yaml"}) folder.write(name, "");
  EXPECT_EQ(files_below(folder.root(), {".yaml", ".yml"}, false),
            (std::vector<std::string>{"a.yml", "b.yaml"}));
  EXPECT_EQ(files_below(folder.root(), {".yaml"}, true), (std::vector<std::string>{"b.yaml", "sub/d.yaml"}));
  EXPECT_TRUE(files_below(folder.path("none"), {".yaml"}, true).empty());
  EXPECT_EQ(folders_in(folder.root()), (std::vector<std::string>{"sub"}));
}

TEST(InputFiles, Paths) {
  EXPECT_EQ(join_path("scenarios/library", "../systems/x"), "scenarios/systems/x");
  EXPECT_EQ(join_path(".", "a"), "a");
  EXPECT_EQ(folder_of("a/b.yaml"), "a");
  EXPECT_EQ(folder_of("b.yaml"), ".");
}

}  // namespace
}  // namespace muster
