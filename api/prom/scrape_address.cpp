#include "api/prom/scrape_address.hpp"

#include <fmt/format.h>

namespace muster::prom {
namespace {

// Its default port (prometheus/blackbox_exporter README).
constexpr const char* blackbox_exporter = "blackbox-exporter:9115";

std::string query_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

ScrapeAddress scrape_address(const ScrapeTarget& target) {
  if (target.instance.find("://") != std::string::npos)
    return {blackbox_exporter, "/probe", "?target=" + query_escaped(target.instance)};
  return {target.instance, target.job == "kubelet" ? "/metrics/cadvisor" : "/metrics", ""};
}

}  // namespace muster::prom
