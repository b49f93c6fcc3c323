// One container of one pod, over all its instances: image, environment, process, probes, crash and restart,
// end. Model: kubernetes/kubernetes pkg/kubelet/kuberuntime and pkg/kubelet/images.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/kubelet/application.hpp"
#include "cluster_model/kubelet/container_usage.hpp"
#include "cluster_model/kubelet/crash_backoff.hpp"
#include "cluster_model/kubelet/pod_volumes.hpp"
#include "cluster_model/kubelet/probe_runner.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

/// What the containers of a pod have in common, and how they tell their pod.
struct PodHost {
  ControlContext& context;
  PodVolumes& volumes;
  ObjectPtr object;  ///< the last version seen; outlives its removal from the store
  ObjectKey key;
  std::string uid, node, ip;
  const AppProfile* app = nullptr;
  std::function<void()> changed;    ///< a container's status is new: publish it
  std::function<void()> listening;  ///< a process of the pod accepts connections now
  std::function<void(double)> spent;  ///< CPU seconds of a process that ended
  const PodSpec& spec() const { return object->as<Pod>().spec; }
  /// The kubelet reaches the API server and the registry.
  bool online() const { return context.nodes.online(node); }
};

class ContainerWorker {
 public:
  /// An init container runs to its end once and serves nobody.
  ContainerWorker(PodHost& host, const Container& spec, bool init);
  ~ContainerWorker();

  /// The pod's sandbox is there: pull, create, start.
  void begin();
  /// It has been running, listening and ready since `started`, before the drill. False if it could not have:
  /// the image, the environment or the application would not let it.
  bool resume(SimTime started);
  /// The same of an init container, which ended then.
  void resume_completed(SimTime started);
  /// The pod is to end: SIGTERM now, SIGKILL at `kill_at`; never started again. A later call may only
  /// shorten.
  void terminate(SimTime kill_at);
  /// The pod's spec has another image for this container: the process is replaced.
  void replace_image(const std::string& image);

  /// The node lost power: the process ends silently, and nothing happens until reboot() and begin().
  void lose_power();
  /// The kubelet is back after a reboot and finds out what the containers were.
  void reboot();

  /// An init container that has done its work.
  bool succeeded() const { return done_ && status_.state.exit_code == 0 && instances_ > 0; }
  /// Nothing runs and nothing will.
  bool done() const { return done_; }
  bool listening() const { return listening_; }
  const ContainerStatus& status() const { return status_; }
  /// The listening process as a server of this service; made if need be. Empty if nothing listens.
  ServerId server_for(int service);
  /// Adds one entry if it runs.
  void add_usage(std::vector<ContainerUsage>& usage) const;

  /// What its mounts of ConfigMaps and Secrets show now: [file name] -> content.
  StringMap files() const { return host_.volumes.files_of(spec_, files_at_start_); }

  // container_memory.cpp
  /// Bytes that the kernel counts for the container; 0 if nothing runs.
  std::int64_t working_set() const;
  /// Of the running instance, since its start.
  double cpu_seconds() const { return usage().cpu_seconds; }
  /// Of the running instance, over all it serves. Its memory is what working_set() says.
  ServerUsage usage() const;
  /// A further process in the container (a debugger, a profiler) uses so much memory now, until the instance
  /// ends or it is set again.
  void use_memory(std::int64_t bytes);
  /// The kernel kills it: OOMKilled, 137.
  void oom_kill();
  /// The main process writes a line; nothing happens if none runs.
  void print_now(std::string line);
  /// The main process ends by itself, as a shell does at the end of its input.
  void exit_main(int exit_code);

 private:
  bool is_application() const;
  bool is_of_job() const;
  double luck(const char* purpose, std::uint64_t index) const;
  SimDuration retry_delay();
  void tell(PodChange change, const std::string& reason = {}, int exit_code = 0);
  void event(const char* reason, const std::string& message);
  void warn(const char* reason, const std::string& message);
  void wait_with(const char* reason, std::string message);

  // container_image.cpp: getting the image
  void try_start();
  bool image_present() const;
  void pull(bool present);
  void pulled(SimDuration took);
  void pull_failed();
  void back_off_pull();
  std::string pull_error() const;
  bool is_known_image() const;

  // container_process.cpp: one instance
  void create();
  void start(const StringMap& environment);
  void begin_instance(SimTime started);
  void note_start(std::size_t variables);
  void note_listening(SimTime at);
  void print(SimTime at, std::string line);
  void plan_end();
  void listen();
  void add_servers();
  void stop(SimTime kill_at);
  void drained();
  void end_instance(int exit_code, const char* reason);

  // container_probes.cpp
  void begin_probes();
  void begin_service_probes();
  ProbeRunner::Callbacks probe_callbacks(const char* kind, const Probe& probe);
  void attempt_probe(const Probe& probe, const ProbeRunner::Done& done);
  SimTime next_attempt(const Probe& probe, const char* phase) const;
  void set_ready(bool ready);
  void kill_unhealthy(const char* kind);

  // container_worker.cpp: what comes after the end
  void after_end();
  void show_backoff();
  void sync_backoff();

  PodHost& host_;
  Container spec_;
  bool init_;
  std::string entity_;  // "pod/NAMESPACE/NAME/CONTAINER": whose luck it is
  ContainerStatus status_;
  bool done_ = false, ending_ = false, stopping_ = false, listening_ = false;
  std::uint64_t instances_ = 0;  // started so far
  std::uint64_t retries_ = 0;    // draws of retry_delay
  BackoffEntry crash_entry_, pull_entry_;
  SimTime kill_at_ = sim_never;
  ProcessPlan plan_;
  std::shared_ptr<const StringMap> environment_;  // of the running instance
  std::shared_ptr<InstanceLog> log_;              // likewise
  StringMap files_at_start_;                      // subPath mounts stay so
  std::int64_t extra_memory_ = 0;
  std::string pull_problem_;         // of the last attempt
  std::map<int, ServerId> servers_;  // [service]
  int draining_ = 0;
  std::unique_ptr<ProbeRunner> startup_, readiness_, liveness_;
  Timer next_;                  // the next step: pulled, created, retried, restarted
  std::function<void()> step_;  // what next_ does
  Timer show_;                  // error -> back-off in the shown state, and the repeated BackOff event
  std::function<void()> show_step_;
  Timer end_;   // the instance listens or exits
  Timer kill_;  // SIGKILL
  Timer oom_;   // the kernel's SIGKILL
  void next_at(SimTime at, std::function<void()> step);
  void show_at(SimTime at, std::function<void()> step);
};

}  // namespace muster
