// The handlers behind KubeApi, one file per family. Reads take the cluster as const. Internal to api/kube.
#pragma once

#include <optional>

#include "api/kube/cluster.hpp"
#include "api/kube/codec_json.hpp"
#include "api/kube/resource_path.hpp"
#include "api/request.hpp"
#include "api/url.hpp"

namespace muster::kube {

/// A request to a resource that is served, with its URL understood.
struct Call {
  const Request& request;
  const Url& url;
  ResourcePath path;

  const ResourceType& type() const { return *path.type; }
};

/// nullopt if the path is no part of discovery, /version or a health check.
std::optional<Answer> answer_discovery(const Request& request, const Url& url);
/// nullopt if the path is not below /openapi.
std::optional<Answer> answer_openapi(const Request& request, const Url& url);
/// The document of /openapi/v2 as a protobuf message.
Answer openapi_v2();

// reads.cpp
Answer get_object(const Call& call, const Cluster& cluster);
/// A list, or with watch=1 a Stream.
Answer get_collection(const Call& call, const Cluster& cluster);

// pod_log.cpp
Answer get_log(const Call& call, const Cluster& cluster);

// pod_exec.cpp
Answer exec_in_pod(const Call& call, Cluster& cluster);

// pod_attach.cpp
Answer attach_to_pod(const Call& call, Cluster& cluster);

// pod_port.cpp
Answer forward_to_pod(const Call& call, Cluster& cluster);

// writes.cpp
Answer create_object(const Call& call, Cluster& cluster);
Answer replace_object(const Call& call, Cluster& cluster);
Answer patch_object(const Call& call, Cluster& cluster);

// deletes.cpp
Answer delete_object(const Call& call, Cluster& cluster);
/// Each object that the selectors pick, in the order of the list; stops at the first refusal.
Answer delete_collection(const Call& call, Cluster& cluster);
Answer evict_pod(const Call& call, Cluster& cluster);

// scale.cpp
Answer get_scale(const Call& call, const Cluster& cluster);
Answer put_scale(const Call& call, Cluster& cluster);
Answer patch_scale(const Call& call, Cluster& cluster);

// body.cpp
/// The body as JSON. `problem` is set and null returned if it is none.
Json read_body_json(const Request& request, std::optional<Answer>& problem);
/// Applies the body to `target` as the content type says.
std::optional<Answer> apply_patch(const Call& call, Json& target);

// special.cpp
/// Metrics and reviews: resources that are no stored objects.
Answer handle_special(const Call& call, const Cluster& cluster);

}  // namespace muster::kube
