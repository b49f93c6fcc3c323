// Nothing half written: aside until the end, gone if the run fails, never over somebody else's work.
#include "drill/drill_directory.hpp"
#include "journal/read_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace muster {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct DrillDirectoryTest : testing::Test {
  fs::path folder =
      fs::temp_directory_path() / ("muster-directory-" + std::to_string(getpid()) + "-" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
  DrillDirectoryTest() { fs::create_directories(folder); }
  ~DrillDirectoryTest() override { fs::remove_all(folder); }

  std::string at(const char* name) const { return (folder / name).string(); }
  int entries() const {
    return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
};

TEST_F(DrillDirectoryTest, StandsOnlyWhenCommitted) {
  {
    Result<DrillDirectory> directory = DrillDirectory::prepare(at("d"), false);
    ASSERT_TRUE(directory);
    ASSERT_TRUE(directory->write("inputs/system/x.yaml", "x"));
    EXPECT_FALSE(fs::exists(at("d")));
    ASSERT_TRUE(directory->commit());
  }
  EXPECT_EQ(*read_file(at("d") + "/inputs/system/x.yaml"), "x");
  EXPECT_EQ(entries(), 1);
}

TEST_F(DrillDirectoryTest, AnAbandonedOneLeavesNothing) {
  {
    Result<DrillDirectory> directory = DrillDirectory::prepare(at("d"), false);
    ASSERT_TRUE(directory);
    ASSERT_TRUE(directory->write("journal.jsonl", "half"));
  }
  EXPECT_EQ(entries(), 0);
}

TEST_F(DrillDirectoryTest, ReplacesADrillOnlyIfAskedAndNothingElseEver) {
  Result<DrillDirectory> first = DrillDirectory::prepare(at("d"), false);
  ASSERT_TRUE(first && first->write("journal.jsonl", "1") && first->commit());
  EXPECT_THAT(DrillDirectory::prepare(at("d"), false).error().message, HasSubstr("--overwrite"));
  Result<DrillDirectory> second = DrillDirectory::prepare(at("d"), true);
  ASSERT_TRUE(second && second->write("journal.jsonl", "2") && second->commit());
  EXPECT_EQ(*read_file(at("d") + "/journal.jsonl"), "2");

  fs::create_directories(folder / "other");
  std::ofstream(folder / "other" / "thesis.txt") << "years";
  EXPECT_THAT(DrillDirectory::prepare(at("other"), true).error().message, HasSubstr("not a drill directory"));
}

TEST_F(DrillDirectoryTest, ReadingSaysWhatIsWrong) {
  EXPECT_THAT(read_file(at("none")).error().message, HasSubstr("no such file"));
  EXPECT_THAT(read_file(folder.string()).error().message, HasSubstr("is a directory"));
}

}  // namespace
}  // namespace muster
