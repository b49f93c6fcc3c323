// muster init: what is drafted from a user's manifests, and that the draft is taken as it stands.
#include "scenarios/draft/draft_profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/draft/guesses.hpp"
#include "scenarios/manifest_files.hpp"
#include "scenarios/system_check.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* shop = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - name: app
          image: registry.example.com:5000/shop/web:v7
          args: [gunicorn, -w, "3", --threads=4, "web:app"]
          envFrom: [{configMapRef: {name: settings}}]
          env:
            - {name: DATABASE_URL, valueFrom: {secretKeyRef: {name: keys, key: url}}}
            - {name: MAYBE, valueFrom: {secretKeyRef: {name: other, key: x, optional: true}}}
            - {name: EMPTY, value: ""}
            - {name: QUOTED, value: "a \"b\" \\ c: #d"}
          readinessProbe: {httpGet: {path: /ready, port: 8080}}
          livenessProbe: {httpGet: {path: /ready, port: 8080}}
          resources: {limits: {cpu: "2", memory: 1Gi}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody, namespace: shop}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {LOG_LEVEL: info, DEBUG: "false", TIMEOUT: "30", HOME_URL: "https://x.example.com/"}
---
apiVersion: v1
kind: List
items:
  - apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web, namespace: shop}
    spec:
      rules:
        - host: shop.example.com
          http:
            paths:
              - {path: /cart, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
              - {path: /api/v1/items, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web, namespace: shop}
)";

constexpr const char* keys = R"(apiVersion: v1
kind: Secret
metadata: {name: keys, namespace: shop}
stringData: {url: "postgres://u:p@db/shop"}
)";

class Init : public testing::Test {
 protected:
  ScratchFolder folder_;

  ProfileDraft draft_of(const std::vector<std::string>& paths) {
    const auto draft = draft_profile(paths, "");
    EXPECT_TRUE(draft) << draft.error().text();
    return draft ? *draft : ProfileDraft{};
  }
};

TEST_F(Init, TheDraftIsTakenAsItStands) {
  folder_.write("k8s/deep/shop.yaml", shop);
  folder_.write("k8s/keys.yml", keys);
  const ProfileDraft draft = draft_of({folder_.path("k8s")});
  EXPECT_THAT(draft.notes, IsEmpty()) << draft.text;
  const auto profile = parse_profile(draft.text, "draft");
  ASSERT_TRUE(profile) << profile.error().text() << "\n" << draft.text;
  ASSERT_EQ(profile->profile.services.size(), 1u) << "the Service without pods is left out";
  const ServiceProfile& service = profile->profile.services[0];
  EXPECT_EQ(service.host, "shop.example.com");
  EXPECT_EQ(service.probe_paths, (std::vector<std::string>{"/ready"}));
  ASSERT_EQ(service.endpoints.size(), 2u);
  EXPECT_EQ(service.endpoints[1].path, "/api/v1/items");
  EXPECT_EQ(service.endpoints[1].feature, "items");
  EXPECT_EQ(service.traffic.requests_per_second, 240) << "2 pods x 12 workers / 50 ms, half of it";
  const AppProfile& app = profile->profile.apps.at(0);
  EXPECT_EQ(app.workers, 12);
  EXPECT_EQ(app.images.at(0).pattern, "registry.example.com:5000/shop/web*");
  EXPECT_EQ(app.config.size(), 8u);
}

TEST_F(Init, NamesWhatNothingActsOnAndWhatIsMissing) {
  folder_.write("shop.yaml", shop);
  const ProfileDraft draft = draft_of({folder_.path("shop.yaml")});
  EXPECT_THAT(draft.text,
              HasSubstr("# Stored and returned, but nothing here acts on them: Certificate (1).\n"));
  EXPECT_THAT(draft.text, HasSubstr("limits: 2 CPU, 1Gi memory"));
  EXPECT_THAT(
      draft.text,
      HasSubstr(
          "\"DATABASE_URL\", pattern: \".+\", required: true}  # from Secret keys; looks like a database"));
  EXPECT_THAT(draft.notes, Contains(HasSubstr("Secret shop/keys is needed by a container")));
}

TEST_F(Init, RefusesWhatItCannotDraftFrom) {
  const auto error = [&](const std::string& path) {
    const auto draft = draft_profile({path}, "");
    return draft ? std::string("drafted") : draft.error().text();
  };
  folder_.write("none/readme.txt", "");
  folder_.write("config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
  folder_.write("bad.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: two}\n");
  EXPECT_THAT(error(folder_.path("gone.yaml")), HasSubstr("no such file"));
  EXPECT_THAT(error(folder_.path("none")), HasSubstr("no .yaml, .yml or .json file"));
  EXPECT_THAT(error(folder_.path("config.yaml")), HasSubstr("no workload in these manifests"));
  EXPECT_THAT(error(folder_.path("bad.yaml")), HasSubstr("bad.yaml:4:18"));
}

TEST(Guesses, Workers) {
  const struct {
    std::map<std::string, std::string> environment;
    std::vector<std::string> command;
    int workers;
  } cases[] = {
      {{}, {}, 8},
      {{{"WEB_CONCURRENCY", "4"}}, {}, 4},
      {{{"WEB_CONCURRENCY", "2"}, {"RAILS_MAX_THREADS", "5"}}, {}, 10},
      {{{"GUNICORN_CMD_ARGS", "--bind 0.0.0.0 --workers=4 --threads 2"}}, {}, 8},
      {{{"GUNICORN_CMD_ARGS", "-w 6"}, {"WEB_CONCURRENCY", "2"}}, {}, 6},
      {{}, {"uvicorn", "app:app", "--workers", "3"}, 3},
      {{{"UVICORN_WORKERS", "many"}}, {}, 8},
      {{{"WEB_CONCURRENCY", "0"}}, {}, 8},
  };
  for (const auto& given : cases) {
    SurveyedWorkload workload;
    for (const auto& [name, value] : given.environment)
      workload.environment.push_back({name, value, "", false});
    workload.command = given.command;
    EXPECT_EQ(guess_workers(workload).workers, given.workers) << guess_workers(workload).reason;
  }
}

TEST(Guesses, PatternsAndDependencies) {
  EXPECT_EQ(guess_pattern({"A", "true", "", false}), "true|false");
  EXPECT_EQ(guess_pattern({"A", "30", "", false}), "[0-9]+");
  EXPECT_EQ(guess_pattern({"A", "postgres://u@h/d", "", false}), R"(postgres(ql)?://\S+)");
  EXPECT_EQ(guess_pattern({"A", std::nullopt, "Secret keys", false}), ".+");
  EXPECT_EQ(guess_dependency({"ORDERS_DB_URL", {}, "", false}), Dependency::database);
  EXPECT_EQ(guess_dependency({"PGHOST", {}, "", false}), Dependency::database);
  EXPECT_EQ(guess_dependency({"X", "postgresql://h/d", "", false}), Dependency::database);
  EXPECT_EQ(guess_dependency({"OPENAI_API_KEY", {}, "", false}), Dependency::provider);
  EXPECT_EQ(guess_dependency({"LOG_LEVEL", "info", "", false}), Dependency::none);
}

}  // namespace
}  // namespace muster
