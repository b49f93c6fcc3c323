// Somebody who should not be there: MITRE ATT&CK for Containers as a chain of steps that each need something
// real: a vulnerable container that users' traffic reaches, a connection to the intruder's machine, an
// identity that is allowed to do it, a password that the database still takes. What responders do changes
// those things, never the chain itself.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cluster_model/container_logs.hpp"
#include "cluster_model/exec/pod_shell.hpp"
#include "cluster_model/intruder/audit_log.hpp"
#include "cluster_model/intruder/data_vault.hpp"
#include "cluster_model/intruder/evidence.hpp"
#include "cluster_model/network/network.hpp"
#include "cluster_model/profile/intruder.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

enum class IntruderStep : std::uint8_t {
  access,       ///< T1190: through a public application
  execution,    ///< T1609: a shell in the container
  discovery,    ///< T1613: looks around through the Kubernetes API
  credentials,  ///< T1552.007, T1528: environment, service-account token, Secrets
  lateral,      ///< T1610: a privileged pod
  persistence,  ///< T1053.007: something that comes back
  collection,   ///< a database dump over a session with the stolen password
  impact        ///< T1496: a miner
};
const char* to_string(IntruderStep step);

struct IntruderParts {
  Engine& engine;
  FactSink& facts;
  ObjectStore& store;
  const Network& network;
  Processes& processes;
  ContainerLogs& logs;
  AuditLog& audit;
  EvidenceTable& evidence;
  DataVault* vault = nullptr;  ///< null: the system has no database
  /// Writes as the API server does it, in the intruder's name.
  std::function<Result<ObjectPtr>(Object)> create;
};

class Intruder {
 public:
  Intruder(IntruderParts parts, const IntruderProfile& profile, std::uint64_t seed);

  /// What a stolen connection string opens; outlives the intruder. Before start().
  void connect(DataVault& vault) { parts_.vault = &vault; }
  /// Begins now. `target` = a pod of the namespace `home`, or the workload whose pods are tried; `speed`
  /// divides all dwells. Once per world; later calls change the target only.
  void start(const std::string& home, const std::string& target, double speed);
  bool started() const { return started_; }

  /// A foothold, a session, a password that works, or something that will come back.
  bool active() const { return active_; }
  /// The furthest step that he has done; access while there is none.
  IntruderStep reached() const { return reached_; }
  bool has_foothold(const std::string& pod_uid) const;
  std::size_t footholds() const { return footholds_.size(); }
  bool has_session() const;
  bool credential_works() const;
  double rows_taken() const { return rows_; }
  double bytes_taken() const { return rows_ * profile_.bytes_per_row; }

  // For the pod shell.
  std::vector<GuestProcess> guests(const Process& process) const;
  std::vector<OpenSocket> sockets(const Process& process) const;
  void read_out(const Process& process, Trace trace);
  /// Responders do something that can be seen from inside this pod.
  void disturbed(const std::string& pod_uid);

 private:
  struct Foothold {
    ObjectKey pod;
    std::string place;  // "pod/NAMESPACE/NAME/CONTAINER"
    SimTime since{};
    bool shell = false, miner = false;
  };
  using Footholds = std::map<Processes::Key, Foothold>;

  double luck(const char* purpose, std::uint64_t index) const;
  double luck_once(const char* purpose) { return luck(purpose, draws_[purpose]++); }

  // intruder.cpp: the chain
  void act();
  void schedule(SimDuration mean);
  SimDuration dwell(IntruderStep step) const;
  IntruderStep due(const Foothold& foothold) const;
  bool perform(IntruderStep step, const Processes::Key& from);
  void refresh();
  void tell();
  const Processes::Key* controlled() const;

  // intruder_steps.cpp: what each step does
  bool enter();
  bool vulnerable(const Process& process) const;
  void settle_in(const Process& process);
  void execute(const Processes::Key& from);
  void discover(const Processes::Key& from);
  void steal(const Processes::Key& from);
  bool collect(const Processes::Key& from);
  void ruin();
  bool api_reached(const Processes::Key& from) const;
  bool may(const char* permission) const;
  void audit(const Processes::Key& from, const char* verb, const std::string& resource, int status);
  void warn(double probability, const char* rule, const char* priority, const Foothold& foothold);
  NetworkPeer machine() const { return host_peer(profile_.host, 443); }

  // intruder_implants.cpp: what he makes in the cluster
  void spread(const Processes::Key& from);
  void persist(const Processes::Key& from);
  void plant(const Processes::Key& from, const char* permission, const std::string& resource, Object object);
  Object implant(const std::string& home, const char* api_version, const char* kind, const char* name) const;
  PodSpec implanted_pod(const std::string& home) const;
  bool is_implant(const ObjectKey& pod) const;
  bool has_own_pod() const;

  // intruder_losses.cpp: what is taken from him
  void follow(const Change& change);
  void process_started(const Process& process);
  void process_ended(const Process& process);
  bool session_carried() const;
  void end_session();

  IntruderParts parts_;
  const IntruderProfile& profile_;
  std::uint64_t seed_;
  bool started_ = false, active_ = false, credential_failed_ = false;  // the stolen one was refused
  std::string told_;
  std::string namespace_, target_;
  double speed_ = 1;
  IntruderStep next_ = IntruderStep::access;     // of the chain
  IntruderStep reached_ = IntruderStep::access;  // the furthest that he did
  bool hurried_ = false;                         // somebody is after him
  Footholds footholds_;
  std::set<ObjectKey> implants_;  // objects that he made
  std::string stolen_;            // connection string
  std::uint32_t session_ = 0;
  std::string session_url_;
  Processes::Key session_from_;
  NetworkPeer session_pod_;
  double rows_ = 0;
  SimTime rows_until_{};
  std::map<std::string, std::uint64_t> draws_;  // [purpose]
  std::map<std::string, int> starts_since_;     // [place] instances begun after the log evidence
  Timer act_, look_;
};

}  // namespace muster
