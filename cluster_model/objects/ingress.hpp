// Ingresses: which host and path leads to which Service.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

struct IngressBackend {
  std::string service;
  std::string port;  ///< number or name
  friend bool operator==(const IngressBackend&, const IngressBackend&) = default;
};

struct IngressPath {
  std::string path, path_type;  ///< Exact, Prefix, ImplementationSpecific
  IngressBackend backend;
  friend bool operator==(const IngressPath&, const IngressPath&) = default;
};

struct IngressRule {
  std::string host;
  std::vector<IngressPath> paths;
  friend bool operator==(const IngressRule&, const IngressRule&) = default;
};

struct Ingress {
  std::string class_name;
  IngressBackend default_backend;  ///< empty service: none
  std::vector<IngressRule> rules;
  Unmodelled spec_rest;
};

}  // namespace muster
