// Which backend a request is sent to: the table of kubernetes.io/docs/concepts/services-networking/ingress,
// "Examples", and the rules for several matches.
#include "cluster_model/controllers/ingress_controller.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(IngressPath, Matches) {
  const struct {
    const char *type, *rule, *path;
    bool matches;
  } cases[] = {
      {"Prefix", "/", "/anything", true},
      {"Exact", "/foo", "/foo", true},
      {"Exact", "/foo", "/bar", false},
      {"Exact", "/foo", "/foo/", false},
      {"Exact", "/foo/", "/foo", false},
      {"Prefix", "/foo", "/foo/", true},
      {"Prefix", "/foo/", "/foo", true},
      {"Prefix", "/aaa/bb", "/aaa/bbb", false},
      {"Prefix", "/aaa/bbb", "/aaa/bbb/ccc", true},
      {"Prefix", "/aaa/bbb/", "/aaa/bbb", true},
      {"Prefix", "/aaa/bbb", "/aaa/bbbxyz", false},
      {"ImplementationSpecific", "/aaa", "/aaa/x", true},
  };
  for (const auto& [type, rule, path, matches] : cases)
    EXPECT_EQ(ingress_path_matches({rule, type, {}}, path), matches) << type << " " << rule << " " << path;
}

Ingress with(const std::string& host, std::vector<IngressPath> paths) {
  Ingress ingress;
  ingress.rules.push_back({host, std::move(paths)});
  return ingress;
}

TEST(IngressBackend, LongestPathWinsAndExactBeforePrefix) {
  const Ingress first = with(
      "app.example.com",
      {{"/", "Prefix", {"web", "80"}}, {"/api", "Prefix", {"api", "80"}}, {"/api", "Exact", {"docs", "80"}}});
  const Ingress second = with("*.example.org", {{"/", "Prefix", {"other", "80"}}});
  Ingress third;
  third.default_backend = {"sorry", "80"};
  const struct {
    const char *host, *path, *backend;
  } cases[] = {
      {"app.example.com", "/x", "web"},        {"app.example.com", "/api/v1", "api"},
      {"app.example.com", "/api", "docs"},     {"", "/api/v1", "api"},
      {"a.example.org", "/x", "other"},        {"a.b.example.org", "/x", "sorry"},
      {"elsewhere.example.com", "/", "sorry"},
  };
  for (const auto& [host, path, backend] : cases) {
    const IngressBackend* found = ingress_backend({&first, &second, &third}, host, path);
    ASSERT_TRUE(found) << host << path;
    EXPECT_EQ(found->service, backend) << host << path;
  }
  EXPECT_EQ(ingress_backend({&first}, "elsewhere.example.com", "/"), nullptr);
}

}  // namespace
}  // namespace muster
