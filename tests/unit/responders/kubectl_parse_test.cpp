// What kubectl says to a command line it does not take. Texts recorded from the real one (v1.32).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "responders/kubectl/kubectl.hpp"
#include "tests/unit/responders/sample_cluster.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct Bad {
  std::string line, err;
};

TEST(KubectlParse, ErrorsOfUse) {
  const std::vector<Bad> table{
      {"kubectl foo", "error: unknown command \"foo\" for \"kubectl\""},
      {"kubectl gett pods", "error: unknown command \"gett\" for \"kubectl\"\n\nDid you mean this?\n\tget"},
      {"kubectl get pods --bar", "error: unknown flag: --bar\nSee 'kubectl get --help' for usage.\n"},
      {"kubectl get -Q", "error: unknown shorthand flag: 'Q' in -Q\n"},
      {"kubectl get pods -n", "error: flag needs an argument: 'n' in -n\n"},
      {"kubectl get pods --sort-by", "error: flag needs an argument: --sort-by\n"},
      {"kubectl logs --tail=abc x",
       "error: invalid argument \"abc\" for \"--tail\" flag: strconv.ParseInt: parsing \"abc\": invalid "
       "syntax\n"},
      {"kubectl logs",
       "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a "
       "required argument for the logs command\nSee 'kubectl logs -h' for help and examples\n"},
      {"kubectl rollout foo",
       "error: unknown command \"foo\"\nSee 'kubectl rollout -h' for help and examples\n"},
      {"kubectl rollout undo", "error: required resource not specified\n"},
      {"kubectl scale deployment x", "required flag(s) \"replicas\" not set\n"},
      {"kubectl delete", "error: You must provide one or more resources by argument or filename.\n"},
      {"kubectl describe", "error: You must specify the type of resource to describe."},
      {"kubectl get", "error: Required resource not specified.\n"},
      {"kubectl patch deployment x",
       "error: must specify --patch or --patch-file containing the contents of the patch\n"},
      {"kubectl patch deployment x -p '{}' --type=foo",
       "error: --type must be one of [json merge strategic], not \"foo\"\n"},
      {"kubectl label pod x", "error: at least one label update is required\n"},
      {"kubectl create configmap", "error: exactly one NAME is required, got 0\n"},
      {"kubectl apply", "error: must specify one of -f and -k\n"},
      {"kubectl apply -f lockdown.yaml", "error: the path \"lockdown.yaml\" does not exist\n"},
      {"kubectl get foos", "error: the server doesn't have a resource type \"foos\"\n"},
      {"kubectl get pods deployment/x",
       "error: there is no need to specify a resource type as a separate argument"},
      {"kubectl scale deployment --replicas=5",
       "error: resource(s) were provided, but no name was specified\n"},
      {"kubectl set resources deployment x",
       "error: you must specify an update to requests or limits (in the form of --requests/--limits)\n"},
      {"kubectl get pods -o foo", "error: unable to match a printer suitable for the output format \"foo\""},
      {"kubectl get pods -o jsonpath='{.a'", "error: error parsing jsonpath {.a, unclosed action\n"},
  };
  for (const auto& row : table) {
    FakeHost host;
    host.answer("GET /api/v1/namespaces/default/pods", R"({"items":[]})");
    const CommandResult result = run_line(host, row.line);
    EXPECT_THAT(result.err, HasSubstr(row.err)) << row.line;
    EXPECT_EQ(result.exit_code, 1) << row.line;
    EXPECT_THAT(result.out, IsEmpty()) << row.line;
  }
}

TEST(KubectlParse, WhatIsNotBuiltSaysSo) {
  for (const char* line :
       {"kubectl attach p", "kubectl debug p", "kubectl cp p:/x y", "kubectl port-forward p 80",
        "kubectl proxy", "kubectl explain pods --output other", "kubectl get pods --kubeconfig other",
        "kubectl apply -k x", "kubectl get pods -o custom-columns-file=f", "kubectl completion bash"}) {
    FakeHost host;
    const CommandResult result = run_line(host, line);
    EXPECT_FALSE(result.cannot_run.empty()) << line;
    EXPECT_EQ(result.exit_code, 127) << line;
    EXPECT_TRUE(host.requests.empty()) << line;
  }
  FakeHost host;
  const CommandResult edited = run_line(host, "kubectl edit cm x");
  EXPECT_EQ(edited.err, "error: unable to launch the editor \"vi\"\n");
  EXPECT_THAT(edited.cannot_run, HasSubstr("KUBE_EDITOR"));
  EXPECT_TRUE(host.requests.empty());
}

TEST(KubectlParse, GlobalFlagsMayStandAnywhere) {
  for (const char* line :
       {"kubectl -n x get pods", "kubectl get -n x pods", "kubectl get pods -n=x",
        "kubectl get pods --namespace x", "kubectl --namespace=x get po", "kubectl get Pods -nx"}) {
    FakeHost host;
    run_line(host, line);
    EXPECT_EQ(host.asked(), std::vector<std::string>{"GET /api/v1/namespaces/x/pods?limit=500"}) << line;
  }
}

TEST(KubectlParse, EveryCommandHasASynopsisOrARefusal) {
  for (const auto& command : kubectl_commands()) {
    const bool runs = command.at_once != nullptr || command.waiting != nullptr;
    EXPECT_NE(runs, !command.refusal.empty()) << command.name;
    EXPECT_EQ(runs, !command.synopsis.empty()) << command.name;
  }
}

TEST(KubectlParse, ErrorsOfTheServer) {
  struct Row {
    std::string body;
    int status;
    std::string err;
  };
  const std::vector<Row> table{
      {R"({"kind":"Status","message":"pods \"x\" not found","reason":"NotFound"})", 404,
       "Error from server (NotFound): pods \"x\" not found\n"},
      {R"({"kind":"Status","message":"no","reason":"Forbidden"})", 403,
       "Error from server (Forbidden): no\n"},
      {R"({"kind":"Status","message":"m","reason":"Invalid","details":{"kind":"Pod","name":"x","causes":[{"field":"spec.a","message":"bad"}]}})",
       422, "The Pod \"x\" is invalid: spec.a: bad\n"},
      {R"({"kind":"Status","message":"m","reason":"Invalid","details":{"kind":"Pod","name":"x","causes":[{"field":"a","message":"1"},{"field":"b","message":"2"}]}})",
       422, "The Pod \"x\" is invalid: \n* a: 1\n* b: 2\n"},
      {"oops", 500, "Error from server: oops\n"},
  };
  for (const auto& row : table) {
    FakeHost host;
    host.answer("GET /api/v1/namespaces/default/pods/x", row.body, row.status);
    const CommandResult result = run_line(host, "kubectl get pod x");
    EXPECT_EQ(result.err, row.err);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(result.cannot_run.empty());
  }
}

}  // namespace
}  // namespace muster::test
