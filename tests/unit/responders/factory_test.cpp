// Responders by their spec.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "responders/factory.hpp"

namespace muster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Factory : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / "muster_factory_test";
    std::filesystem::create_directories(folder_);
    write("r.md", "# A\n```\nkubectl apply -f policy.yaml\nkubectl apply -f missing.yaml\n```\n# Empty\n");
    write("policy.yaml", "kind: x\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const char* name, const char* text) const { std::ofstream(folder_ / name) << text; }
  std::string in_folder(const char* name) const { return (folder_ / name).string(); }
  std::string error_of(const std::string& spec) const {
    const auto made = make_responder(spec, 1);
    return made ? "made" : made.error().text();
  }
  std::filesystem::path folder_;
};

TEST_F(Factory, None) {
  const auto made = make_responder("none", 1);
  ASSERT_TRUE(made);
  EXPECT_EQ(*made, nullptr);
  EXPECT_THAT(responder_files("none"), IsEmpty());
}

TEST_F(Factory, Runbook) {
  const auto made = make_responder("runbook:" + in_folder("r.md") + "#a", 2);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ((*made)->actor(), "responder-2");
}

TEST_F(Factory, FilesToFreeze) {
  EXPECT_THAT(responder_files("runbook:" + in_folder("r.md") + "#a"),
              ElementsAre(in_folder("r.md"), in_folder("policy.yaml")));
  EXPECT_THAT(responder_files("runbook:" + in_folder("nope.md")), IsEmpty());
}

TEST_F(Factory, ListOfRequests) {
  write("list.yaml", "muster: 1\nrequests: [{at: 5m, verb: GET, path: /api/v1/pods}]\n");
  const std::string spec = "requests:" + in_folder("list.yaml");
  const auto made = make_responder(spec, 3, sim_start + 10min);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ((*made)->actor(), "responder-3");
  EXPECT_THAT(responder_files(spec), ElementsAre(in_folder("list.yaml")));
  EXPECT_THAT(responder_files("requests:" + in_folder("nope.yaml")), IsEmpty());
  EXPECT_THAT(make_responder(spec, 3, sim_start + 5min).error().text(), HasSubstr("list.yaml:2:17"));
  EXPECT_THAT(error_of("requests:"), HasSubstr("names no file; expected requests:FILE.yaml"));
  EXPECT_THAT(error_of("request:x"), HasSubstr("did you mean \"requests\""));
  EXPECT_THAT(error_of("requests:" + folder_.string()), HasSubstr("is a directory; expected a YAML file"));
}

TEST_F(Factory, ClearErrors) {
  EXPECT_THAT(error_of("runbok:x.md"), HasSubstr("did you mean \"runbook\""));
  EXPECT_THAT(error_of("someone"), HasSubstr("valid are none, console, runbook:FILE.md[#HEADING]"));
  EXPECT_THAT(error_of("runbook:"), HasSubstr("names no file"));
  EXPECT_THAT(error_of("runbook:" + in_folder("nope.md")), HasSubstr("nope.md: no such file"));
  EXPECT_THAT(error_of("runbook:" + folder_.string()), HasSubstr("is a directory; expected a Markdown file"));
  EXPECT_THAT(error_of("runbook:" + in_folder("r.md") + "#b"), HasSubstr("no section \"b\""));
  EXPECT_THAT(error_of("runbook:" + in_folder("r.md") + "#empty"), HasSubstr("has no steps to follow"));
}

}  // namespace
}  // namespace muster
