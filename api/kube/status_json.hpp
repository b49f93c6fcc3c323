// Status answers with the real server's reasons, messages and codes
// (k8s.io/apimachinery pkg/api/errors/errors.go). Internal to api/kube.
#pragma once

#include <string>

#include "api/kube/fields_json.hpp"
#include "api/kube/resource_path.hpp"
#include "api/request.hpp"

namespace muster::kube {

Answer json_answer(int status, const Json& body);
/// A Status of kind Failure; `details` may be empty.
Answer failure(int code, const char* reason, const std::string& message, Json details = Json::object());
Json failure_status(int code, const char* reason, const std::string& message);

Answer unknown_path();
Answer not_found(const ResourceType& type, const std::string& name);
Answer already_exists(const ResourceType& type, const std::string& name);
Answer conflict(const ResourceType& type, const std::string& name, const std::string& why);
/// Somebody else was faster.
Answer stale(const ResourceType& type, const std::string& name);
Answer bad_request(const std::string& message);
/// `pointer`: of the field.
Answer invalid(const ResourceType& type, const std::string& name, const std::string& pointer,
               const std::string& message);
Answer method_not_allowed(const ResourceType& type, const std::string& action);
/// What the real server has and this one has not.
Answer not_served(const std::string& what);
Answer unsupported_media_type(const std::string& found, const std::string& expected);
Answer deleted(const ResourceType& type, const Object& object);

/// The Status for an error of the world's verbs.
Answer refusal(const ResourceType& type, const std::string& name, const Error& error);
/// The Status for JSON that is no object of the type.
Answer undecodable(const ResourceType& type, const std::string& name, const DecodeError& error);

/// "/spec/containers/0/image" -> "spec.containers[0].image".
std::string field_path(const std::string& pointer);

}  // namespace muster::kube
