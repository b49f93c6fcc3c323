// Where a target would be scraped at in the real system; private to this folder.
#pragma once

#include <string>

#include "telemetry/scraper.hpp"

namespace muster::prom {

inline constexpr const char* scrape_timeout = "10s";  ///< Prometheus' default (config/config.go)

struct ScrapeAddress {
  std::string host;   ///< with the port
  std::string path;   ///< "/metrics"
  std::string query;  ///< with the question mark, or empty
  std::string url() const { return "http://" + host + path + query; }
};

/// A target whose instance is a URL is probed by the blackbox exporter; cAdvisor has a path of its own.
ScrapeAddress scrape_address(const ScrapeTarget& target);

}  // namespace muster::prom
