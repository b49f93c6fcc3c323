// The world's databases as the intruder meets them: with somebody else's connection string, and nothing else.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "cluster_model/database/database.hpp"
#include "cluster_model/intruder/data_vault.hpp"

namespace muster {

class DatabaseVault final : public DataVault {
 public:
  /// The databases outlive it.
  explicit DatabaseVault(std::vector<Database*> databases) : databases_(std::move(databases)) {}

  std::string name_of(const std::string& url) const override;
  std::string host_of(const std::string& url) const override;
  bool accepts(const std::string& url) const override;
  std::uint32_t open(const std::string& url) override;
  bool alive(const std::string& url, std::uint32_t session) const override;
  void close(const std::string& url, std::uint32_t session) override;

 private:
  struct Door {
    Database* database = nullptr;  ///< null: the string leads nowhere
    int instance = -1;
  };
  Door door(const std::string& url) const;

  std::vector<Database*> databases_;
  std::map<std::uint32_t, Door> sessions_;  // [pid]
};

}  // namespace muster
